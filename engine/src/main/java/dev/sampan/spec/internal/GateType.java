package dev.sampan.spec.internal;

import dev.sampan.kernel.Nearest;
import dev.sampan.spec.EvaluateSpec;
import dev.sampan.spec.EvaluateSpec.Comparison;
import dev.sampan.spec.EvaluateSpec.Gate;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `{f1_macro: ">=0.90", log_loss: "<=0.5"}`.
record GateType() implements Type<List<Gate>> {
    private static final String WANTED = "a bound such as \">=0.90\" or \"<=0.5\", in quotation marks";

    @Override
    public @Nullable List<Gate> read(Spot spot) {
        if (!(spot.node() instanceof Tree.Branch branch)) {
            spot.wrongType("metrics with their bounds", "Write {f1_macro: \">=0.90\"}");
            return null;
        }
        List<Gate> gates = new ArrayList<>();
        for (Tree.Entry entry : branch.entries()) {
            Gate gate = gate(spot, entry);
            if (gate != null) {
                gates.add(gate);
            }
        }
        // A JSON writer may sort keys; the order of metrics makes equal gates equal.
        gates.sort(Comparator.comparingInt(gate -> EvaluateSpec.METRICS.indexOf(gate.metric())));
        return gates.size() == branch.entries().size() ? gates : null;
    }

    private static @Nullable Gate gate(Spot spot, Tree.Entry entry) {
        if (!EvaluateSpec.METRICS.contains(entry.key())) {
            String near = Nearest.of(entry.key(), EvaluateSpec.METRICS);
            String all = "Known metrics: " + String.join(", ", EvaluateSpec.METRICS);
            spot.reading()
                    .problem(
                            entry.place(),
                            "spec.unknown_key",
                            Scalars.quoted(spot.path() + "." + entry.key()) + " is not a known metric",
                            near == null ? all : "Did you mean '" + near + "'?");
            return null;
        }
        Spot value = spot.child(entry.key(), entry.value());
        String text = entry.value() instanceof Tree.Leaf leaf ? leaf.text().strip() : "";
        BigDecimal bound =
                text.length() < 3 ? null : Scalars.number(text.substring(2).strip());
        if (bound == null || !(text.startsWith(">=") || text.startsWith("<="))) {
            value.wrongType(WANTED, null);
            return null;
        }
        Comparison comparison = text.startsWith(">=") ? Comparison.AT_LEAST : Comparison.AT_MOST;
        return new Gate(entry.key(), comparison, bound.doubleValue());
    }

    @Override
    public Object write(List<Gate> value) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (Gate gate : value) {
            String sign = gate.comparison() == Comparison.AT_LEAST ? ">=" : "<=";
            map.put(gate.metric(), sign + gate.bound());
        }
        return map;
    }

    @Override
    public Map<String, Object> schema() {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (String metric : EvaluateSpec.METRICS) {
            properties.put(metric, Map.of("type", "string", "pattern", "^(>=|<=) *[-+]?[0-9.]+([eE][-+]?[0-9]+)?$"));
        }
        return Schemas.closed(properties, List.of());
    }
}
