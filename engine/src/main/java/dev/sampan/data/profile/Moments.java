package dev.sampan.data.profile;

/// Least, greatest, mean and standard deviation in one pass (Welford 1962).
final class Moments {
    private long n;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;
    private double mean;
    private double squares;

    void add(double value) {
        n++;
        min = Math.min(min, value);
        max = Math.max(max, value);
        double off = value - mean;
        mean += off / n;
        squares += off * (value - mean);
    }

    double min() {
        return n == 0 ? Double.NaN : min;
    }

    double max() {
        return n == 0 ? Double.NaN : max;
    }

    double mean() {
        return n == 0 ? Double.NaN : mean;
    }

    /// Of the sample: divided by n − 1.
    double deviation() {
        return n < 2 ? 0 : Math.sqrt(squares / (n - 1));
    }
}
