package dev.sampan.data;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/// One column of what a generator makes, with what turns the graph's numbers back into a value. Each kind is a
/// record that Jackson writes into `features.json` under its `kind`.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = PictureSample.class, name = "picture"),
    @JsonSubTypes.Type(value = NumberSample.class, name = "number"),
    @JsonSubTypes.Type(value = WordSample.class, name = "category")
})
public sealed interface SampleColumn permits PictureSample, NumberSample, WordSample {
    /// As in the training rows.
    String name();

    /// Numbers of the graph's output that belong to it, at least 1.
    int width();

    /// How many of them, the last ones, are shares of choices of which one is taken; each is moved by noise of
    /// its own.
    default int choices() {
        return 0;
    }

    /// The value as a row has it; empty for missing.
    ///
    /// @param values of the graph, of which [#width] from `at` on are this column's
    String decode(float[] values, int at);
}
