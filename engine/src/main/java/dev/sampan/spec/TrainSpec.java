package dev.sampan.spec;

import org.jspecify.annotations.Nullable;

/// Block `train`. Leaf names in the file are Hugging Face's.
///
/// @param epochs `num_train_epochs`: passes over the training rows at the most
/// @param batchSize `per_device_train_batch_size`
/// @param learningRate Adam's step size
/// @param weightDecay decoupled decay of weights (AdamW), 0 for none; for a linear head the L2 penalty
/// @param maxGradNorm `max_grad_norm`: gradients are scaled down to this global norm, 0 for no limit
/// @param patience `early_stopping_patience`: epochs without a better validation metric before stopping
/// @param metricForBest which validation metric names the best checkpoint
/// @param seed everything random follows from it
/// @param maxMinutes wall-clock budget; the best model so far is kept; null for none
public record TrainSpec(
        int epochs,
        int batchSize,
        double learningRate,
        double weightDecay,
        double maxGradNorm,
        int patience,
        BestMetric metricForBest,
        long seed,
        @Nullable Double maxMinutes) {
    /// What validation looks at.
    public enum BestMetric {
        F1_MACRO,
        ACCURACY,
        LOSS
    }
}
