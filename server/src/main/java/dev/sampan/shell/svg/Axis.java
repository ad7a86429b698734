package dev.sampan.shell.svg;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/// One direction of a chart.
///
/// @param title what is measured, with its unit
/// @param write how a value is written
public record Axis(String title, double low, double high, DoubleFunction<String> write) {
    private static final double TINY = 1e-9;

    public Axis {
        if (!(high > low)) {
            throw new IllegalArgumentException("axis '" + title + "' from " + low + " to " + high);
        }
    }

    /// From 0 % to 100 %.
    public static Axis share(String title) {
        return new Axis(title, 0, 1, value -> Math.round(value * 100) + " %");
    }

    /// From zero to the next round number above the greatest value.
    public static Axis upTo(String title, double greatest, DoubleFunction<String> write) {
        double high = greatest > 0 ? greatest : 1;
        double step = step(high);
        double rounded = Math.ceil(high / step - TINY) * step;
        while (step(rounded) > step) { // the longer axis asks for wider steps
            step = step(rounded);
            rounded = Math.ceil(high / step - TINY) * step;
        }
        return new Axis(title, 0, rounded, write);
    }

    /// Round values within the range, about four of them.
    public List<Double> ticks() {
        double step = step(high - low);
        List<Double> ticks = new ArrayList<>();
        for (double at = Math.ceil(low / step - TINY) * step; at <= high + step * TINY; at += step) {
            ticks.add(Math.abs(at) < step * TINY ? 0 : at);
        }
        return ticks;
    }

    /// 1, 2 or 5 times a power of ten, so that the span holds about four steps.
    private static double step(double span) {
        double rough = span / 4;
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double lead = rough / power;
        return power * (lead < 1.5 ? 1 : lead < 3.5 ? 2 : lead < 7.5 ? 5 : 10);
    }

    /// Where a value lies, 0 at the low end and 1 at the high one; outside values at the nearer end.
    double place(double value) {
        return Math.clamp((value - low) / (high - low), 0, 1);
    }
}
