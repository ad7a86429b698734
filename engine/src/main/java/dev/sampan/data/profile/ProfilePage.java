package dev.sampan.data.profile;

import dev.sampan.data.profile.Profile.Column;
import dev.sampan.data.profile.Profile.Count;
import dev.sampan.data.profile.Profile.Finding;
import dev.sampan.data.profile.Profile.Numbers;
import dev.sampan.data.profile.Profile.Suspect;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;

/// A [Profile] as one HTML page that needs nothing from elsewhere: styles and pictures are in it, light and
/// dark by the reader's setting, readable by screen readers and on paper.
public final class ProfilePage {
    private final Profile profile;
    private final Locale language;
    private final ResourceBundle texts;
    private final StringBuilder html = new StringBuilder(1 << 15);

    private ProfilePage(Profile profile, Locale language) {
        this.profile = profile;
        this.language = language;
        this.texts = ResourceBundle.getBundle(
                "dev.sampan.data.profile",
                language.getLanguage().equals("zh") ? Locale.SIMPLIFIED_CHINESE : Locale.ENGLISH,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    /// @param language Chinese when its language is `zh`, English otherwise
    public static String of(Profile profile, Locale language) {
        return new ProfilePage(profile, language).page();
    }

    /// One finding in a sentence.
    public static String sentence(Finding finding, Locale language) {
        Profile empty = new Profile(List.of(), 0, 0, null, 0, List.of(), List.of(), List.of());
        return new ProfilePage(empty, language).sentence(finding);
    }

    private String sentence(Finding finding) {
        return text("finding." + finding.code(), finding.values().toArray());
    }

    private String text(String key, Object... values) {
        return new MessageFormat(texts.getString(key), language).format(values);
    }

    private String page() {
        String title = text("title", String.join(", ", profile.sources()));
        html.append("<!DOCTYPE html>\n<html lang=\"")
                .append(text("lang"))
                .append("\">\n<head>\n<meta charset=\"utf-8\">\n");
        html.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        html.append("<title>")
                .append(escaped(title))
                .append("</title>\n<style>\n")
                .append(styles())
                .append("</style>\n</head>\n<body>\n<main>\n");
        html.append("<h1>").append(escaped(title)).append("</h1>\n");
        figures();
        findings();
        columns();
        suspects();
        html.append("<p class=\"note\">")
                .append(escaped(text("note.sample", profile.sampled())))
                .append("</p>\n");
        return html.append("</main>\n</body>\n</html>\n").toString();
    }

    private static String styles() {
        try (InputStream in = ProfilePage.class.getResourceAsStream("/dev/sampan/data/profile.css")) {
            if (in == null) {
                throw new IllegalStateException("profile.css is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void figures() {
        html.append("<dl class=\"figures\">");
        figure("rows", number(profile.rows()));
        figure("columns", number(profile.columns().size()));
        figure("repeated", number(profile.repeated()));
        figure(
                "missing",
                number(profile.columns().stream().mapToLong(Column::missing).sum()));
        if (profile.target() != null) {
            figure("target", profile.target());
        }
        html.append("</dl>\n");
    }

    private void figure(String key, String value) {
        html.append("<div><dt>").append(escaped(text("figure." + key))).append("</dt><dd>");
        html.append(escaped(value)).append("</dd></div>");
    }

    private void findings() {
        html.append("<section aria-labelledby=\"findings\">\n<h2 id=\"findings\">")
                .append(escaped(text("findings")))
                .append("</h2>\n");
        if (profile.findings().isEmpty()) {
            html.append("<p>").append(escaped(text("findings.none"))).append("</p>\n");
        } else {
            html.append("<ul class=\"findings\">\n");
            for (Finding finding : profile.findings()) {
                html.append("<li class=\"")
                        .append(finding.serious() ? "serious" : "look")
                        .append("\"><strong>");
                html.append(escaped(text(finding.serious() ? "serious" : "look")))
                        .append("</strong> ");
                html.append(escaped(sentence(finding)));
                if (!finding.examples().isEmpty()) {
                    html.append(" <span class=\"where\">")
                            .append(escaped(String.join(" · ", finding.examples())))
                            .append("</span>");
                }
                html.append("</li>\n");
            }
            html.append("</ul>\n");
        }
        html.append("</section>\n");
    }

    private void columns() {
        html.append("<section aria-labelledby=\"columns\">\n<h2 id=\"columns\">")
                .append(escaped(text("columns")))
                .append("</h2>\n<div class=\"columns\">\n");
        for (Column column : profile.columns()) {
            boolean target = column.name().equals(profile.target());
            html.append("<article")
                    .append(target ? " class=\"target\"" : "")
                    .append(">\n<h3>")
                    .append(escaped(column.name()));
            html.append(" <span class=\"kind\">")
                    .append(escaped(text("kind." + column.kind().name().toLowerCase(Locale.ROOT))));
            html.append("</span></h3>\n<p class=\"counts\">");
            html.append(escaped(text("column.counts", column.present(), column.missing(), column.distinct())))
                    .append("</p>\n");
            picture(column);
            summary(column);
            html.append("</article>\n");
        }
        html.append("</div>\n</section>\n");
    }

    private void picture(Column column) {
        if (!column.top().isEmpty()) {
            Charts.bars(html, column.top(), text("chart.values", column.name()), this::number);
        } else if (!column.histogram().isEmpty()) {
            Numbers numbers = column.numbers();
            String low = numbers == null ? first(column.range()) : number(numbers.min());
            String high = numbers == null ? last(column.range()) : number(numbers.max());
            Charts.histogram(html, column.histogram(), text("chart.histogram", column.name(), low, high), low, high);
        }
    }

    private static String first(List<String> range) {
        return range.isEmpty() ? "" : range.getFirst();
    }

    private static String last(List<String> range) {
        return range.isEmpty() ? "" : range.getLast();
    }

    private void summary(Column column) {
        Numbers numbers = column.numbers();
        if (numbers == null) {
            return;
        }
        html.append("<p class=\"summary\">");
        html.append(escaped(text(
                column.kind() == Profile.Kind.TEXT ? "column.lengths" : "column.numbers",
                number(numbers.q1()),
                number(numbers.median()),
                number(numbers.q3()),
                number(numbers.mean()),
                number(numbers.deviation()))));
        html.append("</p>\n");
    }

    private void suspects() {
        if (profile.suspects().isEmpty()) {
            return;
        }
        html.append("<section aria-labelledby=\"suspects\">\n<h2 id=\"suspects\">")
                .append(escaped(text("suspects")))
                .append("</h2>\n<p>");
        html.append(escaped(text("suspects.how"))).append("</p>\n<table>\n<thead><tr>");
        for (String key : List.of("where", "given", "likely")) {
            html.append("<th scope=\"col\">")
                    .append(escaped(text("suspects." + key)))
                    .append("</th>");
        }
        html.append("</tr></thead>\n<tbody>\n");
        for (Suspect suspect : profile.suspects()) {
            html.append("<tr><td>")
                    .append(escaped(suspect.origin()))
                    .append("</td><td>")
                    .append(escaped(suspect.given()));
            html.append("</td><td>").append(escaped(suspect.likely())).append("</td></tr>\n");
        }
        html.append("</tbody>\n</table>\n</section>\n");
    }

    private String number(double value) {
        if (Double.isNaN(value)) {
            return "–";
        }
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? String.format(language, "%,d", (long) value)
                : Math.abs(value) >= 1000
                        ? String.format(language, "%,.0f", value)
                        : String.format(language, "%.4g", value);
    }

    private String number(long value) {
        return String.format(language, "%,d", value);
    }

    static String escaped(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '&' -> safe.append("&amp;");
                case '"' -> safe.append("&quot;");
                default -> safe.appendCodePoint(c < ' ' ? ' ' : c);
            }
        });
        return safe.toString();
    }

    /// Rows of the most frequent value.
    static long most(List<Count> counts) {
        return counts.stream().mapToLong(Count::rows).max().orElse(1);
    }
}
