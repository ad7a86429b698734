package dev.sampan.data;

import dev.sampan.spec.Preprocessing.Normalization;
import java.util.Arrays;
import java.util.SplittableRandom;

/// What is known of the numbers of a column when all have gone by: mean and deviation exactly (Welford 1962), order and
/// frequency from all of up to [#SAMPLE] numbers and from a uniform sample of more (Vitter 1985, algorithm R).
final class Figures {
    static final int SAMPLE = 100_000;
    private static final int QUANTILES = 1000;

    private final SplittableRandom random = new SplittableRandom(SAMPLE);
    private double[] sample = new double[64];
    private long count;
    private double mean;
    private double squares;
    private double least = Double.POSITIVE_INFINITY;
    private double greatest = Double.NEGATIVE_INFINITY;
    private boolean sorted;

    void add(double value) {
        count++;
        double from = value - mean;
        mean += from / count;
        squares += from * (value - mean);
        least = Math.min(least, value);
        greatest = Math.max(greatest, value);
        if (count <= SAMPLE) {
            if (count > sample.length) {
                sample = Arrays.copyOf(sample, Math.min(SAMPLE, sample.length * 2));
            }
            sample[(int) count - 1] = value;
        } else {
            long place = random.nextLong(count);
            if (place < SAMPLE) {
                sample[(int) place] = value;
            }
        }
    }

    long count() {
        return count;
    }

    double mean() {
        return mean;
    }

    double least() {
        return least;
    }

    /// Of all there are, not of a sample of them: the divisor is their number.
    double deviation() {
        return Math.sqrt(squares / Math.max(1, count));
    }

    double median() {
        return quantile(0.5);
    }

    /// Interpolated between neighbours, as `numpy.quantile`. No more is added afterwards.
    double quantile(double share) {
        double[] ordered = ordered();
        double place = share * (ordered.length - 1);
        int below = (int) place;
        double above = ordered[Math.min(below + 1, ordered.length - 1)];
        return ordered[below] + (place - below) * (above - ordered[below]);
    }

    /// The value met most often, the least of equals.
    double mostFrequent() {
        double[] ordered = ordered();
        double best = ordered[0];
        int longest = 0;
        for (int from = 0; from < ordered.length; ) {
            int end = from;
            while (end < ordered.length && ordered[end] == ordered[from]) {
                end++;
            }
            if (end - from > longest) {
                longest = end - from;
                best = ordered[from];
            }
            from = end;
        }
        return best;
    }

    /// The same figures of the numbers brought into bounds.
    Figures clipped(double low, double high) {
        Figures clipped = new Figures();
        for (double value : ordered()) {
            clipped.add(Math.clamp(value, low, high));
        }
        return clipped;
    }

    /// @param how not [Normalization#AUTO]
    Scaling scaling(Normalization how) {
        if (count == 0) {
            return new Scaling.None();
        }
        return switch (how) {
            case ZSCORE -> Scaling.Linear.of(mean, deviation());
            case MINMAX -> Scaling.Linear.of(least, greatest - least);
            case QUANTILE -> new Scaling.Quantile(quantiles());
            case NONE -> new Scaling.None();
            case AUTO -> throw new IllegalArgumentException("decide first");
        };
    }

    private double[] quantiles() {
        int parts = Math.max(2, Math.min(QUANTILES, ordered().length));
        double[] quantiles = new double[parts];
        for (int i = 0; i < parts; i++) {
            quantiles[i] = quantile((double) i / (parts - 1));
            quantiles[i] = i == 0 ? quantiles[i] : Math.max(quantiles[i], quantiles[i - 1]); // rounding
        }
        return quantiles;
    }

    private double[] ordered() {
        if (!sorted) {
            sample = Arrays.copyOf(sample, (int) Math.min(count, SAMPLE));
            Arrays.sort(sample);
            sorted = true;
        }
        return sample;
    }
}
