package dev.sampan.shell.svg;

import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;

/// Figures with their intervals on one scale, each with what a baseline reaches.
public final class Intervals {
    private static final double WIDTH = 460;
    private static final double LEFT = 128;
    private static final double RIGHT = 58;
    private static final double ROW = 34;
    private static final double TOP = 8;
    private static final double BOTTOM = 26;

    private Intervals() {}

    /// @param baseline null when there is none
    public record Row(
            String name,
            double value,
            double low,
            double high,
            @Nullable Double baseline) {}

    /// @param header of the table: name, value, from, to, baseline
    public static Chart chart(String title, Axis axis, List<Row> rows, List<String> header) {
        double height = TOP + ROW * rows.size() + BOTTOM;
        DoubleFunction<String> write = axis.write();
        Svg svg = new Svg("chart", WIDTH, height, title, describe(rows));
        for (double tick : axis.ticks()) {
            double x = place(axis, tick);
            svg.line("grid", x, TOP, x, height - BOTTOM + 4).text("mid", x, height - 6, write.apply(tick));
        }
        for (int i = 0; i < rows.size(); i++) {
            draw(svg, axis, rows.get(i), TOP + ROW * (i + 0.5));
        }
        List<List<String>> table = rows.stream().map(row -> cells(row)).toList();
        return new Chart(title, svg.end(), List.of(), header, table);
    }

    private static void draw(Svg svg, Axis axis, Row row, double y) {
        double low = place(axis, row.low());
        double high = place(axis, row.high());
        svg.text("end strong", LEFT - 12, y + 4, row.name());
        Double baseline = row.baseline();
        if (baseline != null) {
            double x = place(axis, baseline);
            svg.line("line s2", x, y, low, y);
            svg.titled(percent(baseline), () -> svg.rect("f2", x - 1.5, y - 6, 3, 12));
        }
        svg.titled(percent(row.low()) + " – " + percent(row.high()), () -> {
            svg.rect("f0", low, y - 4, Math.max(high - low, 1.5), 8, 0.35);
            svg.circle("f0", place(axis, row.value()), y, 4.5);
        });
        svg.text("strong", WIDTH - RIGHT + 12, y + 4, percent(row.value()));
    }

    private static List<String> cells(Row row) {
        Double baseline = row.baseline();
        return List.of(
                row.name(),
                percent(row.value()),
                percent(row.low()),
                percent(row.high()),
                baseline == null ? "" : percent(baseline));
    }

    private static String describe(List<Row> rows) {
        return String.join(
                "; ",
                rows.stream()
                        .map(row -> row.name() + " " + percent(row.value()) + " (" + percent(row.low()) + " – "
                                + percent(row.high()) + ")")
                        .toList());
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", share * 100);
    }

    private static double place(Axis axis, double value) {
        return LEFT + axis.place(value) * (WIDTH - LEFT - RIGHT);
    }
}
