package dev.sampan.data;

import dev.sampan.kernel.Json;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Marked stretches of a text. In a data set the label column holds them as
/// `[{"start":2,"end":4,"label":"address"}, …]`, by start and then by end, places counted in UTF-16 units.
///
/// Read are that list (`type`, `tag` or `entity` for `label` too) and CLUENER's `{"address": {"台湾": [[15,
/// 16]]}}`, whose ends are inclusive.
public final class Spans {
    private static final List<String> LABEL_NAMES = List.of("label", "type", "tag", "entity");

    private Spans() {}

    /// One stretch.
    ///
    /// @param end exclusive
    public record Span(int start, int end, String label) {
        public Span {
            if (start < 0 || end <= start || label.isBlank()) {
                throw new IllegalArgumentException("[" + start + ", " + end + ") '" + label + "'");
            }
        }
    }

    /// @param text in which they stand
    /// @throws ProblemException `data.bad_spans`
    public static List<Span> read(String json, String text, String origin) {
        List<Span> spans = new ArrayList<>();
        try {
            JsonNode root = Json.read(json, JsonNode.class);
            if (root.isArray()) {
                root.forEach(node -> spans.add(plain(node)));
            } else if (root.isObject()) {
                root.properties().forEach(entry -> spans.addAll(cluener(entry.getKey(), entry.getValue())));
            } else {
                throw new IllegalArgumentException("neither a list nor an object");
            }
        } catch (IllegalArgumentException | ProblemException e) {
            throw bad("The label is no list of spans", origin);
        }
        for (Span span : spans) {
            if (span.end() > text.length()) {
                throw bad(
                        "A span ends at " + span.end() + ", but the text has " + text.length() + " characters", origin);
            }
        }
        spans.sort(
                Comparator.comparingInt(Span::start).thenComparingInt(Span::end).thenComparing(Span::label));
        return spans.stream().distinct().toList();
    }

    /// The canonical form.
    public static String write(List<Span> spans) {
        return Json.write(spans);
    }

    private static ProblemException bad(String sentence, String origin) {
        return new ProblemException(Problem.of("data.bad_spans", sentence)
                .at(origin)
                .remedy("Write [{\"start\": 0, \"end\": 2, \"label\": \"name\"}] or {\"name\": {\"text\": [[0, 1]]}}"));
    }

    private static Span plain(JsonNode node) {
        for (String name : LABEL_NAMES) {
            if (node.isObject() && node.path(name).isString()) {
                return new Span(
                        place(node.path("start")),
                        place(node.path("end")),
                        node.path(name).stringValue());
            }
        }
        throw new IllegalArgumentException("a span without start, end or label");
    }

    private static List<Span> cluener(String label, JsonNode byText) {
        List<Span> spans = new ArrayList<>();
        if (!byText.isObject()) {
            throw new IllegalArgumentException("no object of texts");
        }
        for (JsonNode places : byText) {
            for (JsonNode pair : places) {
                if (!pair.isArray() || pair.size() != 2) {
                    throw new IllegalArgumentException("no pair of places");
                }
                spans.add(new Span(place(pair.get(0)), Math.addExact(place(pair.get(1)), 1), label));
            }
        }
        return spans;
    }

    private static int place(JsonNode node) {
        if (!node.isIntegralNumber() || !node.canConvertToInt() || node.intValue() == Integer.MAX_VALUE) {
            throw new IllegalArgumentException("no place");
        }
        return node.intValue();
    }
}
