package dev.sampan.evaluation;

import dev.sampan.evaluation.Report.Bin;
import dev.sampan.evaluation.Report.ClassFigures;
import dev.sampan.evaluation.Report.Figure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Makes a report of answers.
final class Reports {
    private static final int BINS = 10;
    /// From here on curves have 100 points instead of 200, because all of them travel in the package.
    private static final int MANY_CLASSES = 10;
    /// The machine epsilon of a double, where scikit-learn clips too: a certain wrong answer costs 36, not
    /// infinity.
    private static final double EPSILON = Math.ulp(1.0);

    private final Answers answers;
    private final List<String> labels;
    private final Intervals intervals;

    private Reports(Answers answers, List<String> labels, double confidence) {
        this.answers = answers;
        this.labels = labels;
        this.intervals = new Intervals(confidence);
    }

    /// @param majority what the baseline always answers, as an index of `labels`
    static Report report(Answers answers, List<String> labels, int majority, double confidence) {
        Reports model = new Reports(answers, labels, confidence);
        Reports baseline = new Reports(answers.always(majority), labels, confidence);
        long[][] confusion = answers.confusion();
        Counts counts = new Counts(confusion, model.intervals);
        Ranks ranks = model.ranks();
        return new Report(
                answers.rows(),
                confidence,
                labels,
                model.metrics(counts, ranks),
                baseline.metrics(new Counts(baseline.answers.confusion(), model.intervals), baseline.ranks()),
                model.classes(counts, ranks),
                confusion,
                ranks.curves(),
                model.calibration());
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
        metrics.put("log_loss", logLoss());
        Figure auc = ranks.auc();
        if (auc != null) {
            metrics.put(labels.size() == 2 ? "roc_auc" : "roc_auc_ovr", auc);
        }
        return metrics;
    }

    private Figure logLoss() {
        long rows = answers.rows();
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < rows; i++) {
            double score = answers.score(i, answers.truth(i));
            double loss = -Math.log(Math.clamp(score, EPSILON, 1 - EPSILON));
            sum += loss;
            squares += loss * loss;
        }
        double mean = sum / rows;
        return intervals.mean(mean, Math.max(0, squares / rows - mean * mean) / rows, rows);
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

    private List<Bin> calibration() {
        long[] count = new long[BINS];
        long[] right = new long[BINS];
        double[] score = new double[BINS];
        for (int i = 0; i < answers.rows(); i++) {
            float of = answers.score(i, answers.answer(i));
            int bin = Math.clamp((int) (of * BINS), 0, BINS - 1);
            count[bin]++;
            right[bin] += answers.truth(i) == answers.answer(i) ? 1 : 0;
            score[bin] += of;
        }
        List<Bin> bins = new ArrayList<>();
        for (int b = 0; b < BINS; b++) {
            double n = Math.max(1, count[b]);
            bins.add(new Bin(b / (double) BINS, (b + 1) / (double) BINS, count[b], score[b] / n, right[b] / n));
        }
        return bins;
    }
}
