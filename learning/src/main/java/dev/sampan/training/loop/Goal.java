package dev.sampan.training.loop;

import dev.sampan.spec.TrainSpec.BestMetric;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// Which of two validations is better.
///
/// @param metric name of a figure; where there is none of it, the loss is looked at
record Goal(String metric) {
    private static final String LOSS = "loss";
    private static final List<String> MORE_IS_BETTER = List.of("accuracy", "f1", "auc", "r2");

    static Goal of(BestMetric metric) {
        return new Goal(metric.name().toLowerCase(Locale.ROOT));
    }

    /// Better by the metric; of two as good by it the one with the smaller loss.
    boolean better(Map<String, Double> one, Map<String, Double> other) {
        String by = one.containsKey(metric) ? metric : LOSS;
        int compared = Double.compare(value(one, by), value(other, by));
        boolean more = MORE_IS_BETTER.stream().anyMatch(by::startsWith);
        return (more ? compared > 0 : compared < 0) || compared == 0 && value(one, LOSS) < value(other, LOSS);
    }

    private static double value(Map<String, Double> figures, String name) {
        return Objects.requireNonNull(figures.get(name), name);
    }
}
