package dev.sampan.runtime;

import java.util.List;
import java.util.Map;

/// One loaded model that answers. Safe for many threads; answers do not depend on which inputs share a batch.
public interface Runtime extends AutoCloseable {
    /// The categories, in the order of every prediction's scores.
    List<String> labels();

    /// Names of the input columns the model reads.
    List<String> inputs();

    /// One prediction for each input, in order.
    ///
    /// @param inputs values by column name; a model with one input column also takes it under the name `text`
    /// @throws dev.sampan.kernel.ProblemException code `input.missing_column` when a column is absent
    List<Prediction> predict(List<Map<String, String>> inputs);

    /// Frees native memory; running calls finish first. Afterwards `predict` throws `IllegalStateException`.
    @Override
    void close();
}
