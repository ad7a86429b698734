package dev.sampan.evaluation;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How good a model's answers are on one split. Definitions are scikit-learn's, so that a figure can be checked
/// there; `Intervals` says where the intervals come from.
///
/// @param rows answers judged
/// @param confidence level of the intervals
/// @param metrics by name: `accuracy`, `precision_macro`, `recall_macro`, `f1_macro`, `f1_weighted`, `log_loss`,
///     and `roc_auc` (two classes; the second label is the positive one) or `roc_auc_ovr` (more; mean over the
///     classes that have rows). The AUC is absent when the split holds rows of one class only
/// @param baseline the same metrics for always answering the most frequent training label with probability 1
/// @param confusion `confusion[truth][answer]`, in the order of `labels`
/// @param classes in the order of `labels`
/// @param curves receiver operating characteristic for each class that has rows, at most 200 points each
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
    public Report {
        labels = List.copyOf(labels);
        metrics = Map.copyOf(metrics);
        baseline = Map.copyOf(baseline);
        classes = List.copyOf(classes);
        curves = List.copyOf(curves);
        calibration = List.copyOf(calibration);
    }

    /// The metric of that name.
    ///
    /// @throws IllegalArgumentException when the report has none, such as `roc_auc` with three classes
    public Figure metric(String name) {
        Figure figure = metrics.get(name);
        if (figure == null) {
            throw new IllegalArgumentException("no metric '" + name + "' among " + metrics.keySet());
        }
        return figure;
    }

    /// Expected calibration error (Naeini et al. 2015): the bins' distance between mean score and accuracy,
    /// weighted by their counts. 0 to 1; 0 when a score of 0.8 is right 8 times in 10.
    public double expectedCalibrationError() {
        double sum = 0;
        for (Bin bin : calibration) {
            sum += bin.count() * Math.abs(bin.meanScore() - bin.accuracy());
        }
        return rows == 0 ? 0 : sum / rows;
    }

    /// A figure with its interval.
    ///
    /// @param n how many rows it was computed over
    public record Figure(double value, double low, double high, long n) {}

    /// One class against the rest.
    ///
    /// @param support rows whose truth is this class
    /// @param rocAuc null when no row, or every row, is of this class
    public record ClassFigures(
            String label,
            long support,
            Figure precision,
            Figure recall,
            Figure f1,
            @Nullable Double rocAuc) {}

    /// Points from (0,0) to (1,1).
    public record Curve(String label, double[] falsePositiveRate, double[] truePositiveRate) {}

    /// Answers whose score lies in [low, high), the last bin with its upper end. An empty bin has zeros.
    public record Bin(double low, double high, long count, double meanScore, double accuracy) {}
}
