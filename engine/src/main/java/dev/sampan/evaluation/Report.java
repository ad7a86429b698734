package dev.sampan.evaluation;

import java.util.List;
import java.util.Map;

/// How good a model's answers are on one split.
///
/// @param rows answers judged
/// @param confidence level of the intervals
/// @param metrics by name: `accuracy`, `precision_macro`, `recall_macro`, `f1_macro`, `f1_weighted`, `log_loss`, and
///     `roc_auc` (two classes) or `roc_auc_ovr` (more)
/// @param baseline the same metrics for always answering the most frequent training label
/// @param confusion `confusion[truth][answer]`, in the order of `labels`
/// @param curves receiver operating characteristic for each class, at most 200 points each
/// @param calibration ten bins of confidence with their accuracy
public record Report(
        long rows,
        double confidence,
        List<String> labels,
        Map<String, Figure> metrics,
        Map<String, Figure> baseline,
        List<ClassFigures> classes,
        long[][] confusion,
        List<Curve> curves,
        List<Bin> calibration) {

    /// A figure with its interval.
    ///
    /// @param n what it was computed over
    public record Figure(double value, double low, double high, long n) {}

    /// One class against the rest.
    public record ClassFigures(String label, long support, Figure precision, Figure recall, Figure f1, double rocAuc) {}

    /// Points from (0,0) to (1,1).
    public record Curve(String label, double[] falsePositiveRate, double[] truePositiveRate) {}

    /// Answers whose score lies in [low, high).
    public record Bin(double low, double high, long count, double meanScore, double accuracy) {}
}
