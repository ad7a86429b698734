package dev.sampan.evaluation;

import dev.sampan.evaluation.Report.ClassFigures;
import dev.sampan.evaluation.Report.Figure;
import dev.sampan.evaluation.Report.Slice;
import dev.sampan.spec.EvaluateSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Makes a report of answers.
final class Reports {
    /// From here on curves have 100 points instead of 200, because all of them travel in the package.
    private static final int MANY_CLASSES = 10;
    /// Of a curve that nobody looks at.
    private static final int POINTS_MIN = 4;

    private final Answers answers;
    private final List<String> labels;
    private final Intervals intervals;

    private final int topK;

    private Reports(Answers answers, List<String> labels, double confidence, int topK) {
        this.answers = answers;
        this.labels = labels;
        this.intervals = new Intervals(confidence);
        this.topK = topK;
    }

    /// @param majority what the baseline always answers, as an index of `labels`
    static Report report(Answers answers, List<String> labels, int majority, EvaluateSpec spec) {
        Reports model = new Reports(answers, labels, spec.confidence(), spec.topK());
        Reports baseline = new Reports(answers.always(majority), labels, spec.confidence(), spec.topK());
        long[][] confusion = answers.confusion();
        Counts counts = new Counts(confusion, model.intervals);
        Ranks ranks = model.ranks();
        return new Report(
                answers.rows(),
                spec.confidence(),
                labels,
                model.metrics(counts, ranks),
                baseline.metrics(new Counts(baseline.answers.confusion(), model.intervals), baseline.ranks()),
                model.classes(counts, ranks),
                confusion,
                ranks.curves(),
                new Probabilities(answers, model.intervals).bins(),
                Report.Kind.CLASSIFICATION,
                Report.Naive.MAJORITY,
                ranks.precisionCurves(),
                null,
                List.of(),
                null);
    }

    private Ranks ranks() {
        return Ranks.of(answers, labels, labels.size() > MANY_CLASSES ? 100 : 200, intervals);
    }

    private Map<String, Figure> metrics(Counts counts, Ranks ranks) {
        Map<String, Figure> metrics = new HashMap<>();
        metrics.put("accuracy", counts.accuracy());
        metrics.put("precision_macro", counts.precisionMacro());
        metrics.put("recall_macro", counts.recallMacro());
        metrics.put("f1_macro", counts.f1Macro());
        metrics.put("f1_weighted", counts.f1Weighted());
        metrics.put("balanced_accuracy", counts.balancedAccuracy());
        metrics.put("mcc", counts.matthews());
        Probabilities probabilities = new Probabilities(answers, intervals);
        metrics.put("log_loss", probabilities.logLoss());
        metrics.put("brier", probabilities.brier());
        metrics.put("ece", probabilities.calibrationError());
        if (labels.size() > topK) {
            metrics.put("top_k_accuracy", probabilities.topK(topK));
        }
        Figure auc = ranks.auc();
        if (auc != null) {
            metrics.put(labels.size() == 2 ? "roc_auc" : "roc_auc_ovr", auc);
            metrics.put("average_precision", Objects.requireNonNull(ranks.averagePrecision()));
        }
        return metrics;
    }

    /// The metrics of each slice of the rows, without curves.
    static List<Slice> slices(Answers answers, Slices slices, List<String> labels, EvaluateSpec spec) {
        return slices.judge(
                rows -> new Reports(answers.subset(rows), labels, spec.confidence(), spec.topK()).headline(),
                "accuracy",
                false);
    }

    private Map<String, Figure> headline() {
        Counts counts = new Counts(answers.confusion(), intervals);
        Probabilities probabilities = new Probabilities(answers, intervals);
        Map<String, Figure> metrics = new HashMap<>();
        metrics.put("accuracy", counts.accuracy());
        metrics.put("f1_macro", counts.f1Macro());
        metrics.put("recall_macro", counts.recallMacro());
        metrics.put("log_loss", probabilities.logLoss());
        metrics.put("ece", probabilities.calibrationError());
        if (labels.size() == 2) {
            Figure auc = Ranks.of(answers, labels, POINTS_MIN, intervals).auc();
            if (auc != null) {
                metrics.put("roc_auc", auc);
            }
        }
        return metrics;
    }

    private List<ClassFigures> classes(Counts counts, Ranks ranks) {
        List<ClassFigures> all = new ArrayList<>();
        for (int c = 0; c < labels.size(); c++) {
            all.add(new ClassFigures(
                    labels.get(c),
                    counts.support(c),
                    counts.precision(c),
                    counts.recall(c),
                    counts.f1(c),
                    ranks.aucs().get(c)));
        }
        return all;
    }
}
