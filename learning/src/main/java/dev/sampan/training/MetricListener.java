package dev.sampan.training;

import java.util.Map;

/// Hears the figures of each epoch as it ends.
@FunctionalInterface
public interface MetricListener {
    /// Hears nothing.
    MetricListener NONE = (_, _) -> {};

    /// @param epoch counted from 1
    /// @param values by name: `train_loss`, `validation_loss`, `validation_f1_macro`, `validation_accuracy`,
    ///     `learning_rate`, `rows_per_second`; losses in nats
    void epoch(int epoch, Map<String, Double> values);
}
