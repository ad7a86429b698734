package dev.sampan.evaluation;

import java.util.Arrays;

/// Softmax regression by Adam over all rows at once, as a yardstick of what can be learnt from rows: plain,
/// without chance, and the same for made rows and real ones.
final class SoftmaxProbe {
    private static final int STEPS = 300;
    private static final double RATE = 0.05;
    private static final double DECAY = 1e-4;

    private final double[][] weights; // (classes, width + 1), the last being the offset

    private SoftmaxProbe(double[][] weights) {
        this.weights = weights;
    }

    /// @param rows of numbers with deviations of about 1
    /// @param classes of each row, from 0
    static SoftmaxProbe fit(double[][] rows, int[] classes, int count) {
        int width = rows[0].length;
        SoftmaxProbe probe = new SoftmaxProbe(new double[count][width + 1]);
        double[][] first = new double[count][width + 1];
        double[][] second = new double[count][width + 1];
        for (int step = 1; step <= STEPS; step++) {
            double[][] gradient = probe.gradient(rows, classes);
            double eta = RATE / (1 - Math.pow(0.9, step));
            double correction = 1 / Math.sqrt(1 - Math.pow(0.999, step));
            for (int c = 0; c < count; c++) {
                for (int i = 0; i <= width; i++) {
                    double g = gradient[c][i] + (i < width ? DECAY * probe.weights[c][i] : 0);
                    first[c][i] = 0.9 * first[c][i] + 0.1 * g;
                    second[c][i] = 0.999 * second[c][i] + 0.001 * g * g;
                    probe.weights[c][i] -= eta * first[c][i] / (Math.sqrt(second[c][i]) * correction + 1e-8);
                }
            }
        }
        return probe;
    }

    private double[][] gradient(double[][] rows, int[] classes) {
        int width = rows[0].length;
        double[][] gradient = new double[weights.length][width + 1];
        for (int row = 0; row < rows.length; row++) {
            double[] shares = shares(rows[row]);
            shares[classes[row]] -= 1;
            for (int c = 0; c < weights.length; c++) {
                double off = shares[c] / rows.length;
                double[] into = gradient[c];
                for (int i = 0; i < width; i++) {
                    into[i] += off * rows[row][i];
                }
                into[width] += off;
            }
        }
        return gradient;
    }

    private double[] shares(double[] row) {
        double[] shares = scores(row);
        double most = Arrays.stream(shares).max().orElse(0);
        double sum = 0;
        for (int c = 0; c < shares.length; c++) {
            shares[c] = Math.exp(shares[c] - most);
            sum += shares[c];
        }
        for (int c = 0; c < shares.length; c++) {
            shares[c] /= sum;
        }
        return shares;
    }

    private double[] scores(double[] row) {
        double[] scores = new double[weights.length];
        for (int c = 0; c < scores.length; c++) {
            double sum = weights[c][row.length];
            for (int i = 0; i < row.length; i++) {
                sum += weights[c][i] * row[i];
            }
            scores[c] = sum;
        }
        return scores;
    }

    int answer(double[] row) {
        double[] scores = scores(row);
        int best = 0;
        for (int c = 1; c < scores.length; c++) {
            best = scores[c] > scores[best] ? c : best;
        }
        return best;
    }
}
