package dev.sampan.spec.internal;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One SQL query, on as many lines as it takes.
final class QueryType implements Type<String> {
    private static final int LENGTH_MAX = 100_000;

    @Override
    public @Nullable String read(Spot spot) {
        String text = TextTypes.textAt(spot);
        if (text == null) {
            return null;
        }
        if (text.isBlank() || text.length() > LENGTH_MAX) {
            spot.problem(
                    Spot.OUT_OF_RANGE, spot.name() + " must be one query of at most " + LENGTH_MAX + " letters", null);
            return null;
        }
        return text;
    }

    @Override
    public Object write(String value) {
        return value;
    }

    @Override
    public Map<String, Object> schema() {
        return Map.of("type", "string", "minLength", 1, "maxLength", LENGTH_MAX);
    }
}
