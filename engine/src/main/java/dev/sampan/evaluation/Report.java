package dev.sampan.evaluation;

import dev.sampan.model.DecisionThreshold;
import dev.sampan.spec.EvaluateSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How good a model's answers are on one split. Definitions are scikit-learn's (seqeval's for entities), so
/// that a figure can be checked there; `Intervals` says where the intervals come from.
///
/// Metrics by kind. Classification: `accuracy`, `balanced_accuracy`, `precision_macro`, `recall_macro`,
/// `f1_macro`, `f1_weighted`, `mcc`, `log_loss`, `brier`, `ece`, `top_k_accuracy` (of more than k classes),
/// `roc_auc` (two classes; the second label is the positive one) or `roc_auc_ovr` (more; mean over the classes
/// that have rows) and `average_precision` alike; the last ones are absent when the split holds rows of one
/// class only. Regression: `mae`, `rmse`, `mape`, `r2`, `pinball`. Entities: `entity_f1`, `entity_precision`,
/// `entity_recall`, `entity_f1_macro`. Ranking, at the length of the lists: `ndcg`, `recall`, `precision`,
/// `map`, `mrr`, `hit_rate`, `coverage`. Anomaly: `roc_auc`, `average_precision`, and those of the model's own
/// threshold. Forecast: `mae`, `rmse`, `smape`, `mase`, `interval_coverage`. Generation: what [GenerationJudge]
/// says.
///
/// @param rows answers judged
/// @param confidence level of the intervals
/// @param labels the categories, or the types of entities; empty where answers are numbers
/// @param baseline the same metrics for the naive answer that `naive` names
/// @param confusion `confusion[truth][answer]`, in the order of `labels`; empty where answers are no categories
/// @param classes in the order of `labels`
/// @param curves receiver operating characteristic for each class that has rows, at most 200 points each
/// @param calibration ten bins of confidence with their accuracy
/// @param kind what kind of answers was judged
/// @param naive what the baseline always answers
/// @param precisionCurves of the same classes as `curves`
/// @param threshold under the cost table; null where there is none
/// @param slices parts of the rows, for each column asked for; worst first within a column
/// @param residuals of answers that are numbers, else null
public record Report(
        long rows,
        double confidence,
        List<String> labels,
        Map<String, Figure> metrics,
        Map<String, Figure> baseline,
        List<ClassFigures> classes,
        long[][] confusion,
        List<Curve> curves,
        List<Bin> calibration,
        Kind kind,
        Naive naive,
        List<PrecisionCurve> precisionCurves,
        @Nullable Threshold threshold,
        List<Slice> slices,
        @Nullable Residuals residuals) {

    /// What is judged decides the metrics.
    public enum Kind {
        CLASSIFICATION,
        REGRESSION,
        ENTITIES,
        RANKING,
        ANOMALY,
        FORECAST,
        GENERATION
    }

    /// What the baseline always answers.
    public enum Naive {
        /// the most frequent training label, with probability 1
        MAJORITY,
        /// the mean of the training rows
        MEAN,
        /// nothing is found: no entity, no anomaly
        NOTHING,
        /// the items that most training users took
        MOST_POPULAR,
        /// what was last seen, one season ago
        LAST_VALUE,
        /// every pixel, every column is drawn on its own
        INDEPENDENT
    }

    /// The metrics that say most, the first before the others; those that the report has.
    public List<String> headline() {
        return headline(kind, metrics.keySet());
    }

    /// The same of a report that is not at hand whole.
    ///
    /// @param names of its metrics
    public static List<String> headline(Kind kind, Set<?> names) {
        List<String> first = switch (kind) {
            case CLASSIFICATION -> List.of("accuracy", "f1_macro");
            case REGRESSION -> List.of("mae", "r2");
            case ENTITIES -> List.of("entity_f1", "entity_precision");
            case RANKING -> List.of("ndcg", "recall");
            case ANOMALY -> List.of("roc_auc", "f1", "anomaly_share");
            case FORECAST -> List.of("mase", "smape", "mae");
            case GENERATION -> List.of("frechet", "correlation_distance", "tstr", "diversity", "marginal_distance");
        };
        return first.stream().filter(names::contains).limit(2).toList();
    }

    /// The one metric a model is held to when it is changed: the macro F1 of classes, the first of [#headline] of
    /// all else.
    public String main() {
        return kind == Kind.CLASSIFICATION ? "f1_macro" : headline().getFirst();
    }

    /// Whether less of a metric is better.
    public static boolean isLoss(String metric) {
        return EvaluateSpec.LOSSES.contains(metric);
    }

    /// Reports written before there were other kinds lack the later parts, which are null here then.
    @SuppressWarnings({"NullAway", "ConstantValue"})
    public Report {
        labels = List.copyOf(labels);
        metrics = Map.copyOf(metrics);
        baseline = Map.copyOf(baseline);
        classes = List.copyOf(classes);
        curves = List.copyOf(curves);
        calibration = List.copyOf(calibration);
        kind = kind == null ? Kind.CLASSIFICATION : kind;
        naive = naive == null ? Naive.MAJORITY : naive;
        precisionCurves = precisionCurves == null ? List.of() : List.copyOf(precisionCurves);
        slices = slices == null ? List.of() : List.copyOf(slices);
    }

    /// Of categories, without the later parts.
    public Report(
            long rows,
            double confidence,
            List<String> labels,
            Map<String, Figure> metrics,
            Map<String, Figure> baseline,
            List<ClassFigures> classes,
            long[][] confusion,
            List<Curve> curves,
            List<Bin> calibration) {
        this(
                rows,
                confidence,
                labels,
                metrics,
                baseline,
                classes,
                confusion,
                curves,
                calibration,
                Kind.CLASSIFICATION,
                Naive.MAJORITY,
                List.of(),
                null,
                List.of(),
                null);
    }

    Report withSlices(List<Slice> of) {
        return with(metrics, baseline, threshold, of);
    }

    /// With the threshold under the cost table, and its cost as the metric `expected_cost` beside the cheaper of
    /// answering always and never.
    public Report withThreshold(Threshold chosen) {
        Map<String, Figure> costed = new HashMap<>(metrics);
        costed.put("expected_cost", chosen.cost());
        Map<String, Figure> naively = new HashMap<>(baseline);
        boolean never = chosen.costOfNever().value() <= chosen.costOfAlways().value();
        naively.put("expected_cost", never ? chosen.costOfNever() : chosen.costOfAlways());
        return with(costed, naively, chosen, slices);
    }

    private Report with(
            Map<String, Figure> of, Map<String, Figure> naively, @Nullable Threshold chosen, List<Slice> parts) {
        return new Report(
                rows,
                confidence,
                labels,
                of,
                naively,
                classes,
                confusion,
                curves,
                calibration,
                kind,
                naive,
                precisionCurves,
                chosen,
                parts,
                residuals);
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

    /// Precision over recall, from the highest score down, without interpolation.
    ///
    /// @param averagePrecision area under it, in steps
    public record PrecisionCurve(String label, double averagePrecision, double[] recall, double[] precision) {}

    /// The threshold that costs least, chosen on the validation rows, and what it costs a row of those judged.
    ///
    /// @param positive the label whose score is held against the threshold
    /// @param falsePositive price of answering `positive` wrongly
    /// @param falseNegative price of missing it
    /// @param value yes from this score on
    /// @param cost of a row with this threshold
    /// @param costAtHalf of a row with the threshold 0.5
    /// @param costOfNever of a row that is always answered no
    /// @param costOfAlways of a row that is always answered yes
    public record Threshold(
            String positive,
            double falsePositive,
            double falseNegative,
            double value,
            Figure cost,
            Figure costAtHalf,
            Figure costOfNever,
            Figure costOfAlways) {

        /// What decides answers as they were judged.
        public DecisionThreshold decision() {
            return new DecisionThreshold(positive, value);
        }
    }

    /// The rows that share a value of a column.
    ///
    /// @param value as written; a range such as `18 – 25` for numbers of many values; `…` for all rare ones
    ///     together
    public record Slice(String column, String value, long rows, Map<String, Figure> metrics) {
        public Slice {
            metrics = Map.copyOf(metrics);
        }
    }

    /// Answers that are numbers beside the truth.
    ///
    /// @param truth of at most 500 rows, evenly taken
    /// @param answer of the same rows
    /// @param quantiles of truth − answer at 0, 5, 25, 50, 75, 95 and 100 %
    public record Residuals(double[] truth, double[] answer, double[] quantiles) {}
}
