package dev.sampan.evaluation;

import dev.sampan.evaluation.Report.Figure;
import java.util.Map;
import java.util.TreeMap;

/// Forecasts beside what came. The unit of the intervals is the forecast, for the steps of one forecast err
/// together.
///
/// MAE and RMSE over all steps; sMAPE = mean of 2|y−f|/(|y|+|f|), 0 where both are 0 (Makridakis, 1993); MASE =
/// MAE over the mean |y(t) − y(t−m)| of the history (Hyndman and Koehler, "Another look at measures of forecast
/// accuracy", 2006): below 1 beats the naive forecast of one season ago; coverage = share of steps within
/// [lower, upper].
final class ForecastScores {
    private final int season;
    private final Mean absolute = new Mean();
    private final Mean square = new Mean();
    private final Mean symmetric = new Mean();
    private final Mean scaled = new Mean();
    private final Mean covered = new Mean();

    /// @param season steps after which the history repeats, 1 where it does not
    ForecastScores(int season) {
        if (season < 1) {
            throw new IllegalArgumentException("a season of " + season);
        }
        this.season = season;
    }

    /// One forecast.
    ///
    /// @param history what was known, oldest first; too short or constant: the forecast has no MASE
    /// @param actual what came
    /// @param forecast of the same length
    /// @param lower of the interval, empty when the forecast has none
    /// @param upper of the interval
    record Window(double[] history, double[] actual, double[] forecast, double[] lower, double[] upper) {
        Window {
            if (actual.length == 0 || actual.length != forecast.length || lower.length != upper.length) {
                throw new IllegalArgumentException(actual.length + " steps came, " + forecast.length + " forecast");
            }
        }
    }

    void add(Window window) {
        Mean off = new Mean();
        Mean squares = new Mean();
        Mean percent = new Mean();
        Mean within = new Mean();
        for (int i = 0; i < window.actual.length; i++) {
            double y = window.actual[i];
            double f = window.forecast[i];
            double e = y - f;
            off.add(Math.abs(e));
            squares.add(e * e);
            percent.add(y == 0 && f == 0 ? 0 : 2 * Math.abs(e) / (Math.abs(y) + Math.abs(f)));
            if (i < window.lower.length) {
                within.add(window.lower[i] <= y && y <= window.upper[i] ? 1 : 0);
            }
        }
        absolute.add(off.value());
        square.add(squares.value());
        symmetric.add(percent.value());
        double naive = naive(window.history);
        if (naive > 0) {
            scaled.add(off.value() / naive);
        }
        if (within.rows() > 0) {
            covered.add(within.value());
        }
    }

    /// Mean |y(t) − y(t−m)|; 0 where the history is shorter than a season and one step.
    private double naive(double[] history) {
        Mean mean = new Mean();
        for (int t = season; t < history.length; t++) {
            mean.add(Math.abs(history[t] - history[t - season]));
        }
        return mean.value();
    }

    long windows() {
        return absolute.rows();
    }

    /// `mae`, `rmse`, `smape`, `mase` where some history has a scale, `coverage` where forecasts have
    /// intervals.
    Map<String, Figure> metrics(Intervals intervals) {
        Map<String, Figure> metrics = new TreeMap<>();
        metrics.put("mae", absolute.figure(intervals));
        double rmse = Math.sqrt(square.value());
        metrics.put(
                "rmse", intervals.mean(rmse, rmse == 0 ? 0 : square.variance() / (4 * square.value()), square.rows()));
        metrics.put("smape", symmetric.figure(intervals));
        if (scaled.rows() > 0) {
            metrics.put("mase", scaled.figure(intervals));
        }
        if (covered.rows() > 0) {
            metrics.put("interval_coverage", covered.share(intervals));
        }
        return metrics;
    }
}
