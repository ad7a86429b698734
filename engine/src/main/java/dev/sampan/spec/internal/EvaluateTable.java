package dev.sampan.spec.internal;

import dev.sampan.spec.DataSpec.InputFeature;
import dev.sampan.spec.EvaluateSpec;
import dev.sampan.spec.EvaluateSpec.Costs;
import dev.sampan.spec.EvaluateSpec.Gate;
import dev.sampan.spec.Spec;
import dev.sampan.spec.Task;
import dev.sampan.spec.internal.NumberTypes.Range;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The keys of block `evaluate`.
final class EvaluateTable {
    private static final Set<Task> CLASSES =
            EnumSet.of(Task.TEXT_CLASSIFICATION, Task.TABULAR_CLASSIFICATION, Task.IMAGE_CLASSIFICATION);
    private static final double DEAREST = 1e9;

    static final Block<EvaluateSpec> EVALUATE = evaluate();

    private EvaluateTable() {}

    private static Block<Costs> costs() {
        Field<Costs, String> positive = Field.nullable(
                "positive",
                TextTypes.text(),
                "Label that is the yes; null: the second in the alphabet",
                Costs::positive);
        Field<Costs, Double> falsePositive = Field.required(
                "false_positive",
                NumberTypes.number(Range.closed(0.0, DEAREST)),
                "What answering yes to a no costs",
                Costs::falsePositive);
        Field<Costs, Double> falseNegative = Field.required(
                "false_negative",
                NumberTypes.number(Range.closed(0.0, DEAREST)),
                "What answering no to a yes costs",
                Costs::falseNegative);
        return new Block<>(
                List.of(positive, falsePositive, falseNegative),
                Set.of(),
                v -> new Costs(v.find(positive), v.get(falsePositive), v.get(falseNegative)));
    }

    private static Block<EvaluateSpec> evaluate() {
        Field<EvaluateSpec, Double> confidence = Field.of(
                "confidence",
                NumberTypes.number(Range.closed(0.5, 0.999)),
                0.95,
                "Level of the intervals",
                EvaluateSpec::confidence);
        Field<EvaluateSpec, List<Gate>> gates = Field.of(
                "gates",
                new GateType(),
                List.of(),
                "Bounds on metrics of the test rows; a metric outside its bound fails the run",
                EvaluateSpec::gates);
        Field<EvaluateSpec, List<String>> slices = Field.of(
                "slices",
                new ListType<>(TextTypes.text(), "columns", 0, 16),
                List.of(),
                "Input columns for each value of which the metrics are told again, the worst first",
                EvaluateSpec::slices);
        Field<EvaluateSpec, Costs> costs = Field.nullable(
                "costs",
                costs(),
                "What the two mistakes cost: the cheapest threshold is chosen on the validation rows and judged on the"
                        + " test rows; null: none",
                EvaluateSpec::costs);
        Field<EvaluateSpec, Integer> topK = Field.of(
                "top_k",
                NumberTypes.whole(2, 100),
                EvaluateSpec.TOP_K,
                "How many of the highest scores top_k_accuracy looks at",
                EvaluateSpec::topK);
        Field<EvaluateSpec, Integer> listLength = Field.of(
                "list_length",
                NumberTypes.whole(1, 1000),
                EvaluateSpec.LIST_LENGTH,
                "How many items of a recommendation are judged",
                EvaluateSpec::listLength);
        return new Block<>(
                List.of(confidence, gates, slices, costs, topK, listLength),
                Set.of("metrics", "fairness", "drift", "calibration"),
                v -> new EvaluateSpec(
                        v.get(confidence), v.get(gates), v.get(slices), v.find(costs), v.get(topK), v.get(listLength)));
    }

    /// What needs the data and the task to be judged.
    static @Nullable Spec checked(Values values, Spec spec) {
        boolean classes = CLASSES.contains(spec.task());
        if (spec.evaluate().costs() != null && !classes) {
            return refused(
                    values,
                    "evaluate.costs",
                    "A threshold is chosen between two categories, which this task does not answer",
                    "Leave evaluate.costs out");
        }
        if (!spec.evaluate().slices().isEmpty() && !classes && spec.task() != Task.REGRESSION) {
            return refused(
                    values,
                    "evaluate.slices",
                    "Slices are told of categories and numbers alone",
                    "Leave evaluate.slices out");
        }
        List<String> inputs =
                spec.data().inputFeatures().stream().map(InputFeature::name).toList();
        for (String slice : spec.evaluate().slices()) {
            if (!inputs.contains(slice)) {
                return refused(
                        values,
                        "evaluate.slices",
                        "No input column is named " + Scalars.quoted(slice),
                        "The input columns are " + String.join(", ", inputs));
            }
        }
        return spec;
    }

    private static @Nullable Spec refused(Values values, String path, String sentence, String remedy) {
        values.problem(path, Spot.OUT_OF_RANGE, sentence, remedy);
        return null;
    }
}
