package dev.sampan.spec.internal;

import dev.sampan.spec.TrainSpec;
import dev.sampan.spec.TrainSpec.BestMetric;
import dev.sampan.spec.internal.NumberTypes.Range;
import java.util.ArrayList;
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
            "per_device_eval_batch_size",
            "fp16",
            "eval_strategy",
            "save_strategy",
            "save_total_limit",
            "load_best_model_at_end",
            "logging_steps",
            "resume_from_checkpoint",
            "gradient_checkpointing",
            "privacy",
            "pref_beta",
            "pref_loss");

    private static final Field<TrainSpec, Integer> EPOCHS = Field.of(
                    "num_train_epochs",
                    NumberTypes.whole(1, 10_000),
                    30,
                    "Passes over the training rows at the most",
                    TrainSpec::epochs)
            .alias("epochs");
    private static final Field<TrainSpec, Integer> BATCH_SIZE = Field.of(
                    "per_device_train_batch_size",
                    NumberTypes.whole(1, 4096),
                    32,
                    "Rows of one batch",
                    TrainSpec::batchSize)
            .alias("batch_size");
    private static final Field<TrainSpec, Double> LEARNING_RATE = Field.of(
            "learning_rate",
            NumberTypes.number(Range.above(0, 1)),
            2e-3,
            "The optimiser's step size, at its largest",
            TrainSpec::learningRate);
    private static final Field<TrainSpec, Double> WEIGHT_DECAY = Field.of(
            "weight_decay",
            NumberTypes.number(Range.closed(0.0, 1.0)),
            1e-4,
            "Decay of weights, decoupled for adamw and lion; for a linear head the L2 penalty; 0 for none",
            TrainSpec::weightDecay);
    private static final Field<TrainSpec, Double> MAX_GRAD_NORM = Field.of(
            "max_grad_norm",
            NumberTypes.number(Range.closed(0.0, 1000.0)),
            1.0,
            "Gradients are scaled down to this global norm; 0 for no limit",
            TrainSpec::maxGradNorm);
    static final Field<TrainSpec, Integer> PATIENCE = Field.of(
            "early_stopping_patience",
            NumberTypes.whole(1, 1000),
            5,
            "Validations without a better metric before training stops",
            TrainSpec::patience);
    static final Field<TrainSpec, BestMetric> METRIC_FOR_BEST = Field.of(
            "metric_for_best_model",
            TextTypes.choice(BestMetric.class),
            BestMetric.F1_MACRO,
            "Validation metric that names the best checkpoint",
            TrainSpec::metricForBest);
    private static final Field<TrainSpec, Long> SEED =
            Field.of("seed", NumberTypes.seed(), 42L, "Everything random follows from it", TrainSpec::seed);
    private static final Field<TrainSpec, Double> MAX_MINUTES = Field.nullable(
            "max_minutes",
            NumberTypes.number(Range.above(0, 100_000)),
            "Wall-clock budget; the best model so far is kept; null for none",
            TrainSpec::maxMinutes);

    static final Block<TrainSpec> TRAIN = new Block<>(fields(), LATER, TrainTable::build);

    private TrainTable() {}

    private static List<Field<TrainSpec, ?>> fields() {
        List<Field<TrainSpec, ?>> fields = new ArrayList<>(List.of(
                EPOCHS,
                BATCH_SIZE,
                LEARNING_RATE,
                WEIGHT_DECAY,
                MAX_GRAD_NORM,
                PATIENCE,
                METRIC_FOR_BEST,
                SEED,
                MAX_MINUTES));
        fields.addAll(LoopTable.FIELDS);
        return List.copyOf(fields);
    }

    private static TrainSpec build(Values v) {
        return new TrainSpec(
                v.get(EPOCHS),
                v.get(BATCH_SIZE),
                v.get(LEARNING_RATE),
                v.get(WEIGHT_DECAY),
                v.get(MAX_GRAD_NORM),
                v.get(PATIENCE),
                v.get(METRIC_FOR_BEST),
                v.get(SEED),
                v.find(MAX_MINUTES),
                LoopTable.optimiser(v),
                LoopTable.schedule(v),
                LoopTable.pace(v),
                LoopTable.losses(v),
                LoopTable.layers(v));
    }
}
