package dev.sampan.evaluation;

import dev.sampan.evaluation.Report.Figure;

/// Distance of two clouds of feature vectors, each taken as a Gaussian (Fréchet 1957; Heusel et al., "GANs
/// trained by a two time-scale update rule", 2017): |μ₁ − μ₂|² + tr(Σ₁ + Σ₂ − 2(Σ₁Σ₂)^½). 0 for equal clouds.
/// Small clouds look farther apart than they are, so two figures may be compared only for equal numbers of
/// rows; no Inception network is here, so a figure is not comparable with published FID.
///
/// The interval is the [Jackknife]'s.
final class Frechet {
    private static final int GROUPS = Jackknife.GROUPS;

    private Frechet() {}

    /// @param real rows of features, at least 2
    /// @param made rows of as many features, at least 2
    static Figure distance(double[][] real, double[][] made, Intervals intervals) {
        double value = distance(real, made, -1);
        int rows = Math.min(real.length, made.length);
        if (rows < 2 * GROUPS) {
            return new Figure(value, 0, Double.MAX_VALUE, rows);
        }
        return intervals.mean(value, Jackknife.variance(group -> distance(real, made, group)), rows);
    }

    private static double distance(double[][] real, double[][] made, int group) {
        Gaussian one = Gaussian.of(real, group);
        Gaussian two = Gaussian.of(made, group);
        double sum = 0;
        for (int i = 0; i < one.mean.length; i++) {
            double off = one.mean[i] - two.mean[i];
            sum += off * off + one.covariance[i][i] + two.covariance[i][i];
        }
        // (Σ₁Σ₂)^½ has the trace of (Σ₁^½ Σ₂ Σ₁^½)^½, which is symmetric
        double[][] root = Symmetric.of(one.covariance).root();
        for (double eigen :
                Symmetric.of(product(product(root, two.covariance), root)).values()) {
            sum -= 2 * Math.sqrt(Math.max(0, eigen));
        }
        return Math.max(0, sum);
    }

    private static double[][] product(double[][] a, double[][] b) {
        int n = a.length;
        double[][] product = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < n; k++) {
                double of = a[i][k];
                for (int j = 0; j < n; j++) {
                    product[i][j] += of * b[k][j];
                }
            }
        }
        return product;
    }

    /// @param covariance with rows − 1 as divisor, as numpy has it
    private record Gaussian(double[] mean, double[][] covariance) {
        /// @param group rows with `index % GROUPS` of it are left out
        static Gaussian of(double[][] rows, int group) {
            int width = rows[0].length;
            double[] mean = new double[width];
            double[][] covariance = new double[width][width];
            double[] before = new double[width];
            int n = 0;
            for (int r = 0; r < rows.length; r++) {
                if (r % GROUPS == group) {
                    continue;
                }
                n++;
                for (int i = 0; i < width; i++) {
                    before[i] = rows[r][i] - mean[i];
                    mean[i] += before[i] / n;
                }
                for (int i = 0; i < width; i++) {
                    double after = rows[r][i] - mean[i];
                    for (int j = 0; j <= i; j++) {
                        covariance[i][j] += after * before[j];
                    }
                }
            }
            for (int i = 0; i < width; i++) {
                for (int j = 0; j <= i; j++) {
                    covariance[i][j] /= Math.max(1, n - 1);
                    covariance[j][i] = covariance[i][j];
                }
            }
            return new Gaussian(mean, covariance);
        }
    }
}
