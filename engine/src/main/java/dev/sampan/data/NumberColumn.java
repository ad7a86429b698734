package dev.sampan.data;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;

/// Numbers, missing ones replaced by the training rows' median, then (x − mean) / deviation.
///
/// @param median takes the place of a missing value
/// @param deviation standard deviation of the training rows, greater than 0
public record NumberColumn(String name, double median, double mean, double deviation) implements FittedColumn.Numbers {
    public NumberColumn {
        if (!(deviation > 0) || !Double.isFinite(mean) || !Double.isFinite(median)) {
            throw new IllegalArgumentException("median " + median + ", mean " + mean + ", deviation " + deviation);
        }
    }

    @Override
    public int width() {
        return 1;
    }

    @Override
    public void fill(String value, float[] target, int at) {
        target[at] = (float) ((value.isBlank() ? median : parse(value)) - mean) / (float) deviation;
    }

    private double parse(String value) {
        try {
            double number = Double.parseDouble(value.strip());
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException _) {
            // said below, as for a number that is none
        }
        throw new ProblemException(
                Problem.of("input.invalid", "The column '" + name + "' holds numbers, not '" + value + "'"));
    }

    @Override
    public String example() {
        return Double.toString(median);
    }
}
