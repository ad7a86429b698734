package dev.sampan.runtime;

import dev.sampan.model.DecisionThreshold;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One answer, of the kind of the model's target.
public sealed interface Prediction {
    /// One of several classes.
    ///
    /// @param label the category with the highest score, or the one that the threshold decides
    /// @param score its probability, 0 to 1
    /// @param scores probabilities in the order of `Runtime.labels()`; they add up to 1
    /// @param threshold what decided; null where the highest score did
    /// @param shares of a fused model's parts; none of other models
    record Category(
            String label,
            double score,
            float[] scores,
            @Nullable DecisionThreshold threshold,
            List<Share> shares) implements Prediction {
        public Category {
            shares = List.copyOf(shares);
        }

        /// Of the highest score, by a model of one part.
        public Category(String label, double score, float[] scores) {
            this(label, score, scores, null, List.of());
        }

        /// The answer that the threshold gives.
        ///
        /// @param labels of the runtime that gave the scores
        public Category decided(DecisionThreshold by, List<String> labels) {
            int at = by.decide(labels, scores);
            return new Category(labels.get(at), scores[at], scores, by, shares);
        }
    }

    /// A number, in the unit of the training rows.
    ///
    /// @param shares of a fused model's parts; none of other models
    record Quantity(double value, List<Share> shares) implements Prediction {
        public Quantity {
            shares = List.copyOf(shares);
        }

        /// By a model of one part.
        public Quantity(double value) {
            this(value, List.of());
        }
    }

    /// What one part of a fused model had to do with its answer.
    ///
    /// @param part [dev.sampan.data.FusedPart#name]
    /// @param share 0 to 1; those of an answer add up to 1, or are all 0 where every part of the row is missing
    record Share(String part, double share) {}

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

    /// The same answer of a model of several parts.
    ///
    /// @throws IllegalStateException when it is of a kind that no fused model answers
    default Prediction withShares(List<Share> of) {
        return switch (this) {
            case Category(String label, double score, float[] scores, DecisionThreshold threshold, List<Share> _) ->
                new Category(label, score, scores, threshold, of);
            case Quantity(double value, List<Share> _) -> new Quantity(value, of);
            case Spans _, Anomaly _, Ranking _, Forecast _, Sample _ ->
                throw new IllegalStateException("no fused model answers " + this);
        };
    }

    /// What the parts had to do with the answer; none of a model of one part.
    default List<Share> shares() {
        return List.of();
    }

    /// The answer as it stands in JSON, keys in order.
    ///
    /// @param labels of the runtime that gave it
    default Map<String, Object> toTree(List<String> labels) {
        Map<String, Object> tree = new LinkedHashMap<>();
        switch (this) {
            case Category(
                    String label,
                    double score,
                    float[] scores,
                    @Nullable DecisionThreshold threshold,
                    List<Share> shares) -> {
                tree.put("label", label);
                tree.put("score", score);
                Map<String, Object> all = new LinkedHashMap<>();
                for (int i = 0; i < labels.size(); i++) {
                    all.put(labels.get(i), scores[i]);
                }
                tree.put("scores", all);
                if (threshold != null) {
                    tree.put("threshold", threshold.toTree());
                }
                putShares(tree, shares);
            }
            case Quantity(double value, List<Share> shares) -> {
                tree.put("value", value);
                putShares(tree, shares);
            }
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

    private static void putShares(Map<String, Object> tree, List<Share> shares) {
        if (!shares.isEmpty()) {
            Map<String, Object> of = new LinkedHashMap<>();
            shares.forEach(share -> of.put(share.part(), share.share()));
            tree.put("shares", of);
        }
    }
}
