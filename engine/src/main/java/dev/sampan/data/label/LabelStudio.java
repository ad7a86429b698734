package dev.sampan.data.label;

import dev.sampan.data.Spans.Span;
import dev.sampan.data.label.Labelled.Annotation;
import dev.sampan.kernel.Json;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;

/// Label Studio's JSON, its full export and its import alike: a list of tasks
///
/// ```
/// {"data": {"text": "…"},
///  "annotations": [{"completed_by": 1, "was_cancelled": false, "result": [
///      {"from_name": "label", "to_name": "text", "type": "choices", "value": {"choices": ["refund"]}},
///      {"from_name": "label", "to_name": "text", "type": "labels",
///       "value": {"start": 0, "end": 5, "text": "Alice", "labels": ["PER"]}}]}],
///  "predictions": [{"model_version": "…", "score": 0.9, "result": […]}]}
/// ```
///
/// Read are `choices` (of texts and images) and `labels` (of texts, offsets in UTF-16 units as JavaScript counts);
/// other kinds of results, such as rectangles, are refused by name. Tasks are read one at a time.
public final class LabelStudio {
    /// Name of the control in `from_name`, as the labelling configuration must call it.
    public static final String CONTROL = "label";

    private LabelStudio() {}

    /// @throws ProblemException `label.unreadable`, `label.not_label_studio`, `label.unknown_result`
    public static List<Labelled> read(Path file) {
        List<Labelled> tasks = new ArrayList<>();
        try (MappingIterator<JsonNode> nodes =
                Json.MAPPER.readerFor(JsonNode.class).readValues(file.toFile())) {
            while (nodes.hasNextValue()) {
                tasks.add(task(nodes.nextValue(), file + " task " + (tasks.size() + 1)));
            }
        } catch (JacksonException e) {
            throw new ProblemException(
                    Problem.of("label.unreadable", "The file cannot be read as JSON: " + e.getOriginalMessage())
                            .at(file.toString())
                            .remedy("Export from Label Studio as JSON"),
                    e);
        }
        return tasks;
    }

    private static Labelled task(JsonNode node, String origin) {
        if (!node.isObject() || !node.path("data").isObject()) {
            throw new ProblemException(Problem.of("label.not_label_studio", "The task has no object 'data'")
                    .at(origin)
                    .remedy("Export from Label Studio as JSON, not as JSON-MIN or CSV"));
        }
        Map<String, String> data = new LinkedHashMap<>();
        node.path("data").properties().forEach(entry -> data.put(entry.getKey(), text(entry.getValue())));
        List<Annotation> annotations = new ArrayList<>();
        for (JsonNode annotation : node.path("annotations")) {
            if (!annotation.path("was_cancelled").asBoolean(false)) {
                annotations.add(annotation(annotation, by(annotation), origin));
            }
        }
        List<Annotation> predictions = new ArrayList<>();
        for (JsonNode prediction : node.path("predictions")) {
            predictions.add(annotation(prediction, text(prediction.path("model_version")), origin));
        }
        return new Labelled(data, annotations, predictions);
    }

    private static String text(JsonNode node) {
        return node.isString() ? node.stringValue() : node.isMissingNode() || node.isNull() ? "" : node.toString();
    }

    /// `completed_by` is a number, or an object with an e-mail address.
    private static String by(JsonNode annotation) {
        JsonNode by = annotation.path("completed_by");
        return by.isObject() ? text(by.has("email") ? by.path("email") : by.path("id")) : text(by);
    }

    private static Annotation annotation(JsonNode node, String by, String origin) {
        List<String> choices = new ArrayList<>();
        List<Span> spans = new ArrayList<>();
        for (JsonNode result : node.path("result")) {
            JsonNode value = result.path("value");
            String type = text(result.path("type"));
            if (type.equals("choices")) {
                value.path("choices").forEach(choice -> choices.add(text(choice)));
            } else if (type.equals("labels")) {
                value.path("labels").forEach(label -> spans.add(span(value, text(label), origin)));
            } else if (!type.equals("textarea")) {
                throw new ProblemException(
                        Problem.of("label.unknown_result", "A result of type '" + type + "' is not read")
                                .at(origin)
                                .remedy("Read are choices, and labels of texts"));
            }
        }
        Double score = node.path("score").isNumber() ? node.path("score").doubleValue() : null;
        return new Annotation(by, choices, spans, score);
    }

    private static Span span(JsonNode value, String label, String origin) {
        int start = value.path("start").asInt(-1);
        int end = value.path("end").asInt(-1);
        if (start < 0 || end <= start || label.isBlank()) {
            throw new ProblemException(Problem.of("label.bad_span", "A span from " + start + " to " + end + " is none")
                    .at(origin));
        }
        return new Span(start, end, label);
    }

    /// Writes tasks for Label Studio's import, beside and renamed.
    ///
    /// @param shown field of the data that is labelled: `text`, or `image`
    public static void write(Path file, List<Labelled> tasks, String shown) throws IOException {
        List<Map<String, Object>> all = new ArrayList<>();
        for (Labelled task : tasks) {
            Map<String, Object> written = new LinkedHashMap<>();
            written.put("data", task.data());
            written.put(
                    "annotations",
                    task.annotations().stream()
                            .map(a -> Map.of("result", results(a, task, shown)))
                            .toList());
            written.put(
                    "predictions",
                    task.predictions().stream()
                            .map(a -> prediction(a, task, shown))
                            .toList());
            all.add(written);
        }
        Path beside = file.resolveSibling(file.getFileName() + ".part");
        Files.writeString(beside, Json.pretty(all));
        Files.move(beside, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    private static Map<String, Object> prediction(Annotation annotation, Labelled task, String shown) {
        Map<String, Object> prediction = new LinkedHashMap<>();
        prediction.put("model_version", annotation.by());
        prediction.put("result", results(annotation, task, shown));
        if (annotation.score() != null) {
            prediction.put("score", annotation.score());
        }
        return prediction;
    }

    private static List<Map<String, Object>> results(Annotation annotation, Labelled task, String shown) {
        List<Map<String, Object>> results = new ArrayList<>();
        if (!annotation.choices().isEmpty()) {
            results.add(result(shown, "choices", Map.of("choices", annotation.choices())));
        }
        String text = task.data().getOrDefault(shown, "");
        for (Span span : annotation.spans()) {
            Map<String, Object> value = new LinkedHashMap<>();
            value.put("start", span.start());
            value.put("end", span.end());
            value.put(
                    "text", text.substring(Math.min(span.start(), text.length()), Math.min(span.end(), text.length())));
            value.put("labels", List.of(span.label()));
            results.add(result(shown, "labels", value));
        }
        return results;
    }

    private static Map<String, Object> result(String shown, String type, Map<String, Object> value) {
        return Map.of("from_name", CONTROL, "to_name", shown, "type", type, "value", value);
    }
}
