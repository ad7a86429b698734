package dev.sampan.data.profile;

import dev.sampan.data.profile.Profile.Count;
import java.util.List;
import java.util.Locale;
import java.util.function.LongFunction;

/// Small SVG pictures of a column. Each has a title that says it in words.
final class Charts {
    private static final int WIDTH = 320;
    private static final int HEIGHT = 72;
    private static final int LINE = 20;
    private static final int NAMES = 120;
    private static final int LETTERS = 14;

    private Charts() {}

    /// A bar for each value, its name before it and its count behind.
    static void bars(StringBuilder html, List<Count> counts, String title, LongFunction<String> number) {
        long most = ProfilePage.most(counts);
        int height = counts.size() * LINE;
        open(html, height, title);
        for (int i = 0; i < counts.size(); i++) {
            Count count = counts.get(i);
            double width = Math.max(1, (WIDTH - NAMES - 60.0) * count.rows() / most);
            int y = i * LINE;
            String name = count.value().codePointCount(0, count.value().length()) <= LETTERS
                    ? count.value()
                    : count.value().substring(0, count.value().offsetByCodePoints(0, LETTERS)) + "…";
            text(html, NAMES - 6, y + 14, "end", name);
            html.append(String.format(
                    Locale.ROOT,
                    "<rect class=\"bar\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"14\" rx=\"2\"/>",
                    NAMES,
                    y + 3,
                    width));
            text(html, NAMES + (int) width + 6, y + 14, "start", number.apply(count.rows()));
        }
        html.append("</svg>\n");
    }

    /// Bars side by side over a line with its two ends named.
    static void histogram(StringBuilder html, List<Long> bars, String title, String low, String high) {
        long most = Math.max(1, bars.stream().mapToLong(Long::longValue).max().orElse(1));
        open(html, HEIGHT + 18, title);
        double step = (double) WIDTH / bars.size();
        for (int i = 0; i < bars.size(); i++) {
            if (bars.get(i) > 0) {
                double tall = Math.max(1, (double) HEIGHT * bars.get(i) / most);
                html.append(String.format(
                        Locale.ROOT,
                        "<rect class=\"bar\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>",
                        i * step,
                        HEIGHT - tall,
                        step - 1,
                        tall));
            }
        }
        html.append("<line class=\"axis\" x1=\"0\" y1=\"")
                .append(HEIGHT)
                .append("\" x2=\"")
                .append(WIDTH)
                .append("\" y2=\"")
                .append(HEIGHT)
                .append("\"/>");
        text(html, 0, HEIGHT + 14, "start", low);
        text(html, WIDTH, HEIGHT + 14, "end", high);
        html.append("</svg>\n");
    }

    private static void open(StringBuilder html, int height, String title) {
        html.append("<svg role=\"img\" viewBox=\"0 0 ")
                .append(WIDTH)
                .append(' ')
                .append(height)
                .append("\"><title>");
        html.append(ProfilePage.escaped(title)).append("</title>");
    }

    private static void text(StringBuilder html, int x, int y, String anchor, String text) {
        html.append("<text x=\"")
                .append(x)
                .append("\" y=\"")
                .append(y)
                .append("\" text-anchor=\"")
                .append(anchor)
                .append("\">");
        html.append(ProfilePage.escaped(text)).append("</text>");
    }
}
