package dev.sampan.shell.svg;

import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;

/// Figures with their intervals on one scale, each with what a baseline reaches.
public final class Intervals {
    private static final double WIDTH = 460;
    private static final double NAMES_MIN = 116;
    private static final double NAMES_MAX = 190;
    private static final double LATIN = 6.8;
    private static final double HAN = 13;
    private static final double LINE = 14;
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
        double left = 12
                + Math.clamp(
                        rows.stream()
                                .flatMap(row -> lines(row.name()).stream())
                                .mapToDouble(Intervals::width)
                                .max()
                                .orElse(0),
                        NAMES_MIN,
                        NAMES_MAX);
        for (double tick : axis.ticks()) {
            double x = place(axis, left, tick);
            svg.line("grid", x, TOP, x, height - BOTTOM + 4).text("mid", x, height - 6, write.apply(tick));
        }
        for (int i = 0; i < rows.size(); i++) {
            draw(svg, axis, left, rows.get(i), TOP + ROW * (i + 0.5));
        }
        List<List<String>> table = rows.stream().map(row -> cells(row)).toList();
        return new Chart(title, svg.end(), List.of(), header, table);
    }

    private static void draw(Svg svg, Axis axis, double left, Row row, double y) {
        double low = place(axis, left, row.low());
        double high = place(axis, left, row.high());
        List<String> lines = lines(row.name());
        for (int i = 0; i < lines.size(); i++) {
            svg.text("end strong", left - 12, y + 4 + LINE * (i - (lines.size() - 1) / 2.0), lines.get(i));
        }
        Double baseline = row.baseline();
        if (baseline != null) {
            double x = place(axis, left, baseline);
            svg.line("line s2", x, y, low, y);
            svg.titled(percent(baseline), () -> svg.rect("f2", x - 1.5, y - 6, 3, 12));
        }
        svg.titled(percent(row.low()) + " – " + percent(row.high()), () -> {
            svg.rect("f0", low, y - 4, Math.max(high - low, 1.5), 8, 0.35);
            svg.circle("f0", place(axis, left, row.value()), y, 4.5);
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

    private static double place(Axis axis, double left, double value) {
        return left + axis.place(value) * (WIDTH - left - RIGHT);
    }

    /// A long name breaks once, at the blank nearest to its middle.
    private static List<String> lines(String name) {
        if (width(name) <= NAMES_MAX) {
            return List.of(name);
        }
        int middle = name.length() / 2;
        int before = name.lastIndexOf(' ', middle);
        int behind = name.indexOf(' ', middle);
        int at = behind < 0 || before >= 0 && middle - before <= behind - middle ? before : behind;
        return at < 0 ? List.of(name) : List.of(name.substring(0, at), name.substring(at + 1));
    }

    /// About as wide as it is drawn.
    private static double width(String text) {
        return text.codePoints()
                .mapToDouble(letter -> letter >= 0x2E80 ? HAN : LATIN)
                .sum();
    }
}
