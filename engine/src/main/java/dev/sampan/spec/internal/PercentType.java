package dev.sampan.spec.internal;

import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// From 0 to 100, kept exact.
record PercentType() implements Type<BigDecimal> {
    private static final BigDecimal MAX = BigDecimal.valueOf(100);

    @Override
    public @Nullable BigDecimal read(Spot spot) {
        BigDecimal value = NumberTypes.amount().read(spot);
        if (value != null && value.compareTo(MAX) > 0) {
            spot.problem(
                    Spot.OUT_OF_RANGE,
                    spot.name() + " must be from 0 to 100, but is " + value.toPlainString(),
                    "Write 20 for twenty percent");
            return null;
        }
        return value;
    }

    @Override
    public Object write(BigDecimal value) {
        return NumberTypes.amount().write(value);
    }

    @Override
    public Map<String, Object> schema() {
        return Map.of("type", "number", "minimum", 0, "maximum", 100);
    }
}
