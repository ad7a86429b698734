package dev.sampan.explanation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// LIME for texts (Ribeiro, Singh, Guestrin, "Why should I trust you?", KDD 2016): a linear model of the label's
/// probability around the text, fitted to variants with units taken out.
///
/// As in the authors' own implementation a variant loses r units, r uniform in 1…n and then the units uniformly,
/// and weighs √exp(−d²/25²) with d = 100·(1 − cosine similarity to the whole text) = 100·(1 − √(kept/n)).
/// Different here: draws come in pairs that lose units as different as they can (antithetic, which steadies the
/// weights); up to 7 units all variants are asked, each with the share it would be drawn with; and the samples of
/// two seeds make one fit, while each alone says how stable it is.
final class Lime {
    private static final int EXHAUSTIVE_UNITS = 7;
    private static final int SAMPLES_PER_UNIT = 20;
    private static final int SAMPLES_MIN = 128;
    private static final int SAMPLES_MAX = 1_000;
    private static final double KERNEL_WIDTH = 25;

    private Lime() {}

    static Attribution attribute(Variants variants, SplittableRandom random) {
        int n = variants.units();
        if (n <= EXHAUSTIVE_UNITS) {
            LocalModel model = fit(variants, everyVariant(n));
            return new Attribution("lime", model.weights(), model.fidelity(), 1);
        }
        int samples = Math.clamp((long) SAMPLES_PER_UNIT * n, SAMPLES_MIN, SAMPLES_MAX) / 2;
        Map<BitSet, Double> first = drawn(n, samples, random.split());
        Map<BitSet, Double> second = drawn(n, samples, random.split());
        Map<BitSet, Double> both = new HashMap<>(first);
        second.forEach((variant, share) -> both.merge(variant, share, Double::sum));
        LocalModel model = fit(variants, both);
        double stability = Spearman.correlation(
                fit(variants, first).weights(), fit(variants, second).weights());
        return new Attribution("lime", model.weights(), model.fidelity(), stability);
    }

    /// @param shares how often each variant counts
    private static LocalModel fit(Variants variants, Map<BitSet, Double> shares) {
        int n = variants.units();
        Map<BitSet, Double> with = new HashMap<>(shares);
        with.merge(variants.all(), 1.0, Double::sum);
        List<BitSet> rows = new ArrayList<>(with.keySet());
        // A HashMap's order is not part of the question: sorted, so that sums round alike every time.
        rows.sort(Lime::compare);
        variants.ask(rows);
        double[] values = rows.stream().mapToDouble(variants::of).toArray();
        double[] weights = rows.stream()
                .mapToDouble(row -> with.getOrDefault(row, 0.0) * kernel(row.cardinality(), n))
                .toArray();
        return LocalModel.fit(rows, values, weights, n);
    }

    private static double kernel(int kept, int n) {
        double distance = n == 0 ? 0 : 100 * (1 - Math.sqrt((double) kept / n));
        return Math.sqrt(Math.exp(-distance * distance / (KERNEL_WIDTH * KERNEL_WIDTH)));
    }

    private static Map<BitSet, Double> drawn(int n, int samples, SplittableRandom random) {
        Map<BitSet, Double> variants = new HashMap<>();
        for (int i = 0; i < samples; i += 2) {
            int taken = random.nextInt(1, n + 1);
            for (BitSet variant : Subsets.pairWithout(n, taken, random)) {
                variants.merge(variant, 1.0, Double::sum);
            }
        }
        return variants;
    }

    /// All 2ⁿ − 1 variants that lose something, each with the share it would be drawn with: 1/n for its size,
    /// divided among the subsets of that size.
    private static Map<BitSet, Double> everyVariant(int n) {
        Map<BitSet, Double> variants = new HashMap<>();
        for (long bits = 0; bits < (1L << n) - 1; bits++) {
            BitSet kept = BitSet.valueOf(new long[] {bits});
            variants.put(kept, SAMPLES_MIN / (n * choose(n, kept.cardinality())));
        }
        return variants;
    }

    private static double choose(int n, int k) {
        double ways = 1;
        for (int i = 1; i <= k; i++) {
            ways = ways * (n - k + i) / i;
        }
        return ways;
    }

    /// Any fixed order.
    private static int compare(BitSet a, BitSet b) {
        return Arrays.compare(a.toLongArray(), b.toLongArray());
    }
}
