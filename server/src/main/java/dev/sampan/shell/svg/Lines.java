package dev.sampan.shell.svg;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Lines over a common axis: training curves, ROC, reliability.
public final class Lines {
    private static final double WIDTH = 460;
    private static final double HEIGHT = 260;
    private static final double LEFT = 52;
    private static final double RIGHT = 14;
    private static final double TOP = 24;
    private static final double BOTTOM = 44;
    private static final int MARKED_MAX = 24;

    private Lines() {}

    /// @param x ascending, of the same length as `y`
    public record Series(String name, double[] x, double[] y) {
        public Series {
            if (x.length != y.length) {
                throw new IllegalArgumentException(x.length + " x and " + y.length + " y in series '" + name + "'");
            }
        }
    }

    /// @param diagonal whether the line of equality is drawn: chance in a ROC, perfect calibration in a
    ///     reliability
    /// @param background series drawn thin and pale behind the others, without legend
    /// @param bands pale columns behind everything
    public record Style(boolean diagonal, List<Series> background, List<Band> bands) {
        public static final Style PLAIN = new Style(false, List.of(), List.of());
    }

    /// A column over part of the x axis.
    ///
    /// @param share of the chart's height, 0 to 1
    public record Band(double from, double to, double share) {}

    public static Chart chart(String title, Axis x, Axis y, List<Series> series, Style style) {
        Svg svg = new Svg("chart", WIDTH, HEIGHT, title, describe(y, series));
        frame(svg, x, y);
        for (Band band : style.bands()) {
            double height = band.share() * (HEIGHT - TOP - BOTTOM);
            double left = px(x, band.from()) + 1;
            svg.rect("fsoft", left, HEIGHT - BOTTOM - height, px(x, band.to()) - left - 1, height);
        }
        if (style.diagonal()) {
            svg.line("line s2", px(x, x.low()), py(y, y.low()), px(x, x.high()), py(y, y.high()));
        }
        style.background().forEach(pale -> svg.path("thin", px(x, pale.x()), py(y, pale.y())));
        for (int i = series.size() - 1; i >= 0; i--) { // the first series lies on top
            draw(svg, x, y, series.get(i), i);
        }
        List<String> header = new ArrayList<>(List.of(x.title()));
        series.forEach(one -> header.add(one.name()));
        List<String> legend =
                series.size() > 1 ? series.stream().map(Series::name).toList() : List.of();
        return new Chart(title, svg.end(), legend, header, table(x, y, series));
    }

    private static void frame(Svg svg, Axis x, Axis y) {
        for (double tick : y.ticks()) {
            double at = py(y, tick);
            svg.line(tick == y.low() ? "axis" : "grid", LEFT, at, WIDTH - RIGHT, at)
                    .text("end", LEFT - 8, at + 4, y.write().apply(tick));
        }
        for (double tick : x.ticks()) {
            svg.text("mid", px(x, tick), HEIGHT - BOTTOM + 18, x.write().apply(tick));
        }
        svg.text("", 0, 12, y.title()).text("end", WIDTH - RIGHT, HEIGHT - 6, x.title());
    }

    private static void draw(Svg svg, Axis x, Axis y, Series series, int index) {
        double[] px = px(x, series.x());
        double[] py = py(y, series.y());
        svg.path("line s" + index, px, py);
        if (px.length <= MARKED_MAX) {
            for (int i = 0; i < px.length; i++) {
                double cx = px[i];
                double cy = py[i];
                String label = series.name() + ": " + x.write().apply(series.x()[i]) + ", "
                        + y.write().apply(series.y()[i]);
                svg.titled(label, () -> svg.circle("f" + index, cx, cy, 2.6));
            }
        }
    }

    /// One row for each x any series has, values missing where a series has none there.
    private static List<List<String>> table(Axis x, Axis y, List<Series> series) {
        return series.stream()
                .flatMapToDouble(one -> Arrays.stream(one.x()))
                .distinct()
                .sorted()
                .mapToObj(at -> {
                    List<String> row = new ArrayList<>(List.of(x.write().apply(at)));
                    series.forEach(one -> row.add(value(one, at, y)));
                    return row;
                })
                .toList();
    }

    private static String value(Series series, double at, Axis y) {
        for (int i = 0; i < series.x().length; i++) {
            if (series.x()[i] == at) {
                return y.write().apply(series.y()[i]);
            }
        }
        return "";
    }

    private static String describe(Axis y, List<Series> series) {
        StringBuilder text = new StringBuilder(y.title());
        for (Series one : series) {
            if (one.y().length > 0) {
                text.append("; ")
                        .append(one.name())
                        .append(": ")
                        .append(y.write().apply(one.y()[0]))
                        .append(" → ")
                        .append(y.write().apply(one.y()[one.y().length - 1]));
            }
        }
        return text.toString();
    }

    private static double px(Axis axis, double value) {
        return LEFT + axis.place(value) * (WIDTH - LEFT - RIGHT);
    }

    private static double py(Axis axis, double value) {
        return HEIGHT - BOTTOM - axis.place(value) * (HEIGHT - TOP - BOTTOM);
    }

    private static double[] px(Axis axis, double[] values) {
        return Arrays.stream(values).map(value -> px(axis, value)).toArray();
    }

    private static double[] py(Axis axis, double[] values) {
        return Arrays.stream(values).map(value -> py(axis, value)).toArray();
    }
}
