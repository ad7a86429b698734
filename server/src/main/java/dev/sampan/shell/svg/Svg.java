package dev.sampan.shell.svg;

import java.util.Locale;

/// Writes one `<svg>` element piece by piece. Coordinates are in the units of its view box.
final class Svg {
    private final StringBuilder out = new StringBuilder(4096);

    Svg(String classes, double width, double height, String title, String description) {
        out.append("<svg class=\"")
                .append(classes)
                .append("\" viewBox=\"0 0 ")
                .append(number(width))
                .append(' ')
                .append(number(height))
                .append("\" role=\"img\"><title>")
                .append(escape(title))
                .append("</title><desc>")
                .append(escape(description))
                .append("</desc>");
    }

    Svg line(String classes, double x1, double y1, double x2, double y2) {
        out.append("<line class=\"")
                .append(classes)
                .append("\" x1=\"")
                .append(number(x1))
                .append("\" y1=\"")
                .append(number(y1))
                .append("\" x2=\"")
                .append(number(x2))
                .append("\" y2=\"")
                .append(number(y2))
                .append("\"/>");
        return this;
    }

    Svg rect(String classes, double x, double y, double width, double height) {
        return rect(classes, x, y, width, height, 1);
    }

    /// @param opacity 0 to 1
    Svg rect(String classes, double x, double y, double width, double height, double opacity) {
        out.append("<rect class=\"")
                .append(classes)
                .append("\" x=\"")
                .append(number(x))
                .append("\" y=\"")
                .append(number(y))
                .append("\" width=\"")
                .append(number(Math.max(0, width)))
                .append("\" height=\"")
                .append(number(Math.max(0, height)));
        if (opacity < 1) {
            out.append("\" fill-opacity=\"").append(number(opacity));
        }
        out.append("\" rx=\"1.5\"/>");
        return this;
    }

    Svg circle(String classes, double x, double y, double radius) {
        out.append("<circle class=\"")
                .append(classes)
                .append("\" cx=\"")
                .append(number(x))
                .append("\" cy=\"")
                .append(number(y))
                .append("\" r=\"")
                .append(number(radius))
                .append("\"/>");
        return this;
    }

    /// A line through all points; `x` and `y` are of one length.
    Svg path(String classes, double[] x, double[] y) {
        out.append("<path class=\"").append(classes).append("\" d=\"");
        for (int i = 0; i < x.length; i++) {
            out.append(i == 0 ? 'M' : 'L').append(number(x[i])).append(' ').append(number(y[i]));
        }
        out.append("\"/>");
        return this;
    }

    Svg text(String classes, double x, double y, String text) {
        out.append("<text class=\"")
                .append(classes)
                .append("\" x=\"")
                .append(number(x))
                .append("\" y=\"")
                .append(number(y))
                .append("\">")
                .append(escape(text))
                .append("</text>");
        return this;
    }

    /// Says what a mark is when a pointer rests on it.
    Svg titled(String title, Runnable marks) {
        out.append("<g><title>").append(escape(title)).append("</title>");
        marks.run();
        out.append("</g>");
        return this;
    }

    String end() {
        return out.append("</svg>").toString();
    }

    /// With at most two decimals: finer than a screen.
    private static String number(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("not a coordinate: " + value);
        }
        String text = String.format(Locale.ROOT, "%.2f", value);
        return text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
    }

    static String escape(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().forEach(letter -> {
            switch (letter) {
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '&' -> safe.append("&amp;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> {
                    if (letter >= ' ' || letter == '\n' || letter == '\t') {
                        safe.appendCodePoint(letter);
                    }
                }
            }
        });
        return safe.toString();
    }
}
