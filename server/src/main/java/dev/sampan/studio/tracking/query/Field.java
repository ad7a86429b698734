package dev.sampan.studio.tracking.query;

import java.util.Locale;
import java.util.Map;

/// What a comparison or an order is about: `metrics.loss`, `tags.owner`, `status`.
///
/// @param key as the client wrote it, without its quotes
public record Field(Entity entity, String key) {
    private static final Map<String, Entity> ENTITIES = Map.ofEntries(
            Map.entry("metric", Entity.METRIC),
            Map.entry("metrics", Entity.METRIC),
            Map.entry("param", Entity.PARAM),
            Map.entry("params", Entity.PARAM),
            Map.entry("parameter", Entity.PARAM),
            Map.entry("parameters", Entity.PARAM),
            Map.entry("tag", Entity.TAG),
            Map.entry("tags", Entity.TAG),
            Map.entry("attribute", Entity.ATTRIBUTE),
            Map.entry("attributes", Entity.ATTRIBUTE),
            Map.entry("attr", Entity.ATTRIBUTE),
            Map.entry("run", Entity.ATTRIBUTE),
            Map.entry("dataset", Entity.DATASET),
            Map.entry("datasets", Entity.DATASET));

    /// Where the value stands.
    public enum Entity {
        METRIC,
        PARAM,
        TAG,
        ATTRIBUTE,
        DATASET
    }

    /// A first word that names an entity is taken as such; anything else is an attribute.
    ///
    /// @param rest what follows the first dot, or empty
    static Field of(String first, String rest) {
        Entity entity = rest.isEmpty() ? null : ENTITIES.get(first.toLowerCase(Locale.ROOT));
        if (entity != null) {
            return new Field(entity, rest);
        }
        return new Field(Entity.ATTRIBUTE, rest.isEmpty() ? first : first + "." + rest);
    }

    @Override
    public String toString() {
        return entity.name().toLowerCase(Locale.ROOT) + "." + key;
    }
}
