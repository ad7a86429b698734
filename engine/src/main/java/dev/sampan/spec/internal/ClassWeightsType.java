package dev.sampan.spec.internal;

import dev.sampan.spec.TrainSpec.ClassWeights;
import dev.sampan.spec.internal.NumberTypes.Range;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// `balanced`, or a weight for each label: `{spam: 2.0, ham: 1.0}`.
record ClassWeightsType() implements Type<ClassWeights> {
    private static final String BALANCED = "balanced";
    private static final Type<Double> WEIGHT = NumberTypes.number(Range.above(0, 1000));

    @Override
    public @Nullable ClassWeights read(Spot spot) {
        if (spot.node() instanceof Tree.Leaf leaf && leaf.text().equals(BALANCED)) {
            return new ClassWeights(Map.of());
        }
        if (!(spot.node() instanceof Tree.Branch branch) || branch.entries().isEmpty()) {
            spot.wrongType("'balanced' or a weight for each label", "Write {spam: 2.0, ham: 1.0}");
            return null;
        }
        Map<String, Double> weights = new LinkedHashMap<>();
        for (Tree.Entry entry : branch.entries()) {
            Double weight = WEIGHT.read(spot.child(entry.key(), entry.value()));
            if (weight != null) {
                weights.put(entry.key(), weight);
            }
        }
        return weights.size() == branch.entries().size() ? new ClassWeights(weights) : null;
    }

    @Override
    public Object write(ClassWeights value) {
        return value.balanced() ? BALANCED : new TreeMap<>(value.byLabel());
    }

    @Override
    public Map<String, Object> schema() {
        return Map.of(
                "oneOf",
                List.of(
                        Map.of("const", BALANCED),
                        Map.of("type", "object", "minProperties", 1, "additionalProperties", WEIGHT.schema())));
    }
}
