package dev.sampan.spec;

import java.util.List;

/// Block `evaluate`.
///
/// @param confidence level of the intervals, 0.5 to 0.999
/// @param gates metrics that must hold, or the run fails with the figure
public record EvaluateSpec(double confidence, List<Gate> gates) {
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
