package dev.sampan.runtime;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One answer, of the kind of the model's target.
public sealed interface Prediction {
    /// One of several classes.
    ///
    /// @param label the category with the highest score
    /// @param score its probability, 0 to 1
    /// @param scores probabilities in the order of `Runtime.labels()`; they add up to 1
    record Category(String label, double score, float[] scores) implements Prediction {}

    /// A number, in the unit of the training rows.
    record Quantity(double value) implements Prediction {}

    /// The named stretches of a text, in reading order.
    record Spans(List<Span> spans) implements Prediction {
        public Spans {
            spans = List.copyOf(spans);
        }
    }

    /// One stretch.
    ///
    /// @param start first UTF-16 unit in the text as it was asked
    /// @param end the unit behind the last
    /// @param score mean probability of its tags, 0 to 1
    record Span(String label, int start, int end, String text, double score) {}

    /// How unlike the training rows.
    ///
    /// @param score 0 or more
    /// @param anomalous the score reaches the model's threshold
    record Anomaly(double score, boolean anomalous) implements Prediction {}

    /// Things in the order in which they fit, best first.
    record Ranking(List<Item> items) implements Prediction {
        public Ranking {
            items = List.copyOf(items);
        }
    }

    /// One thing of a ranking.
    record Item(String item, double score) {}

    /// The next values of a series.
    record Forecast(List<Point> points) implements Prediction {
        public Forecast {
            points = List.copyOf(points);
        }
    }

    /// A row that was made of noise, and stands for nobody: values as a row of a table or of a call has them, a
    /// picture as PNG in a data URL.
    record Sample(Map<String, String> values) implements Prediction {
        public Sample {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }
    }

    /// One point of a forecast.
    ///
    /// @param time as the training rows write it
    /// @param low lower end of the interval
    /// @param high upper end of the interval
    record Point(String time, double value, double low, double high) {}

    /// This answer where it is a class.
    ///
    /// @throws IllegalStateException when it is something else: ask the model's target first
    default Category category() {
        if (this instanceof Category category) {
            return category;
        }
        throw new IllegalStateException(
                "the answer is no category but " + getClass().getSimpleName());
    }

    /// The answer as it stands in JSON, keys in order.
    ///
    /// @param labels of the runtime that gave it
    default Map<String, Object> toTree(List<String> labels) {
        Map<String, Object> tree = new LinkedHashMap<>();
        switch (this) {
            case Category(String label, double score, float[] scores) -> {
                tree.put("label", label);
                tree.put("score", score);
                Map<String, Object> all = new LinkedHashMap<>();
                for (int i = 0; i < labels.size(); i++) {
                    all.put(labels.get(i), scores[i]);
                }
                tree.put("scores", all);
            }
            case Quantity(double value) -> tree.put("value", value);
            case Spans(List<Span> spans) -> tree.put("spans", spans);
            case Anomaly(double score, boolean anomalous) -> {
                tree.put("score", score);
                tree.put("anomalous", anomalous);
            }
            case Ranking(List<Item> items) -> tree.put("items", items);
            case Forecast(List<Point> points) -> tree.put("points", points);
            case Sample(Map<String, String> values) -> {
                tree.put("sample", values);
                tree.put("synthetic", true);
            }
        }
        return tree;
    }
}
