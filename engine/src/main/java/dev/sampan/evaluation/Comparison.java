package dev.sampan.evaluation;

import java.util.Map;

/// Two models on the same rows: what differs, and whether it could be chance.
///
/// @param rows both were judged by
/// @param confidence level of the intervals
/// @param differences by metric
public record Comparison(long rows, double confidence, Map<String, Difference> differences) {
    public Comparison {
        differences = Map.copyOf(differences);
    }

    /// The test that gave p.
    public enum Test {
        /// McNemar's exact test with the mid-p correction, on the rows that one model alone has right
        MCNEMAR_MID_P,
        /// rows drawn anew a thousand times, the same for both models; p is twice the share on the other side of 0
        PAIRED_BOOTSTRAP
    }

    /// @param first metric of the first model
    /// @param second metric of the second
    /// @param low of first − second, by the paired bootstrap
    /// @param high of first − second
    /// @param p probability of a difference so great if there were none
    public record Difference(double first, double second, double low, double high, double p, Test test) {
        /// first − second.
        public double value() {
            return first - second;
        }

        /// Whether the difference would be as great by chance in fewer than 1 − confidence of cases.
        public boolean significant(double confidence) {
            return p < 1 - confidence;
        }
    }
}
