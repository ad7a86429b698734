package dev.sampan.spec;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Block `evaluate`.
///
/// @param confidence level of the intervals, 0.5 to 0.999
/// @param gates metrics that must hold, or the run fails with the figure; in the order of [#METRICS]
/// @param slices input columns for each value of which the metrics are told again
/// @param costs of the two mistakes, from which the threshold is chosen on the validation rows; null for none
/// @param topK how many of the highest scores `top_k_accuracy` looks at, at least 2
/// @param listLength how many items of a recommendation are judged, at least 1
public record EvaluateSpec(
        double confidence,
        List<Gate> gates,
        List<String> slices,
        @Nullable Costs costs,
        int topK,
        int listLength) {
    public static final int TOP_K = 5;
    public static final int LIST_LENGTH = 10;

    /// Metrics a gate may name: those of the reports. `roc_auc` exists with two classes, `roc_auc_ovr` with
    /// more.
    public static final List<String> METRICS = List.of(
            "accuracy",
            "balanced_accuracy",
            "precision_macro",
            "recall_macro",
            "f1_macro",
            "f1_weighted",
            "mcc",
            "top_k_accuracy",
            "roc_auc",
            "roc_auc_ovr",
            "average_precision",
            "log_loss",
            "brier",
            "ece",
            "expected_cost",
            "r2",
            "mae",
            "rmse",
            "mape",
            "pinball",
            "entity_f1",
            "entity_precision",
            "entity_recall",
            "entity_f1_macro",
            "ndcg",
            "recall",
            "precision",
            "map",
            "mrr",
            "hit_rate",
            "f1",
            "anomaly_share",
            "coverage",
            "smape",
            "mase",
            "interval_coverage",
            "frechet",
            "frechet_real",
            "diversity",
            "marginal_distance",
            "marginal_distance_real",
            "correlation_distance",
            "correlation_distance_real",
            "tstr",
            "trtr",
            "nearest_ratio",
            "copies");

    /// Metrics of which less is better.
    public static final Set<String> LOSSES = Set.of(
            "log_loss",
            "brier",
            "ece",
            "expected_cost",
            "mae",
            "rmse",
            "mape",
            "pinball",
            "smape",
            "mase",
            "frechet",
            "frechet_real",
            "marginal_distance",
            "marginal_distance_real",
            "correlation_distance",
            "correlation_distance_real",
            "copies");

    public EvaluateSpec {
        gates = List.copyOf(gates);
        slices = List.copyOf(slices);
    }

    /// Intervals and gates alone.
    public EvaluateSpec(double confidence, List<Gate> gates) {
        this(confidence, gates, List.of(), null, TOP_K, LIST_LENGTH);
    }

    /// What the two mistakes of a yes-or-no answer cost, in any unit.
    ///
    /// @param positive the label that is the yes; null for the second in the alphabet
    /// @param falsePositive price of answering yes to a no, ≥ 0
    /// @param falseNegative price of answering no to a yes, ≥ 0
    public record Costs(@Nullable String positive, double falsePositive, double falseNegative) {}

    /// `accuracy: ">=0.85"`.
    public record Gate(String metric, Comparison comparison, double bound) {}

    /// How a metric is held against its bound.
    public enum Comparison {
        AT_LEAST,
        AT_MOST
    }
}
