package dev.sampan.search.internal;

import java.util.List;
import java.util.SplittableRandom;

/// Density over a choice: each value as often as it was seen, and once more.
final class Counts implements Density {
    private final List<Object> values;
    private final double[] weights;
    private double total;

    Counts(List<Object> values, List<Object> seen) {
        this.values = values;
        this.weights = new double[values.size()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = 1;
        }
        for (Object one : seen) {
            int at = values.indexOf(one);
            if (at >= 0) {
                weights[at]++;
            }
        }
        for (double weight : weights) {
            total += weight;
        }
    }

    @Override
    public Object draw(SplittableRandom random) {
        double left = random.nextDouble(total);
        for (int i = 0; i < weights.length - 1; i++) {
            left -= weights[i];
            if (left < 0) {
                return values.get(i);
            }
        }
        return values.getLast();
    }

    @Override
    public double log(Object value) {
        return Math.log(weights[values.indexOf(value)] / total);
    }
}
