package dev.sampan.data.label;

import dev.sampan.data.Spans.Span;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One thing that people labelled, or a model before them.
///
/// @param data what is shown, by field: a text, the address of an image
/// @param annotations people's answers, one for each person, in the order of the file; cancelled ones left out
/// @param predictions models' answers, shown to people before they begin
public record Labelled(Map<String, String> data, List<Annotation> annotations, List<Annotation> predictions) {
    public Labelled {
        data = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(data));
        annotations = List.copyOf(annotations);
        predictions = List.copyOf(predictions);
    }

    /// One answer: categories for the whole, or spans of its text.
    ///
    /// @param by who, or which version of a model; empty when unknown
    /// @param choices one category, or several where several may be chosen
    /// @param spans of the text
    /// @param score of a model, 0 to 1; null for people
    public record Annotation(
            String by,
            List<String> choices,
            List<Span> spans,
            @Nullable Double score) {
        public Annotation {
            choices = List.copyOf(choices);
            spans = List.copyOf(spans);
        }
    }
}
