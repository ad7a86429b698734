package dev.sampan.training.internal.forecast;

import java.util.List;
import java.util.function.UnaryOperator;

/// A forecast that is linear in the newest values: next = history · weights.
///
/// @param window newest values read
/// @param steps next values answered
/// @param weights (window, steps) in row order
record LinearMap(String name, int window, int steps, double[] weights) {
    /// Of a method given as a procedure, which must be linear: its answers to histories that are 1 in one place.
    static LinearMap of(String name, int window, int steps, UnaryOperator<double[]> procedure) {
        double[] weights = new double[window * steps];
        for (int place = 0; place < window; place++) {
            double[] impulse = new double[window];
            impulse[place] = 1;
            System.arraycopy(procedure.apply(impulse), 0, weights, place * steps, steps);
        }
        return new LinearMap(name, window, steps, weights);
    }

    static LinearMap mean(String name, List<LinearMap> maps) {
        LinearMap first = maps.getFirst();
        double[] weights = new double[first.weights.length];
        for (LinearMap map : maps) {
            for (int i = 0; i < weights.length; i++) {
                weights[i] += map.weights[i] / maps.size();
            }
        }
        return new LinearMap(name, first.window, first.steps, weights);
    }

    /// @param history at least one value; the newest `window` are read, and a shorter one is filled up in front
    double[] apply(double[] history, int end) {
        double[] next = new double[steps];
        for (int place = 0; place < window; place++) {
            double value = history[Math.max(0, end - window + place)];
            for (int step = 0; step < steps; step++) {
                next[step] += value * weights[place * steps + step];
            }
        }
        return next;
    }
}
