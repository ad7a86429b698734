package dev.sampan.spec.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// `[a, b]` of one type.
///
/// @param kind what its items are called in messages
record ListType<T>(Type<T> item, String kind, int min, int max) implements Type<List<T>> {
    @Override
    public @Nullable List<T> read(Spot spot) {
        if (!(spot.node() instanceof Tree.Items items)) {
            spot.wrongType("a list of " + kind, "Write it as [a, b] or as lines that start with '- '");
            return null;
        }
        int size = items.items().size();
        if (size < min || size > max) {
            String range = min == max ? "" + min : min + " to " + max;
            spot.problem(
                    Spot.OUT_OF_RANGE, spot.name() + " must hold " + range + " " + kind + ", but has " + size, null);
            return null;
        }
        List<T> values = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            T value = item.read(spot.child(Integer.toString(i), items.items().get(i)));
            if (value != null) {
                values.add(value);
            }
        }
        return values.size() == size ? values : null;
    }

    @Override
    public Object write(List<T> value) {
        return value.stream().map(item::write).toList();
    }

    @Override
    public Map<String, Object> schema() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "array");
        schema.put("items", item.schema());
        schema.put("minItems", min);
        schema.put("maxItems", max);
        return schema;
    }

    @Override
    public void walk(String path, BiConsumer<String, Field<?, ?>> visitor) {
        item.walk(path, visitor);
    }
}
