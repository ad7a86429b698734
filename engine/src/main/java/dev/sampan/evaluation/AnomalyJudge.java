package dev.sampan.evaluation;

import dev.sampan.evaluation.Report.Figure;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.runtime.Prediction;
import dev.sampan.runtime.Runtime;
import dev.sampan.spec.EvaluateSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Judges what counts as an anomaly, where rows say it, against finding none; where they do not, only the share of rows
/// above the threshold can be told.
final class AnomalyJudge {
    private static final Set<String> ANOMALOUS = Set.of("1", "true", "yes", "anomaly", "outlier", "异常", "是");
    private static final Set<String> NORMAL = Set.of("0", "false", "no", "normal", "inlier", "正常", "否");
    private static final int POINTS = 200;

    private AnomalyJudge() {}

    /// @param labelColumn that says which rows are anomalies; null for none
    static Report judge(
            Runtime runtime, Questions questions, @Nullable String labelColumn, float threshold, EvaluateSpec spec) {
        int label = labelColumn == null ? -1 : questions.column(labelColumn);
        Answers answers = new Answers(2, Long.MAX_VALUE);
        Mean flagged = new Mean();
        questions.ask(runtime, (row, _, answer) -> {
            if (!(answer instanceof Prediction.Anomaly(double score, boolean anomalous))) {
                throw new ProblemException(
                        Problem.of("evaluate.other_kind", "The model answered no strangeness but " + answer));
            }
            // Only the order counts for the curves; this keeps it and puts the threshold at one half.
            float share = (float) (score / (score + Math.max(threshold, Float.MIN_NORMAL)));
            int truth = label < 0 ? 0 : truth(row.values().get(label), row.origin());
            answers.add(truth, anomalous ? 1 : 0, new float[] {1 - share, share});
            flagged.add(anomalous ? 1 : 0);
        });
        Intervals intervals = new Intervals(spec.confidence());
        Map<String, Figure> metrics = new HashMap<>();
        metrics.put("anomaly_share", flagged.share(intervals));
        return label < 0 ? report(answers, metrics, Map.of(), null, spec) : labelled(answers, metrics, intervals, spec);
    }

    private static Report labelled(
            Answers answers, Map<String, Figure> metrics, Intervals intervals, EvaluateSpec spec) {
        List<String> labels = List.of("normal", "anomaly");
        Ranks ranks = Ranks.of(answers, labels, POINTS, intervals);
        add(metrics, new Counts(answers.confusion(), intervals));
        if (ranks.auc() != null) {
            metrics.put("roc_auc", ranks.auc());
        }
        if (ranks.averagePrecision() != null) {
            metrics.put("average_precision", ranks.averagePrecision());
        }
        Map<String, Figure> baseline = new HashMap<>();
        add(baseline, new Counts(answers.always(0).confusion(), intervals));
        return report(answers, metrics, baseline, ranks, spec);
    }

    private static void add(Map<String, Figure> metrics, Counts counts) {
        metrics.put("precision", counts.precision(1));
        metrics.put("recall", counts.recall(1));
        metrics.put("f1", counts.f1(1));
    }

    private static Report report(
            Answers answers,
            Map<String, Figure> metrics,
            Map<String, Figure> baseline,
            @Nullable Ranks ranks,
            EvaluateSpec spec) {
        return new Report(
                answers.rows(),
                spec.confidence(),
                ranks == null ? List.of() : List.of("normal", "anomaly"),
                metrics,
                baseline,
                List.of(),
                ranks == null ? new long[0][] : answers.confusion(),
                ranks == null ? List.of() : ranks.curves(),
                List.of(),
                Report.Kind.ANOMALY,
                Report.Naive.NOTHING,
                ranks == null ? List.of() : ranks.precisionCurves(),
                null,
                List.of(),
                null);
    }

    private static int truth(String value, String origin) {
        String word = value.strip().toLowerCase(Locale.ROOT);
        if (ANOMALOUS.contains(word) || NORMAL.contains(word)) {
            return ANOMALOUS.contains(word) ? 1 : 0;
        }
        throw new ProblemException(
                Problem.of("evaluate.unknown_label", "Whether the row is an anomaly is written '" + value + "'")
                        .at(origin)
                        .remedy("Write 1 or 0, true or false, anomaly or normal"));
    }
}
