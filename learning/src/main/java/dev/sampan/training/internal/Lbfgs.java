package dev.sampan.training.internal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/// Minimises a smooth convex function with the limited-memory BFGS method (Nocedal and Wright, Numerical Optimization,
/// algorithms 7.4 and 7.5), in double precision; steps are halved until they satisfy Armijo's condition.
final class Lbfgs {
    private static final int MEMORY = 10;
    private static final double ARMIJO = 1e-4;
    private static final int HALVINGS_MAX = 30;

    private Lbfgs() {}

    /// The function.
    @FunctionalInterface
    interface Objective {
        /// @param gradient filled with the gradient at x
        /// @return value at x
        double at(double[] x, double[] gradient);
    }

    /// A step and the change of the gradient over it.
    private record Pair(double[] s, double[] y, double rho) {}

    /// Changes x into the minimum.
    ///
    /// @param tolerance ends when no component of the gradient is larger, or a step no longer lowers the value by
    ///     more than rounding does
    /// @return value at the minimum
    static double minimise(Objective objective, double[] x, int iterationsMax, double tolerance) {
        int n = x.length;
        double[] gradient = new double[n];
        double value = objective.at(x, gradient);
        Deque<Pair> pairs = new ArrayDeque<>();
        for (int i = 0; i < iterationsMax && largest(gradient) > tolerance; i++) {
            double[] direction = direction(gradient, pairs);
            double slope = dot(direction, gradient);
            double step = pairs.isEmpty() ? Math.min(1, 1 / Math.sqrt(dot(gradient, gradient))) : 1;
            double[] next = new double[n];
            double[] nextGradient = new double[n];
            double nextValue = Double.NaN;
            boolean lower = false;
            for (int k = 0; k < HALVINGS_MAX && !lower; k++, step /= 2) {
                for (int j = 0; j < n; j++) {
                    next[j] = x[j] + step * direction[j];
                }
                nextValue = objective.at(next, nextGradient);
                lower = nextValue <= value + ARMIJO * step * slope;
            }
            if (!lower) {
                return value;
            }
            remember(pairs, x, next, gradient, nextGradient);
            double gained = value - nextValue;
            System.arraycopy(next, 0, x, 0, n);
            gradient = nextGradient;
            value = nextValue;
            if (gained <= 1e-9 * Math.abs(value)) {
                return value;
            }
        }
        return value;
    }

    /// −H g by the two loops over the remembered pairs.
    private static double[] direction(double[] gradient, Deque<Pair> pairs) {
        double[] q = new double[gradient.length];
        for (int i = 0; i < q.length; i++) {
            q[i] = -gradient[i];
        }
        double[] alphas = new double[pairs.size()];
        int k = 0;
        for (Pair pair : pairs) { // newest first
            alphas[k] = pair.rho * dot(pair.s, q);
            add(q, -alphas[k++], pair.y);
        }
        if (!pairs.isEmpty()) {
            Pair newest = pairs.getFirst();
            scale(q, 1 / (newest.rho * dot(newest.y, newest.y)));
        }
        for (Iterator<Pair> oldest = pairs.descendingIterator(); oldest.hasNext(); ) {
            Pair pair = oldest.next();
            add(q, alphas[--k] - pair.rho * dot(pair.y, q), pair.s);
        }
        return q;
    }

    private static void remember(Deque<Pair> pairs, double[] x, double[] next, double[] g, double[] nextG) {
        double[] s = new double[x.length];
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            s[i] = next[i] - x[i];
            y[i] = nextG[i] - g[i];
        }
        double curvature = dot(s, y);
        if (curvature > 1e-12 * dot(y, y)) { // else the pair would spoil the matrix
            pairs.addFirst(new Pair(s, y, 1 / curvature));
            if (pairs.size() > MEMORY) {
                pairs.removeLast();
            }
        }
    }

    private static double largest(double[] v) {
        double most = 0;
        for (double element : v) {
            most = Math.max(most, Math.abs(element));
        }
        return most;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static void add(double[] to, double factor, double[] v) {
        for (int i = 0; i < to.length; i++) {
            to[i] += factor * v[i];
        }
    }

    private static void scale(double[] v, double factor) {
        for (int i = 0; i < v.length; i++) {
            v[i] *= factor;
        }
    }
}
