package dev.sampan.runtime;

import dev.sampan.data.Target;
import java.util.List;
import java.util.Map;

/// One loaded model that answers. Safe for many threads; answers do not depend on which inputs share a batch.
public interface Runtime extends AutoCloseable {
    /// What it answers; every [Prediction] is of that kind.
    Target target();

    /// The categories, in the order of every prediction's scores; none where it answers no category.
    default List<String> labels() {
        return target().labels();
    }

    /// Names of the input columns the model reads.
    List<String> inputs();

    /// Names of columns that an input may have besides.
    default List<String> optionalInputs() {
        return List.of();
    }

    /// An input that stands for any: [#predict] takes it, whatever the columns hold.
    Map<String, String> example();

    /// One prediction for each input, in order.
    ///
    /// @param inputs values by column name; a model with one input column also takes it under the name `text`
    /// @throws dev.sampan.kernel.ProblemException code `input.missing_column` when a column is absent,
    ///     `input.invalid` when a value cannot be what its column holds
    List<Prediction> predict(List<Map<String, String>> inputs);

    /// Frees native memory; running calls finish first. Afterwards `predict` throws `IllegalStateException`.
    @Override
    void close();
}
