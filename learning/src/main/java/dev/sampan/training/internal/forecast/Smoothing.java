package dev.sampan.training.internal.forecast;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// The classic methods as procedures on a window, all linear in it.
final class Smoothing {
    private static final double[] LEVELS = {0.1, 0.3, 0.5, 0.8};
    private static final double[] TRENDS = {0.05, 0.2};
    private static final double[] DAMPINGS = {0.8, 0.9, 0.98};
    private static final double[] SEASONS = {0.1, 0.3};

    private final int window;
    private final int steps;
    private final int season;

    Smoothing(int window, int steps, int season) {
        this.window = window;
        this.steps = steps;
        this.season = season;
    }

    LinearMap naive() {
        return map("naive", w -> seasonal(w, 1));
    }

    LinearMap seasonalNaive() {
        return map("seasonal_naive", w -> seasonal(w, Math.min(season, window)));
    }

    private double[] seasonal(double[] w, int period) {
        double[] next = new double[steps];
        for (int step = 0; step < steps; step++) {
            next[step] = w[window - period + step % period];
        }
        return next;
    }

    /// Simple, Holt's damped, and Holt-Winters' additive smoothing on a grid of their weights.
    List<LinearMap> exponential() {
        List<LinearMap> maps = new ArrayList<>();
        for (double level : LEVELS) {
            maps.add(map("ets(" + level + ")", w -> holt(w, level, 0, 0)));
            for (double trend : TRENDS) {
                for (double damping : DAMPINGS) {
                    maps.add(map(
                            "ets(" + level + ", " + trend + ", " + damping + ")", w -> holt(w, level, trend, damping)));
                }
            }
            if (season > 1 && window >= 2 * season) {
                for (double seasonal : SEASONS) {
                    maps.add(
                            map("ets(" + level + ", season " + seasonal + ")", w -> winters(w, level, 0, 0, seasonal)));
                    maps.add(map(
                            "ets(" + level + ", 0.05, 0.95, season " + seasonal + ")",
                            w -> winters(w, level, 0.05, 0.95, seasonal)));
                }
            }
        }
        return maps;
    }

    /// l ← α y + (1 − α)(l + φ b),  b ← β (l − l′) + (1 − β) φ b;  next_h = l + (φ + … + φʰ) b.
    private double[] holt(double[] w, double alpha, double beta, double phi) {
        double level = w[0];
        double slope = 0;
        for (int t = 1; t < window; t++) {
            double before = level;
            level = alpha * w[t] + (1 - alpha) * (level + phi * slope);
            slope = beta * (level - before) + (1 - beta) * phi * slope;
        }
        double[] next = new double[steps];
        double reach = 0;
        double damped = 1;
        for (int step = 0; step < steps; step++) {
            damped *= phi;
            reach += damped;
            next[step] = level + reach * slope;
        }
        return next;
    }

    /// Holt's with s ← γ (y − l) + (1 − γ) s of a season ago, the first season being what stands above its mean.
    private double[] winters(double[] w, double alpha, double beta, double phi, double gamma) {
        double[] seasons = new double[season];
        double level = 0;
        for (int t = 0; t < season; t++) {
            level += w[t] / season;
        }
        for (int t = 0; t < season; t++) {
            seasons[t] = w[t] - level;
        }
        double slope = 0;
        for (int t = season; t < window; t++) {
            double before = level;
            level = alpha * (w[t] - seasons[t % season]) + (1 - alpha) * (level + phi * slope);
            slope = beta * (level - before) + (1 - beta) * phi * slope;
            seasons[t % season] = gamma * (w[t] - level) + (1 - gamma) * seasons[t % season];
        }
        double[] next = new double[steps];
        double reach = 0;
        double damped = 1;
        for (int step = 0; step < steps; step++) {
            damped *= phi;
            reach += damped;
            next[step] = level + reach * slope + seasons[(window + step) % season];
        }
        return next;
    }

    /// Simple smoothing with half the slope of the line through what is left after the seasons are taken out.
    List<LinearMap> theta() {
        List<LinearMap> maps = new ArrayList<>();
        for (double level : LEVELS) {
            maps.add(map("theta(" + level + ")", w -> theta(w, level)));
        }
        return maps;
    }

    private double[] theta(double[] w, double alpha) {
        double[] seasons = seasonsOf(w);
        double[] rest = new double[window];
        for (int t = 0; t < window; t++) {
            rest[t] = w[t] - seasons[t % seasons.length];
        }
        double slope = slope(rest);
        double level = rest[0];
        for (int t = 1; t < window; t++) {
            level = alpha * rest[t] + (1 - alpha) * level;
        }
        double[] next = new double[steps];
        for (int step = 0; step < steps; step++) {
            next[step] = level
                    + slope / 2 * (step + (1 - Math.pow(1 - alpha, window)) / alpha)
                    + seasons[(window + step) % seasons.length];
        }
        return next;
    }

    /// Means of each place in the season over the window's whole seasons, less their mean; one 0 where there are no
    /// two.
    private double[] seasonsOf(double[] w) {
        int whole = window / season;
        if (season == 1 || whole < 2) {
            return new double[1];
        }
        double[] seasons = new double[season];
        double mean = 0;
        int from = window - whole * season;
        for (int t = from; t < window; t++) {
            seasons[t % season] += w[t] / whole;
            mean += w[t] / (whole * season);
        }
        for (int i = 0; i < season; i++) {
            seasons[i] -= mean;
        }
        return seasons;
    }

    private static double slope(double[] values) {
        double middle = (values.length - 1) / 2.0;
        double above = 0;
        double below = 0;
        for (int t = 0; t < values.length; t++) {
            above += (t - middle) * values[t];
            below += (t - middle) * (t - middle);
        }
        return below == 0 ? 0 : above / below;
    }

    private LinearMap map(String name, UnaryOperator<double[]> procedure) {
        return LinearMap.of(name, window, steps, procedure);
    }
}
