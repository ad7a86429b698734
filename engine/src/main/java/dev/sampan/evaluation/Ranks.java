package dev.sampan.evaluation;

import dev.sampan.evaluation.Report.Curve;
import dev.sampan.evaluation.Report.Figure;
import dev.sampan.evaluation.Report.PrecisionCurve;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the ranking of each class's rows says: AUC, average precision and curves by class, and the metrics over
/// the classes. Classes are ranked one after another, so that only one ranking is in memory.
///
/// @param auc null when the split holds rows of one class only
/// @param averagePrecision null when the AUC is
/// @param aucs by class, null where undefined
/// @param curves of the classes with a defined AUC
/// @param precisionCurves of the same classes
record Ranks(
        @Nullable Figure auc,
        @Nullable Figure averagePrecision,
        List<@Nullable Double> aucs,
        List<Curve> curves,
        List<PrecisionCurve> precisionCurves) {

    /// @param pointsMax of each curve
    static Ranks of(Answers answers, List<String> labels, int pointsMax, Intervals intervals) {
        Over auc = new Over(answers.rows());
        Over precision = new Over(answers.rows());
        List<@Nullable Double> aucs = new ArrayList<>();
        List<Curve> curves = new ArrayList<>();
        List<PrecisionCurve> precisionCurves = new ArrayList<>();
        for (int c = 0; c < labels.size(); c++) {
            Ranking ranking = new Ranking(answers, c);
            if (!ranking.defined()) {
                aucs.add(null);
                continue;
            }
            double area = ranking.auc();
            double average = ranking.averagePrecision();
            aucs.add(area);
            curves.add(ranking.curve(labels.get(c), pointsMax));
            precisionCurves.add(ranking.precisionCurve(labels.get(c), average, pointsMax));
            if (counts(c, labels.size())) {
                ranking.addInfluence(area, auc.influence);
                auc.add(area, ranking.scarcer());
                ranking.addPrecisionInfluence(average, precision.influence);
                precision.add(average, ranking.scarcer());
            }
        }
        return new Ranks(auc.mean(intervals), precision.mean(intervals), aucs, curves, precisionCurves);
    }

    /// Of two classes the second is the positive one, and the first's AUC is the same figure again.
    private static boolean counts(int c, int classes) {
        return classes != 2 || c == 1;
    }

    /// The mean of a metric over the classes.
    private static final class Over {
        final double[] influence;
        private double sum;
        private int averaged;
        private long scarcer;

        Over(int rows) {
            influence = new double[rows];
            scarcer = rows;
        }

        void add(double value, long scarcerSide) {
            sum += value;
            averaged++;
            scarcer = Math.min(scarcer, scarcerSide);
        }

        @Nullable
        Figure mean(Intervals intervals) {
            if (averaged == 0) {
                return null;
            }
            double squares = 0;
            for (double of : influence) {
                squares += of * of;
            }
            long rows = influence.length;
            double variance = squares / rows / rows / averaged / averaged;
            double value = sum / averaged;
            // A perfect ranking is as sure as the scarcest side of it is large.
            Figure figure = intervals.share(value, variance, value < 1 ? rows : scarcer);
            return new Figure(figure.value(), figure.low(), figure.high(), rows);
        }
    }
}
