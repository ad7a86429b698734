package dev.sampan.spec.internal;

import dev.sampan.spec.TrackSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The keys of block `track`.
final class TrackTable {
    private static final Field<TrackSpec, String> EXPERIMENT = Field.derived(
            "experiment",
            TextTypes.text(),
            "Experiment whose runs it is compared with; default: the file's name",
            TrackSpec::experiment);
    private static final Field<TrackSpec, Map<String, String>> TAGS =
            Field.of("tags", new Tags(), Map.of(), "Tags of the run", TrackSpec::tags);

    private TrackTable() {}

    /// @param inherited stands for the file's name until that is known
    static Block<TrackSpec> track(String inherited) {
        return new Block<>(
                List.of(EXPERIMENT, TAGS),
                Set.of("uri", "log_artifacts"),
                v -> new TrackSpec(v.find(EXPERIMENT, inherited), v.get(TAGS)));
    }

    /// `{owner: li}`.
    private record Tags() implements Type<Map<String, String>> {
        private static final int KEY_MAX = 250;

        @Override
        public @Nullable Map<String, String> read(Spot spot) {
            if (!(spot.node() instanceof Tree.Branch branch)) {
                spot.wrongType("tags with their values", "Write {owner: li}");
                return null;
            }
            Map<String, String> tags = new LinkedHashMap<>();
            for (Tree.Entry entry : branch.entries()) {
                String value = TextTypes.text().read(spot.child(entry.key(), entry.value()));
                if (value == null || entry.key().length() > KEY_MAX) {
                    return null;
                }
                tags.put(entry.key(), value);
            }
            return tags;
        }

        @Override
        public Object write(Map<String, String> value) {
            return new TreeMap<>(value);
        }

        @Override
        public Map<String, Object> schema() {
            return Map.of("type", "object", "additionalProperties", Map.of("type", "string"));
        }
    }
}
