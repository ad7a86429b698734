package dev.sampan.training.internal.forecast;

import java.util.Arrays;
import java.util.List;

/// Forecasts of values that are known: from several origins in the newest part of each series (Tashman 2000), in units
/// of
/// the history's mean change over a season, so that series of any size count alike.
///
/// @param series values, as the forecaster works on them
/// @param logarithms whether they are logarithms
/// @param heldOut newest values of each series that are forecast
/// @param season steps over which changes are taken
record Backtest(List<double[]> series, boolean logarithms, int heldOut, int window, int steps, int season) {
    private static final int ORIGINS_MAX = 50;

    /// What a forecaster may be learnt from.
    List<double[]> known() {
        return series.stream()
                .filter(values -> values.length > heldOut + 1)
                .map(values -> Arrays.copyOf(values, values.length - heldOut))
                .toList();
    }

    /// Absolute errors in units of the scale, for each step those of all origins; NaN where no value is known.
    double[][] errors(LinearMap map) {
        double[][] errors = new double[steps][];
        int origins = 0;
        for (double[] values : series) {
            origins += origins(values).length;
        }
        for (int step = 0; step < steps; step++) {
            errors[step] = new double[origins];
        }
        int at = 0;
        for (double[] values : series) {
            for (int origin : origins(values)) {
                double[] next = map.apply(values, origin);
                double scale = scale(values, origin);
                for (int step = 0; step < steps; step++) {
                    boolean known = origin + step < values.length;
                    errors[step][at] = known ? Math.abs(next[step] - values[origin + step]) / scale : Double.NaN;
                }
                at++;
            }
        }
        return errors;
    }

    /// Mean absolute error of the values themselves, in units of their own mean change before the origin: comparable
    /// between maps of values and maps of logarithms.
    double error(LinearMap map) {
        double sum = 0;
        long count = 0;
        for (double[] worked : series) {
            double[] values = logarithms ? Arrays.stream(worked).map(Math::exp).toArray() : worked;
            for (int origin : origins(worked)) {
                double[] next = map.apply(worked, origin);
                double scale = scale(values, origin);
                for (int step = 0; step < steps && origin + step < values.length; step++) {
                    double answer = logarithms ? Math.exp(next[step]) : next[step];
                    sum += Math.abs(answer - values[origin + step]) / scale;
                    count++;
                }
            }
        }
        return count == 0 ? Double.MAX_VALUE : sum / count;
    }

    private int[] origins(double[] values) {
        int first = values.length - heldOut;
        if (first < 2) {
            return new int[0];
        }
        int stride = Math.max(1, Math.ceilDiv(heldOut, ORIGINS_MAX));
        int count = Math.ceilDiv(heldOut, stride);
        int[] origins = new int[count];
        Arrays.setAll(origins, i -> first + i * stride);
        return origins;
    }

    /// Mean |yₜ − yₜ₋ₘ| over the window before an origin, as the graph takes it.
    private double scale(double[] values, int origin) {
        int lag = Math.min(season, window - 1);
        double sum = 0;
        for (int place = lag; place < window; place++) {
            double now = values[Math.max(0, origin - window + place)];
            double before = values[Math.max(0, origin - window + place - lag)];
            sum += Math.abs(now - before);
        }
        return Math.max(sum / (window - lag), 1e-9);
    }
}
