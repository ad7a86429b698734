package dev.sampan.data;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/// What a model answers.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Target.Categories.class, name = "categories"),
    @JsonSubTypes.Type(value = Target.Quantity.class, name = "quantity"),
    @JsonSubTypes.Type(value = Target.Tags.class, name = "tags"),
    @JsonSubTypes.Type(value = Target.Strangeness.class, name = "strangeness"),
    @JsonSubTypes.Type(value = Target.Items.class, name = "items"),
    @JsonSubTypes.Type(value = Target.Horizon.class, name = "horizon"),
    @JsonSubTypes.Type(value = Target.Samples.class, name = "samples")
})
public sealed interface Target {
    /// One of several classes. The graph answers `logits` and `probabilities`, (batch, labels) FLOAT.
    ///
    /// @param labels in the order of the graph's outputs
    record Categories(List<String> labels) implements Target {
        public Categories {
            labels = List.copyOf(labels);
        }
    }

    /// A number, in the unit of the training rows. The graph answers `value`, (batch, 1) FLOAT.
    record Quantity() implements Target {}

    /// A tag for each token, of which spans are made. The graph answers `logits`, (batch, sequence, tags) FLOAT.
    ///
    /// @param tags `O`, then `B-x` and `I-x` for each kind x of span, in the order of the graph's outputs
    /// @param transitions (tags + 2, tags + 2) in row order, from tag to tag, the last two being start and end:
    ///     scores that a conditional random field learnt; empty when each token's best tag is taken
    record Tags(List<String> tags, float[] transitions) implements Target {
        public Tags {
            tags = List.copyOf(tags);
            int states = tags.size() + 2;
            if (transitions.length != 0 && transitions.length != states * states) {
                throw new IllegalArgumentException(transitions.length + " transitions for " + tags.size() + " tags");
            }
        }
    }

    /// How unlike the training rows a row is. The graph answers `value`, (batch, 1) FLOAT, 0 or more.
    ///
    /// @param threshold from which a row counts as an anomaly
    record Strangeness(float threshold) implements Target {}

    /// The things that fit best, in order. The graph answers `scores`, (batch, items) FLOAT; what is not to be offered
    /// scores [#NEVER].
    ///
    /// @param items in the order of the graph's outputs
    /// @param top how many of them an answer holds
    record Items(List<String> items, int top) implements Target {
        /// Score of a thing that is left out of the answer.
        public static final float NEVER = -Float.MAX_VALUE;

        public Items {
            items = List.copyOf(items);
            if (top < 1) {
                throw new IllegalArgumentException("top " + top);
            }
        }
    }

    /// The next values of a series. The graph answers `points`, (batch, 3, steps) FLOAT: values, lower ends and upper
    /// ends of their intervals.
    ///
    /// @param steps how far it looks, at least 1
    /// @param confidence share of the true values that the intervals are to hold, 0 to 1
    record Horizon(int steps, double confidence) implements Target {
        public Horizon {
            if (steps < 1 || !(confidence > 0 && confidence < 1)) {
                throw new IllegalArgumentException("steps " + steps + ", confidence " + confidence);
            }
        }
    }

    /// A row made of noise: pictures, numbers, categories. The graph answers `sample`, (batch, sum of the
    /// widths) FLOAT.
    ///
    /// @param columns in the order of the graph's output
    record Samples(List<SampleColumn> columns) implements Target {
        public Samples {
            columns = List.copyOf(columns);
            if (columns.isEmpty()) {
                throw new IllegalArgumentException("no columns");
            }
        }

        /// Width of the graph's output.
        public int width() {
            return columns.stream().mapToInt(SampleColumn::width).sum();
        }
    }

    /// The classes in the order of a prediction's scores; none where the answer is no class.
    default List<String> labels() {
        return this instanceof Categories(List<String> labels) ? labels : List.of();
    }
}
