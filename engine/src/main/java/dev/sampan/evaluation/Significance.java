package dev.sampan.evaluation;

import dev.sampan.evaluation.Comparison.Difference;
import dev.sampan.evaluation.Comparison.Test;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/// Whether one model is better than another on the same rows, or the difference could be chance.
final class Significance {
    private static final int SAMPLES = 1000;

    private Significance() {}

    /// McNemar's test on the rows that one model alone has right: under no difference their side is a fair
    /// coin. Exact and two-sided, with the mid-p correction (Fagerland, Lydersen and Laake, "The McNemar test
    /// for binary matched-pairs data", 2013), which is neither as timid as the exact test nor ever bolder than
    /// it says in practice.
    ///
    /// @param onlyFirst rows that the first alone has right
    /// @param onlySecond rows that the second alone has right
    /// @return probability of so great a difference without cause, 0 to 1
    static double mcNemarMidP(long onlyFirst, long onlySecond) {
        long n = onlyFirst + onlySecond;
        long fewer = Math.min(onlyFirst, onlySecond);
        if (n == 0) {
            return 1;
        }
        double tail = 0;
        double log = -n * Math.log(2); // of C(n, 0) / 2ⁿ
        double last = 0;
        for (long k = 0; k <= fewer; k++) {
            last = Math.exp(log);
            tail += last;
            log += Math.log((double) (n - k) / (k + 1));
        }
        double exact = Math.min(1, 2 * tail);
        return onlyFirst == onlySecond ? 1 - last / 2 : exact - last;
    }

    /// The paired bootstrap (Efron and Tibshirani, "An Introduction to the Bootstrap", 1993, 16): rows are
    /// drawn with replacement, the same for both models, and the difference taken again each time.
    ///
    /// @param low of the difference at the level asked for, the percentile interval
    /// @param p two-sided: twice the share of draws on the other side of 0, no less than 1 / (draws + 1)
    record Paired(double low, double high, double p) {}

    /// @param difference of the metric, for how often each row was drawn
    static Paired bootstrap(int rows, double confidence, long seed, ToDoubleFunction<int[]> difference) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] drawn = new double[SAMPLES];
        int[] times = new int[rows];
        int below = 0;
        int above = 0;
        for (int s = 0; s < SAMPLES; s++) {
            Arrays.fill(times, 0);
            for (int i = 0; i < rows; i++) {
                times[random.nextInt(rows)]++;
            }
            drawn[s] = difference.applyAsDouble(times);
            below += drawn[s] <= 0 ? 1 : 0;
            above += drawn[s] >= 0 ? 1 : 0;
        }
        Arrays.sort(drawn);
        double p = Math.min(1, 2.0 * (Math.min(below, above) + 1) / (SAMPLES + 1));
        return new Paired(quantile(drawn, (1 - confidence) / 2), quantile(drawn, (1 + confidence) / 2), p);
    }

    private static double quantile(double[] sorted, double share) {
        double at = share * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (sorted[above] - sorted[below]) * (at - below);
    }

    /// A metric of one model, for how often each row was drawn.
    interface Metric {
        double of(int[] times);
    }

    /// A metric that is a mean over the rows.
    static Metric mean(double[] values) {
        return times -> {
            double sum = 0;
            for (int row = 0; row < times.length; row++) {
                sum += times[row] * values[row];
            }
            return sum / times.length;
        };
    }

    /// Of two models, by the paired bootstrap.
    static Difference difference(int rows, double confidence, long seed, Metric one, Metric other) {
        int[] once = new int[rows];
        Arrays.fill(once, 1);
        Paired paired = bootstrap(rows, confidence, seed, times -> one.of(times) - other.of(times));
        return new Difference(
                one.of(once), other.of(once), paired.low(), paired.high(), paired.p(), Test.PAIRED_BOOTSTRAP);
    }
}
