package dev.sampan.explanation;

import java.util.BitSet;
import java.util.List;

/// A linear model of the probability over kept units, p ≈ b + Σ wᵢ·keptᵢ, by weighted ridge regression: the
/// weights minimise Σ π(z)·(p(z) − b − w·z)² + λ·|w|², the intercept b is free.
///
/// @param weights one for each unit
/// @param fidelity R² over the same weighted variants: 1 where the model is a plane, 0 where a constant says as
///     much
record LocalModel(double[] weights, double fidelity) {
    /// Enough to make the equations solvable when a unit hardly ever varies, too little to shrink the weights: λ
    /// is one part in 10,000 of the variants' weight.
    private static final double RIDGE = 1e-4;

    /// @param variants kept units
    /// @param values probability of each
    /// @param importance weight of each, positive
    static LocalModel fit(List<BitSet> variants, double[] values, double[] importance, int units) {
        double total = 0;
        double mean = 0;
        double[] means = new double[units];
        for (int i = 0; i < values.length; i++) {
            total += importance[i];
            mean += importance[i] * values[i];
            for (int u = variants.get(i).nextSetBit(0);
                    u >= 0;
                    u = variants.get(i).nextSetBit(u + 1)) {
                means[u] += importance[i];
            }
        }
        mean /= total;
        for (int u = 0; u < units; u++) {
            means[u] /= total;
        }
        double[][] gram = new double[units][units];
        double[] moment = new double[units];
        for (int i = 0; i < values.length; i++) {
            double[] row = centred(variants.get(i), means);
            for (int u = 0; u < units; u++) {
                double weighted = importance[i] * row[u];
                moment[u] += weighted * (values[i] - mean);
                for (int v = 0; v <= u; v++) {
                    gram[u][v] += weighted * row[v];
                }
            }
        }
        for (int u = 0; u < units; u++) {
            gram[u][u] += RIDGE * total;
        }
        double[] weights = solve(gram, moment);
        return new LocalModel(weights, fidelity(variants, values, importance, means, mean, weights));
    }

    private static double fidelity(
            List<BitSet> variants,
            double[] values,
            double[] importance,
            double[] means,
            double mean,
            double[] weights) {
        double unexplained = 0;
        double all = 0;
        for (int i = 0; i < values.length; i++) {
            double[] row = centred(variants.get(i), means);
            double residual = values[i] - mean;
            all += importance[i] * residual * residual;
            for (int u = 0; u < row.length; u++) {
                residual -= weights[u] * row[u];
            }
            unexplained += importance[i] * residual * residual;
        }
        return all <= 1e-24 ? 1 : 1 - unexplained / all;
    }

    private static double[] centred(BitSet variant, double[] means) {
        double[] row = new double[means.length];
        for (int u = 0; u < row.length; u++) {
            row[u] = (variant.get(u) ? 1 : 0) - means[u];
        }
        return row;
    }

    /// Solves A·x = b for a positive definite A given by its lower triangle, by Cholesky's A = L·Lᵀ in place.
    private static double[] solve(double[][] a, double[] b) {
        int n = b.length;
        double[] x = b.clone();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = a[i][j];
                for (int k = 0; k < j; k++) {
                    sum -= a[i][k] * a[j][k];
                }
                a[i][j] = i == j ? Math.sqrt(sum) : sum / a[j][j];
            }
            for (int k = 0; k < i; k++) {
                x[i] -= a[i][k] * x[k];
            }
            x[i] /= a[i][i];
        }
        for (int i = n - 1; i >= 0; i--) {
            for (int k = i + 1; k < n; k++) {
                x[i] -= a[k][i] * x[k];
            }
            x[i] /= a[i][i];
        }
        return x;
    }
}
