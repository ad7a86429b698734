package dev.sampan.spec.internal;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How many units a price is for: one, a thousand or a million, so that a unit's price is a finite decimal.
record PowerType() implements Type<Long> {
    private static final List<Long> KNOWN = List.of(1L, 1_000L, 1_000_000L);

    @Override
    public @Nullable Long read(Spot spot) {
        Long value = NumberTypes.count(1, 1_000_000).read(spot);
        if (value != null && !KNOWN.contains(value)) {
            spot.problem(Spot.OUT_OF_RANGE, spot.name() + " must be 1, 1000 or 1000000, but is " + value, null);
            return null;
        }
        return value;
    }

    @Override
    public Object write(Long value) {
        return value;
    }

    @Override
    public Map<String, Object> schema() {
        return Map.of("enum", KNOWN);
    }
}
