package dev.sampan.spec.internal;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A value as it is written in a file: `-1`, `null` and `NA` are texts here, and so is nothing at all.
final class WrittenType implements Type<String> {
    private static final int LENGTH_MAX = 100;

    @Override
    public @Nullable String read(Spot spot) {
        if (spot.node() instanceof Tree.Leaf leaf && leaf.text().length() <= LENGTH_MAX) {
            return leaf.text();
        }
        spot.wrongType("a value as it is written in the file", null);
        return null;
    }

    @Override
    public Object write(String value) {
        return value;
    }

    @Override
    public Map<String, Object> schema() {
        return Map.of("type", List.of("string", "number", "boolean", "null"));
    }
}
