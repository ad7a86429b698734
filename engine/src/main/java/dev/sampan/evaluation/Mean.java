package dev.sampan.evaluation;

import dev.sampan.evaluation.Report.Figure;

/// A mean and its variance in one pass over the rows (Welford, "Note on a method for calculating corrected sums
/// of squares and products", 1962), so that long reports lose no digits.
final class Mean {
    private long rows;
    private double mean;
    private double squares;

    void add(double value) {
        rows++;
        double away = value - mean;
        mean += away / rows;
        squares += away * (value - mean);
    }

    long rows() {
        return rows;
    }

    double value() {
        return mean;
    }

    /// Of one row, with the rows as divisor: the mean square of the influences on the mean.
    double spread() {
        return rows == 0 ? 0 : squares / rows;
    }

    /// Of the mean.
    double variance() {
        return rows == 0 ? 0 : spread() / rows;
    }

    /// As a metric that is never negative and has no upper end.
    Figure figure(Intervals intervals) {
        return intervals.mean(mean, variance(), rows);
    }

    /// As a metric between 0 and 1.
    Figure share(Intervals intervals) {
        return intervals.share(mean, variance(), rows);
    }
}
