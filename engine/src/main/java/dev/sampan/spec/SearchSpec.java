package dev.sampan.spec;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Block `search`: several trainings of one specification with other values, of which the best is kept.
///
/// @param metric of the validation rows that trials are compared by
/// @param samples `num_samples`: trials at the most
/// @param maxMinutes wall-clock budget of all trials together; the best so far is kept; null for none
/// @param minEpochs `min_epochs`: what a trial gets before ASHA looks at it first
/// @param reduction `reduction_factor`: one of so many trials goes on to the next rung
/// @param parameters what is varied, by the path of a key such as `train.learning_rate`, in the order of paths
public record SearchSpec(
        String metric,
        Goal goal,
        Algorithm algorithm,
        Scheduler scheduler,
        int samples,
        @Nullable Double maxMinutes,
        int minEpochs,
        int reduction,
        long seed,
        Map<String, Space> parameters) {
    public SearchSpec {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /// The same, compared by another metric.
    public SearchSpec by(String metric, Goal goal) {
        return new SearchSpec(
                metric, goal, algorithm, scheduler, samples, maxMinutes, minEpochs, reduction, seed, parameters);
    }

    /// What trials of a task are compared by when nothing else is written.
    public static String mainMetric(Task task) {
        return switch (task) {
            case TEXT_CLASSIFICATION, TABULAR_CLASSIFICATION, IMAGE_CLASSIFICATION -> "f1_macro";
            case REGRESSION -> "rmse";
            case TOKEN_CLASSIFICATION -> "entity_f1";
            case ANOMALY -> "roc_auc";
            case TIMESERIES -> "mase";
            case RECOMMEND -> "ndcg";
            case IMAGE_GENERATION -> "frechet";
            case TABLE_GENERATION -> "correlation_distance";
        };
    }

    /// What a metric means.
    public static Goal goal(String metric) {
        return EvaluateSpec.LOSSES.contains(metric) ? Goal.MINIMIZE : Goal.MAXIMIZE;
    }

    /// Which values of the metric are better.
    public enum Goal {
        MAXIMIZE,
        MINIMIZE
    }

    /// How the next trial is chosen.
    public enum Algorithm {
        RANDOM,
        /// Tree of Parzen estimators (Bergstra et al. 2011).
        TPE
    }

    /// Who decides how long a trial may go on.
    public enum Scheduler {
        /// Every trial to its end.
        NONE,
        /// Asynchronous successive halving (Li et al. 2018) on epochs.
        ASHA
    }

    /// The values that one key may take.
    public sealed interface Space {}

    /// Any number between the two.
    public record Uniform(double lower, double upper) implements Space {}

    /// Any number between the two, as often between 0.001 and 0.01 as between 0.01 and 0.1.
    public record LogUniform(double lower, double upper) implements Space {}

    /// Any whole number between the two, both included.
    public record Whole(int lower, int upper) implements Space {}

    /// One of these: texts, numbers ([Long], [Double]) and booleans.
    public record Choice(List<Object> values) implements Space {
        public Choice {
            values = List.copyOf(values);
        }
    }
}
