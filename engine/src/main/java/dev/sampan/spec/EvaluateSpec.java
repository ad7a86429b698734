package dev.sampan.spec;

import java.util.List;

/// Block `evaluate`.
///
/// @param confidence level of the intervals, 0.5 to 0.999
/// @param gates metrics that must hold, or the run fails with the figure; in the order of [#METRICS]
public record EvaluateSpec(double confidence, List<Gate> gates) {
    /// Metrics a gate may name: those of a report. `roc_auc` exists with two classes, `roc_auc_ovr` with more.
    public static final List<String> METRICS = List.of(
            "accuracy",
            "precision_macro",
            "recall_macro",
            "f1_macro",
            "f1_weighted",
            "roc_auc",
            "roc_auc_ovr",
            "log_loss");

    public EvaluateSpec {
        gates = List.copyOf(gates);
    }

    /// `accuracy: ">=0.85"`.
    public record Gate(String metric, Comparison comparison, double bound) {}

    /// How a metric is held against its bound.
    public enum Comparison {
        AT_LEAST,
        AT_MOST
    }
}
