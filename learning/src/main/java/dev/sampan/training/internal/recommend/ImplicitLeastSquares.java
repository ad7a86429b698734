package dev.sampan.training.internal.recommend;

import dev.sampan.compute.Lanes;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/// Weighted matrix factorisation for implicit feedback by alternating least squares (Hu, Koren and Volinsky 2008): what
/// was seen is wanted with confidence 1 + α, what was not with confidence 1.
final class ImplicitLeastSquares {
    private static final double START = 0.1;
    private static final int ROWS_OF_A_TASK = 256;

    private final Interactions interactions;
    private final int width;
    private final double alpha;
    private final double lambda;
    private final Lanes lanes;

    ImplicitLeastSquares(Interactions interactions, int width, double alpha, double lambda, Lanes lanes) {
        this.interactions = interactions;
        this.width = width;
        this.alpha = alpha;
        this.lambda = lambda;
        this.lanes = lanes;
    }

    Scorer fit(int epochs, long seed, BooleanSupplier stopped) {
        int[][] byUser = interactions.byUser();
        int[][] byItem = interactions.byItem();
        SplittableRandom random = new SplittableRandom(seed);
        float[] users = new float[byUser.length * width];
        float[] items = new float[byItem.length * width];
        for (int i = 0; i < items.length; i++) {
            items[i] = (float) (random.nextGaussian() * START);
        }
        for (int epoch = 0; epoch < epochs && !stopped.getAsBoolean(); epoch++) {
            solve(users, items, byUser);
            solve(items, users, byItem);
        }
        double[] square = square(items);
        float[] narrow = new float[square.length];
        for (int i = 0; i < narrow.length; i++) {
            narrow[i] = (float) square[i];
        }
        return new Scorer.LeastSquares(items, narrow, width, (float) alpha);
    }

    /// Each row of `left` against the fixed `right`.
    private void solve(float[] left, float[] right, int[][] seen) {
        double[] square = square(right);
        int tasks = Math.ceilDiv(seen.length, ROWS_OF_A_TASK);
        lanes.run(tasks, task -> {
            double[] matrix = new double[width * width];
            double[] vector = new double[width];
            int end = Math.min(seen.length, (task + 1) * ROWS_OF_A_TASK);
            for (int row = task * ROWS_OF_A_TASK; row < end; row++) {
                System.arraycopy(square, 0, matrix, 0, square.length);
                Arrays.fill(vector, 0);
                for (int other : seen[row]) {
                    add(matrix, vector, right, other * width);
                }
                Cholesky.solve(matrix, vector, width);
                for (int k = 0; k < width; k++) {
                    left[row * width + k] = (float) vector[k];
                }
            }
        });
    }

    private void add(double[] matrix, double[] vector, float[] right, int at) {
        for (int a = 0; a < width; a++) {
            double weighted = alpha * right[at + a];
            for (int b = 0; b <= a; b++) {
                matrix[a * width + b] += weighted * right[at + b];
            }
            vector[a] += (1 + alpha) * right[at + a];
        }
    }

    /// RᵀR + λ I.
    private double[] square(float[] right) {
        double[] square = new double[width * width];
        for (int at = 0; at < right.length; at += width) {
            for (int a = 0; a < width; a++) {
                for (int b = 0; b < width; b++) {
                    square[a * width + b] += (double) right[at + a] * right[at + b];
                }
            }
        }
        for (int a = 0; a < width; a++) {
            square[a * width + a] += lambda;
        }
        return square;
    }
}
