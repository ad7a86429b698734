package dev.sampan.data;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import org.jspecify.annotations.Nullable;

/// Numbers: a missing one filled, then clipped, then scaled; and beside it, where training rows had gaps, 1 for a
/// missing one and 0 for another.
///
/// @param fill takes the place of a missing value; null: it stays not-a-number, which trees read
/// @param indicator a second number says whether the value was missing
/// @param low lower bound, before scaling; null for none
/// @param high upper bound; null for none
/// @param typical a value of the middle, for examples and for explanations
public record NumberColumn(
        String name,
        @Nullable Double fill,
        boolean indicator,
        @Nullable Double low,
        @Nullable Double high,
        Scaling scaling,
        double typical)
        implements FittedColumn.Numbers {
    public NumberColumn {
        if (!finite(fill) || !finite(low) || !finite(high) || !Double.isFinite(typical)) {
            throw new IllegalArgumentException("fill " + fill + ", bounds " + low + " to " + high + ", " + typical);
        }
    }

    private static boolean finite(@Nullable Double value) {
        return value == null || Double.isFinite(value);
    }

    @Override
    public int width() {
        return indicator ? 2 : 1;
    }

    @Override
    public void fill(String value, float[] target, int at) {
        boolean missing = value.isBlank();
        Double number = missing ? fill : (Double) parse(value);
        target[at] = number == null ? Float.NaN : narrowed(scaling.apply(clipped(number)));
        if (indicator) {
            target[at + 1] = missing ? 1 : 0;
        }
    }

    private double clipped(double number) {
        double raised = low == null ? number : Math.max(low, number);
        return high == null ? raised : Math.min(high, raised);
    }

    /// A number beyond 32-bit floats is as large as one can be, not infinite.
    private static float narrowed(double number) {
        return (float) Math.clamp(number, -Float.MAX_VALUE, Float.MAX_VALUE);
    }

    private double parse(String value) {
        Double number = Decimals.parse(value.strip());
        if (number == null) {
            throw new ProblemException(Problem.of(
                    "input.invalid", "The column '" + name + "' holds numbers, not '" + Shown.of(value) + "'"));
        }
        return number;
    }

    @Override
    public String example() {
        return typical == Math.rint(typical) && Math.abs(typical) < 1e15
                ? Long.toString((long) typical)
                : Double.toString(typical);
    }
}
