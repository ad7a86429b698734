package dev.sampan.data.label;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Confident learning (Northcutt, Jiang and Chuang, "Confident learning: estimating uncertainty in dataset
/// labels", JAIR 2021): which labels are probably wrong, from labels and scores that were given without having
/// seen them.
///
/// 1. The threshold of class j is the mean score for j over the rows labelled j (eq. 2). 2. The confident joint
/// C[i][j] counts the rows labelled i whose score for j reaches j's threshold, j the best such (eq. 1). It is
/// calibrated so that each row of it sums to the rows labelled i (eq. 3). 3. For each i ≠ j the C[i][j] rows
/// labelled i with the largest margin, score for j − score for i, are suspects (prune by noise rate), unless the
/// model itself would answer i.
///
/// They are ranked by normalised margin: score of the given label − the best other, lowest first.
public final class LabelErrors {
    /// A suspect.
    ///
    /// @param row its number
    /// @param given index of its label
    /// @param likely index of the class that the scores say
    /// @param margin score of the given label − the best other, −1 to 1; the lower the surer
    public record Suspect(int row, int given, int likely, double margin) {}

    private static final double ROUNDING = 1e-6;

    private final int[] labels;
    private final float[][] scores;
    private final int classes;

    private LabelErrors(int[] labels, float[][] scores) {
        if (labels.length != scores.length) {
            throw new IllegalArgumentException(labels.length + " labels for " + scores.length + " rows of scores");
        }
        this.labels = labels;
        this.scores = scores;
        this.classes = scores.length == 0 ? 0 : scores[0].length;
    }

    /// @param labels indexes of the given labels
    /// @param scores (rows, classes), probabilities by a model that did not learn from these rows
    public static List<Suspect> find(int[] labels, float[][] scores) {
        LabelErrors errors = new LabelErrors(labels, scores);
        long[][] joint = errors.calibrated(errors.joint(errors.thresholds()));
        return errors.suspects(joint);
    }

    double[] thresholds() {
        double[] sums = new double[classes];
        long[] counts = new long[classes];
        for (int i = 0; i < labels.length; i++) {
            sums[labels[i]] += scores[i][labels[i]];
            counts[labels[i]]++;
        }
        for (int c = 0; c < classes; c++) {
            sums[c] = counts[c] == 0 ? Double.POSITIVE_INFINITY : sums[c] / counts[c];
        }
        return sums;
    }

    /// `[given][likely]`; every class that has rows has one at least that is right.
    long[][] joint(double[] thresholds) {
        long[][] joint = new long[classes][classes];
        for (int i = 0; i < labels.length; i++) {
            int best = -1;
            for (int c = 0; c < classes; c++) {
                boolean confident = scores[i][c] >= thresholds[c] - ROUNDING;
                best = confident && (best < 0 || scores[i][c] > scores[i][best]) ? c : best;
            }
            if (best >= 0) {
                joint[labels[i]][best]++;
            }
        }
        for (int label : labels) {
            joint[label][label] = Math.max(1, joint[label][label]);
        }
        return joint;
    }

    /// Each row scaled to the number of rows so labelled, in whole numbers: the largest remainders are rounded up.
    long[][] calibrated(long[][] joint) {
        long[] counts = new long[classes];
        for (int label : labels) {
            counts[label]++;
        }
        long[][] calibrated = new long[classes][classes];
        for (int i = 0; i < classes; i++) {
            long sum = java.util.Arrays.stream(joint[i]).sum();
            if (sum > 0) {
                calibrated[i] = scaled(joint[i], sum, counts[i]);
            }
        }
        return calibrated;
    }

    private static long[] scaled(long[] row, long sum, long count) {
        long[] whole = new long[row.length];
        double[] rest = new double[row.length];
        long left = count;
        List<Integer> order = new ArrayList<>();
        for (int j = 0; j < row.length; j++) {
            double exact = (double) row[j] * count / sum;
            whole[j] = (long) Math.floor(exact);
            rest[j] = exact - whole[j];
            left -= whole[j];
            order.add(j);
        }
        order.sort(Comparator.comparingDouble(j -> -rest[j]));
        for (int k = 0; k < left; k++) {
            whole[order.get(k)]++;
        }
        return whole;
    }

    private List<Suspect> suspects(long[][] joint) {
        boolean[] suspect = new boolean[labels.length];
        for (int i = 0; i < classes; i++) {
            for (int j = 0; j < classes; j++) {
                if (i != j && joint[i][j] > 0) {
                    prune(i, j, joint[i][j], suspect);
                }
            }
        }
        List<Suspect> found = new ArrayList<>();
        for (int row = 0; row < labels.length; row++) {
            int best = best(row, -1);
            if (suspect[row] && best != labels[row]) {
                double margin = (double) scores[row][labels[row]] - scores[row][best(row, labels[row])];
                found.add(new Suspect(row, labels[row], best, margin));
            }
        }
        found.sort(Comparator.comparingDouble(Suspect::margin).thenComparingInt(Suspect::row));
        return found;
    }

    private void prune(int given, int likely, long count, boolean[] suspect) {
        List<Integer> rows = new ArrayList<>();
        for (int row = 0; row < labels.length; row++) {
            if (labels[row] == given) {
                rows.add(row);
            }
        }
        rows.sort(Comparator.comparingDouble(row -> (double) scores[row][given] - scores[row][likely]));
        rows.stream().limit(count).forEach(row -> suspect[row] = true);
    }

    /// The class with the highest score, but for one.
    private int best(int row, int but) {
        int best = but == 0 ? 1 : 0;
        for (int c = 0; c < classes; c++) {
            best = c != but && scores[row][c] > scores[row][best] ? c : best;
        }
        return best;
    }
}
