package dev.sampan.training.internal.recommend;

/// Solves A x = b for a symmetric positive definite A by A = L Lᵀ.
final class Cholesky {
    private Cholesky() {}

    /// @param matrix (n, n) in row order, of which the lower half is read; becomes L
    /// @param vector b; becomes x
    static void solve(double[] matrix, double[] vector, int n) {
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = matrix[i * n + j];
                for (int k = 0; k < j; k++) {
                    sum -= matrix[i * n + k] * matrix[j * n + k];
                }
                matrix[i * n + j] = i == j ? Math.sqrt(sum) : sum / matrix[j * n + j];
            }
        }
        for (int i = 0; i < n; i++) {
            double sum = vector[i];
            for (int k = 0; k < i; k++) {
                sum -= matrix[i * n + k] * vector[k];
            }
            vector[i] = sum / matrix[i * n + i];
        }
        for (int i = n - 1; i >= 0; i--) {
            double sum = vector[i];
            for (int k = i + 1; k < n; k++) {
                sum -= matrix[k * n + i] * vector[k];
            }
            vector[i] = sum / matrix[i * n + i];
        }
    }
}
