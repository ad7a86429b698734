package dev.sampan.spec.internal;

import dev.sampan.spec.TrainSpec;
import dev.sampan.spec.TrainSpec.BestMetric;
import dev.sampan.spec.internal.NumberTypes.Range;
import java.util.List;
import java.util.Set;

/// The keys of block `train`. The defaults are for some hundred to some ten thousand short texts; early stopping ends a
/// run long before the last epoch when there is nothing more to learn.
final class TrainTable {
    private static final Set<String> LATER = Set.of(
            "stage",
            "cutoff_len",
            "packing",
            "on_overflow",
            "gradient_accumulation_steps",
            "per_device_eval_batch_size",
            "lr_scheduler_type",
            "warmup_ratio",
            "warmup_steps",
            "max_steps",
            "bf16",
            "fp16",
            "optim",
            "label_smoothing",
            "eval_strategy",
            "eval_steps",
            "save_steps",
            "save_strategy",
            "save_total_limit",
            "load_best_model_at_end",
            "logging_steps",
            "resume_from_checkpoint",
            "gradient_checkpointing",
            "privacy",
            "pref_beta",
            "pref_loss");

    static final Block<TrainSpec> TRAIN = train();

    private TrainTable() {}

    private static Block<TrainSpec> train() {
        Field<TrainSpec, Integer> epochs = Field.of(
                        "num_train_epochs",
                        NumberTypes.whole(1, 10_000),
                        30,
                        "Passes over the training rows at the most",
                        TrainSpec::epochs)
                .alias("epochs");
        Field<TrainSpec, Integer> batchSize = Field.of(
                        "per_device_train_batch_size",
                        NumberTypes.whole(1, 4096),
                        32,
                        "Rows of one step",
                        TrainSpec::batchSize)
                .alias("batch_size");
        Field<TrainSpec, Double> learningRate = Field.of(
                "learning_rate",
                NumberTypes.number(Range.above(0, 1)),
                2e-3,
                "Adam's step size",
                TrainSpec::learningRate);
        Field<TrainSpec, Double> weightDecay = Field.of(
                "weight_decay",
                NumberTypes.number(Range.closed(0.0, 1.0)),
                1e-4,
                "Decoupled decay of weights (AdamW); for a linear head the L2 penalty; 0 for none",
                TrainSpec::weightDecay);
        Field<TrainSpec, Double> maxGradNorm = Field.of(
                "max_grad_norm",
                NumberTypes.number(Range.closed(0.0, 1000.0)),
                1.0,
                "Gradients are scaled down to this global norm; 0 for no limit",
                TrainSpec::maxGradNorm);
        Field<TrainSpec, Integer> patience = Field.of(
                "early_stopping_patience",
                NumberTypes.whole(1, 1000),
                5,
                "Epochs without a better validation metric before training stops",
                TrainSpec::patience);
        Field<TrainSpec, BestMetric> metricForBest = Field.of(
                "metric_for_best_model",
                TextTypes.choice(BestMetric.class),
                BestMetric.F1_MACRO,
                "Validation metric that names the best checkpoint",
                TrainSpec::metricForBest);
        Field<TrainSpec, Long> seed =
                Field.of("seed", NumberTypes.seed(), 42L, "Everything random follows from it", TrainSpec::seed);
        Field<TrainSpec, Double> maxMinutes = Field.nullable(
                "max_minutes",
                NumberTypes.number(Range.above(0, 100_000)),
                "Wall-clock budget; the best model so far is kept; null for none",
                TrainSpec::maxMinutes);
        return new Block<>(
                List.of(
                        epochs,
                        batchSize,
                        learningRate,
                        weightDecay,
                        maxGradNorm,
                        patience,
                        metricForBest,
                        seed,
                        maxMinutes),
                LATER,
                v -> new TrainSpec(
                        v.get(epochs),
                        v.get(batchSize),
                        v.get(learningRate),
                        v.get(weightDecay),
                        v.get(maxGradNorm),
                        v.get(patience),
                        v.get(metricForBest),
                        v.get(seed),
                        v.find(maxMinutes)));
    }
}
