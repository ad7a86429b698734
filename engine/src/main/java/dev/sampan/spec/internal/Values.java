package dev.sampan.spec.internal;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The fields of one block as read, for the block's builder.
final class Values {
    private final Spot spot;
    private final Map<Field<?, ?>, Object> byField = new IdentityHashMap<>();

    Values(Spot spot) {
        this.spot = spot;
    }

    void put(Field<?, ?> field, Object value) {
        byField.put(field, value);
    }

    <T> T get(Field<?, T> field) {
        return Objects.requireNonNull(find(field), field.name());
    }

    // A field's value was read by the field's own type.
    @SuppressWarnings("unchecked")
    <T> @Nullable T find(Field<?, T> field) {
        return (T) byField.get(field);
    }

    <T> T find(Field<?, T> field, T otherwise) {
        T value = find(field);
        return value == null ? otherwise : value;
    }

    /// Whether the author wrote the key, here or further below (`split.probabilities`).
    boolean wrote(String path) {
        return place(path) != null;
    }

    /// A mistake seen only when fields are held together; told where `path` stands, or the block.
    void problem(String path, String code, String sentence, String remedy) {
        Place place = place(path);
        spot.reading().problem(place == null ? spot.node().place() : place, code, sentence, remedy);
    }

    private @Nullable Place place(String path) {
        return spot.reading().place(spot.path().isEmpty() ? path : spot.path() + "." + path);
    }
}
