package dev.sampan.spec.internal;

import dev.sampan.spec.TrainSpec.Pace.Bf16;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `true`, `false` or `auto`.
record Bf16Type() implements Type<Bf16> {
    @Override
    public @Nullable Bf16 read(Spot spot) {
        if (spot.node() instanceof Tree.Leaf leaf) {
            for (Bf16 value : Bf16.values()) {
                if (leaf.text().toLowerCase(Locale.ROOT).equals(value.name().toLowerCase(Locale.ROOT))) {
                    return value;
                }
            }
        }
        spot.wrongType("true, false or auto", null);
        return null;
    }

    @Override
    public Object write(Bf16 value) {
        return switch (value) {
            case AUTO -> "auto";
            case TRUE -> true;
            case FALSE -> false;
        };
    }

    @Override
    public Map<String, Object> schema() {
        return Map.of("enum", List.of("auto", true, false));
    }
}
