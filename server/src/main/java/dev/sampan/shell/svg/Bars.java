package dev.sampan.shell.svg;

import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleFunction;

/// Columns side by side: sums by day, or lying bars: sums by name.
public final class Bars {
    private static final double WIDTH = 960;
    private static final double HEIGHT = 220;
    private static final double LEFT = 64;
    private static final double TOP = 24;
    private static final double BOTTOM = 28;
    private static final double NAMES = 180;
    private static final double ROW = 30;
    private static final int LABELS_MAX = 12;

    private Bars() {}

    /// @param value its height in the axis's unit
    /// @param text the value as it is written
    public record Bar(String name, long value, String text) {}

    /// @param unit title of the axis
    /// @param write how a value of the axis is written
    public static Chart columns(String title, String unit, List<Bar> bars, DoubleFunction<String> write) {
        Axis axis = Axis.upTo(unit, greatest(bars), write);
        Svg svg = new Svg("chart wide", WIDTH, HEIGHT, title, describe(bars));
        for (double tick : axis.ticks()) {
            double y = HEIGHT - BOTTOM - axis.place(tick) * (HEIGHT - TOP - BOTTOM);
            svg.line(tick == 0 ? "axis" : "grid", LEFT, y, WIDTH, y).text("end", LEFT - 8, y + 4, write.apply(tick));
        }
        svg.text("", 0, 12, unit);
        double slot = (WIDTH - LEFT) / Math.max(1, bars.size());
        double width = Math.min(slot * 0.64, 44);
        int every = Math.ceilDiv(Math.max(1, bars.size()), LABELS_MAX);
        for (int i = 0; i < bars.size(); i++) {
            Bar bar = bars.get(i);
            double middle = LEFT + (i + 0.5) * slot;
            double height = axis.place(bar.value()) * (HEIGHT - TOP - BOTTOM);
            svg.titled(
                    bar.name() + ": " + bar.text(),
                    () -> svg.rect("f0", middle - width / 2, HEIGHT - BOTTOM - height, width, height));
            if (i % every == 0) {
                svg.text("mid", middle, HEIGHT - 8, bar.name());
            }
        }
        return new Chart(title, svg.end(), List.of(), List.of(), List.of());
    }

    public static Chart lying(String title, List<Bar> bars) {
        double greatest = Math.max(1, greatest(bars));
        double right = 120;
        Svg svg = new Svg("chart wide", WIDTH, ROW * bars.size() + 4, title, describe(bars));
        for (int i = 0; i < bars.size(); i++) {
            Bar bar = bars.get(i);
            double y = ROW * i;
            double width = bar.value() / greatest * (WIDTH - NAMES - right);
            svg.text("end strong", NAMES - 12, y + ROW / 2 + 4, bar.name());
            svg.rect("f0", NAMES, y + 7, Math.max(width, 1), ROW - 14);
            svg.text("strong", NAMES + width + 10, y + ROW / 2 + 4, bar.text());
        }
        return new Chart(title, svg.end(), List.of(), List.of(), List.of());
    }

    private static long greatest(List<Bar> bars) {
        return bars.stream().mapToLong(Bar::value).max().orElse(0);
    }

    private static String describe(List<Bar> bars) {
        return bars.stream()
                .max(Comparator.comparingLong(Bar::value))
                .map(bar -> bar.name() + ": " + bar.text())
                .orElse("");
    }
}
