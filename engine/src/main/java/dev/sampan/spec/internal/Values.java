package dev.sampan.spec.internal;

import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
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

    /// No two items of the list at `path` have the same name.
    <T> void requireUnique(String path, List<T> items, Function<T, String> name) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < items.size(); i++) {
            if (!seen.add(name.apply(items.get(i)))) {
                problem(
                        path + "." + i + ".name",
                        "spec.duplicate_name",
                        path + " has '" + name.apply(items.get(i)) + "' twice",
                        "Give each its own name");
            }
        }
    }

    private @Nullable Place place(String path) {
        return spot.reading().place(spot.path().isEmpty() ? path : spot.path() + "." + path);
    }
}
