package dev.sampan.evaluation;

import dev.sampan.evaluation.Report.Figure;
import java.util.function.IntToDoubleFunction;

/// Intervals of a figure that is no mean of rows: the delete-a-group jackknife with ten groups (Kott 2001). A
/// row belongs to the group `index % GROUPS`.
final class Jackknife {
    static final int GROUPS = 10;

    private Jackknife() {}

    /// @param without the figure without one group
    static double variance(IntToDoubleFunction without) {
        double[] of = new double[GROUPS];
        double mean = 0;
        for (int g = 0; g < GROUPS; g++) {
            of[g] = without.applyAsDouble(g);
            mean += of[g] / GROUPS;
        }
        double variance = 0;
        for (double each : of) {
            variance += (each - mean) * (each - mean) * (GROUPS - 1) / GROUPS;
        }
        return variance;
    }

    /// A figure between 0 and 1.
    static Figure share(double value, IntToDoubleFunction without, int rows, Intervals intervals) {
        return intervals.share(value, variance(without), rows);
    }
}
