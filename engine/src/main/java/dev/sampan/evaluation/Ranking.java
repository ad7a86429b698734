package dev.sampan.evaluation;

import dev.sampan.evaluation.Report.Curve;
import dev.sampan.evaluation.Report.PrecisionCurve;
import java.util.Arrays;

/// One class's rows ranked by their score for it: area under the ROC curve, the influence of each row on it,
/// and the curve itself. Rows with equal scores are one step of the curve and count half.
final class Ranking {
    /// A row in one word, so that sorting needs no objects: the score's bits above, the row below. Scores are
    /// never negative, and the bits of such floats are in the floats' own order.
    private final long[] order;

    private final Answers answers;
    private final int label;
    private final long positives;
    private final long negatives;

    Ranking(Answers answers, int label) {
        this.answers = answers;
        this.label = label;
        this.order = new long[answers.rows()];
        long hits = 0;
        for (int i = 0; i < order.length; i++) {
            order[i] = (long) Float.floatToIntBits(answers.score(i, label) + 0.0f) << 32 | i;
            hits += answers.truth(i) == label ? 1 : 0;
        }
        Arrays.sort(order);
        this.positives = hits;
        this.negatives = order.length - hits;
    }

    /// Whether there is something to rank: rows of the class and rows of others.
    boolean defined() {
        return positives > 0 && negatives > 0;
    }

    /// The smaller side, which bounds what is known about a perfect ranking.
    long scarcer() {
        return Math.min(positives, negatives);
    }

    /// P(a positive ranks above a negative) + half of P(equal), from whole numbers.
    double auc() {
        long doubled = 0;
        long negativesBelow = 0;
        for (int from = 0, to; from < order.length; from = to) {
            to = endOfTie(from);
            long hits = hits(from, to);
            long misses = to - from - hits;
            doubled += hits * (2 * negativesBelow + misses);
            negativesBelow += misses;
        }
        return doubled / 2.0 / positives / negatives;
    }

    /// Adds the influence of each row on [#auc]: (placement − AUC) / share of the row's side, where the
    /// placement of a row is the share of the other side that it beats (DeLong's structural components).
    void addInfluence(double auc, double[] influence) {
        long positivesBelow = 0;
        long negativesBelow = 0;
        double rows = order.length;
        for (int from = 0, to; from < order.length; from = to) {
            to = endOfTie(from);
            long hits = hits(from, to);
            long misses = to - from - hits;
            double ofPositive = (negativesBelow + misses / 2.0) / negatives;
            double ofNegative = (positives - positivesBelow - hits / 2.0) / positives;
            for (int i = from; i < to; i++) {
                influence[row(i)] +=
                        positive(i) ? (ofPositive - auc) * rows / positives : (ofNegative - auc) * rows / negatives;
            }
            positivesBelow += hits;
            negativesBelow += misses;
        }
    }

    /// From (0,0) to (1,1), thinned: a point is kept once the curve has gone `2 / (pointsMax − 2)` in both
    /// directions together since the last one kept, so corners stay and long straight stretches cost little.
    Curve curve(String name, int pointsMax) {
        double step = 2.0 / (pointsMax - 2);
        double[] x = new double[pointsMax];
        double[] y = new double[pointsMax];
        int kept = 1; // (0,0)
        long hits = 0;
        long misses = 0;
        for (int to = order.length, from; to > 0; to = from) {
            from = startOfTie(to);
            long tied = hits(from, to);
            hits += tied;
            misses += to - from - tied;
            double right = (double) misses / negatives;
            double up = (double) hits / positives;
            boolean last = from == 0;
            if (last || right - x[kept - 1] + up - y[kept - 1] >= step) {
                x[kept] = right;
                y[kept] = up;
                kept++;
            }
        }
        return new Curve(name, rounded(x, kept), rounded(y, kept));
    }

    /// Average precision: the mean over the positives of the precision at their score, without interpolation.
    double averagePrecision() {
        double sum = 0;
        long hits = 0;
        long above = 0;
        for (int to = order.length, from; to > 0; to = from) {
            from = startOfTie(to);
            long tied = hits(from, to);
            hits += tied;
            above += to - from;
            sum += tied * ((double) hits / above);
        }
        return sum / positives;
    }

    /// Adds the influence of each row on [#averagePrecision]. A positive brings the precision at its own score;
    /// any row moves the precision of all positives at or below its score: up by (N − T)/N² a positive, down by
    /// T/N² a negative, with T the positives and N the rows at or above.
    void addPrecisionInfluence(double average, double[] influence) {
        double rows = order.length;
        double[] raised = new double[order.length + 1]; // Σ over positives at or below of 1/N
        double[] lowered = new double[order.length + 1]; // Σ over positives at or below of T/N²
        double[] precision = new double[order.length + 1];
        long hits = positives;
        for (int from = 0, to; from < order.length; from = to) {
            to = endOfTie(from);
            long tied = hits(from, to);
            double above = rows - from;
            Arrays.fill(precision, from, to, hits / above);
            Arrays.fill(raised, from, to + 1, raised[from] + tied / above);
            Arrays.fill(lowered, from, to + 1, lowered[from] + tied * (hits / above / above));
            hits -= tied;
        }
        for (int i = 0; i < order.length; i++) {
            double moved = -lowered[i] + (positive(i) ? raised[i] + precision[i] - average : 0);
            influence[row(i)] += moved * rows / positives;
        }
    }

    /// Recall and precision from the highest score down, thinned to one point for each `1 / (pointsMax − 2)` of
    /// recall, for precision may rise and fall at every row.
    PrecisionCurve precisionCurve(String name, double average, int pointsMax) {
        double step = 1.0 / (pointsMax - 2);
        double[] x = new double[pointsMax];
        double[] y = new double[pointsMax];
        int kept = 0;
        long hits = 0;
        for (int to = order.length, from; to > 0 && hits < positives; to = from) {
            from = startOfTie(to);
            hits += hits(from, to);
            double recall = (double) hits / positives;
            double precision = (double) hits / (order.length - from);
            if (kept == 0 || hits == positives || recall - x[kept - 1] >= step) {
                x[kept] = recall;
                y[kept] = precision;
                kept++;
            }
        }
        return new PrecisionCurve(name, average, rounded(x, kept), rounded(y, kept));
    }

    private static double[] rounded(double[] values, int count) {
        return Arrays.stream(values, 0, count)
                .map(v -> Math.round(v * 1e5) / 1e5)
                .toArray();
    }

    private int row(int i) {
        return (int) order[i];
    }

    private boolean positive(int i) {
        return answers.truth(row(i)) == label;
    }

    private long hits(int from, int to) {
        long hits = 0;
        for (int i = from; i < to; i++) {
            hits += positive(i) ? 1 : 0;
        }
        return hits;
    }

    private int endOfTie(int from) {
        int to = from + 1;
        while (to < order.length && order[to] >>> 32 == order[from] >>> 32) {
            to++;
        }
        return to;
    }

    private int startOfTie(int to) {
        int from = to - 1;
        while (from > 0 && order[from - 1] >>> 32 == order[to - 1] >>> 32) {
            from--;
        }
        return from;
    }
}
