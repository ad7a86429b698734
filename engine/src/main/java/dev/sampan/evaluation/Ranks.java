package dev.sampan.evaluation;

import dev.sampan.evaluation.Report.Curve;
import dev.sampan.evaluation.Report.Figure;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the ranking of each class's rows says: AUC and curve by class, and the metric over the classes. Classes
/// are ranked one after another, so that only one ranking is in memory.
///
/// @param auc null when the split holds rows of one class only
/// @param aucs by class, null where undefined
/// @param curves of the classes with a defined AUC
record Ranks(@Nullable Figure auc, List<@Nullable Double> aucs, List<Curve> curves) {

    /// @param pointsMax of each curve
    static Ranks of(Answers answers, List<String> labels, int pointsMax, Intervals intervals) {
        double[] influence = new double[answers.rows()];
        List<@Nullable Double> aucs = new ArrayList<>();
        List<Curve> curves = new ArrayList<>();
        double sum = 0;
        int averaged = 0;
        long scarcer = answers.rows();
        for (int c = 0; c < labels.size(); c++) {
            Ranking ranking = new Ranking(answers, c);
            if (!ranking.defined()) {
                aucs.add(null);
                continue;
            }
            double auc = ranking.auc();
            aucs.add(auc);
            curves.add(ranking.curve(labels.get(c), pointsMax));
            if (counts(c, labels.size())) {
                ranking.addInfluence(auc, influence);
                sum += auc;
                averaged++;
                scarcer = Math.min(scarcer, ranking.scarcer());
            }
        }
        return new Ranks(mean(sum, averaged, influence, scarcer, intervals), aucs, curves);
    }

    /// Of two classes the second is the positive one, and the first's AUC is the same figure again.
    private static boolean counts(int c, int classes) {
        return classes != 2 || c == 1;
    }

    private static @Nullable Figure mean(
            double sum, int averaged, double[] influence, long scarcer, Intervals intervals) {
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
