package dev.sampan.spec;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Block `train`. Leaf names in the file are Hugging Face's; they stand flat there and in groups here.
///
/// @param epochs `num_train_epochs`: passes over the training rows at the most
/// @param batchSize `per_device_train_batch_size`: rows of one batch
/// @param learningRate the optimiser's step size, at its largest
/// @param weightDecay decay of weights, 0 for none; for a linear head the L2 penalty
/// @param maxGradNorm `max_grad_norm`: gradients are scaled down to this global norm, 0 for no limit
/// @param patience `early_stopping_patience`: validations without a better metric before stopping
/// @param metricForBest which validation metric names the best checkpoint; where a task does not have it, its
///     loss
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
        @Nullable Double maxMinutes,
        Optimiser optimiser,
        Schedule schedule,
        Pace pace,
        Losses losses,
        Layers layers) {
    /// With the defaults of all that is seldom changed.
    public TrainSpec(
            int epochs,
            int batchSize,
            double learningRate,
            double weightDecay,
            double maxGradNorm,
            int patience,
            BestMetric metricForBest,
            long seed,
            @Nullable Double maxMinutes) {
        this(
                epochs,
                batchSize,
                learningRate,
                weightDecay,
                maxGradNorm,
                patience,
                metricForBest,
                seed,
                maxMinutes,
                Optimiser.DEFAULT,
                Schedule.DEFAULT,
                Pace.DEFAULT,
                Losses.DEFAULT,
                Layers.DEFAULT);
    }

    /// The same with another decay.
    public TrainSpec withWeightDecay(double other) {
        return new TrainSpec(
                epochs,
                batchSize,
                learningRate,
                other,
                maxGradNorm,
                patience,
                metricForBest,
                seed,
                maxMinutes,
                optimiser,
                schedule,
                pace,
                losses,
                layers);
    }

    /// The same with other layers.
    public TrainSpec withLayers(Layers others) {
        return new TrainSpec(
                epochs,
                batchSize,
                learningRate,
                weightDecay,
                maxGradNorm,
                patience,
                metricForBest,
                seed,
                maxMinutes,
                optimiser,
                schedule,
                pace,
                losses,
                others);
    }

    /// What validation looks at.
    public enum BestMetric {
        F1_MACRO,
        ACCURACY,
        LOSS
    }

    /// The rule by which weights follow their gradient.
    ///
    /// @param kind `optim`
    /// @param momentum of SGD (Nesterov's) and RMSprop, 0 for none; null for 0.9, of RMSprop 0
    /// @param beta1 `adam_beta1`: of Adam, AdamW and Lion
    /// @param beta2 `adam_beta2`; null for 0.999, of Lion 0.99
    /// @param epsilon `adam_epsilon`: of Adam and AdamW
    public record Optimiser(
            Kind kind,
            @Nullable Double momentum,
            double beta1,
            @Nullable Double beta2,
            double epsilon) {
        public static final Optimiser DEFAULT = new Optimiser(Kind.ADAMW, null, 0.9, null, 1e-8);

        /// Of rules.
        public enum Kind {
            SGD,
            ADAM,
            ADAMW,
            RMSPROP,
            ADAGRAD,
            LION
        }
    }

    /// How the learning rate goes over the steps.
    ///
    /// @param kind `lr_scheduler_type`
    /// @param power `lr_scheduler_power`: of the polynomial
    /// @param warmupRatio `warmup_ratio`: share of all steps in which the rate grows from 0
    /// @param warmupSteps `warmup_steps`: the same as a number, which goes before the ratio when it is not 0
    public record Schedule(Kind kind, double power, double warmupRatio, int warmupSteps) {
        public static final Schedule DEFAULT = new Schedule(Kind.CONSTANT, 1, 0, 0);

        /// Of curves.
        public enum Kind {
            CONSTANT,
            LINEAR,
            COSINE,
            POLYNOMIAL,
            ONE_CYCLE,
            REDUCE_LR_ON_PLATEAU,
            WARMUP_STABLE_DECAY
        }
    }

    /// How steps are made up and counted.
    ///
    /// @param accumulation `gradient_accumulation_steps`: batches of one step
    /// @param maxSteps `max_steps`: ends training instead of the number of epochs; null for none
    /// @param evalSteps `eval_steps`: steps between validations; null for one at the end of each epoch
    /// @param saveSteps `save_steps`: steps between checkpoints; null for one a minute
    /// @param bf16 whether matrices are multiplied in bfloat16
    /// @param emaDecay `ema_decay`: of the moving average of weights that is kept as the model, 0 for none
    public record Pace(
            int accumulation,
            @Nullable Integer maxSteps,
            @Nullable Integer evalSteps,
            @Nullable Integer saveSteps,
            Bf16 bf16,
            double emaDecay) {
        public static final Pace DEFAULT = new Pace(1, null, null, null, Bf16.FALSE, 0);

        /// AUTO takes it where the processor has it and it is measured to be faster.
        public enum Bf16 {
            AUTO,
            TRUE,
            FALSE
        }
    }

    /// What is made small.
    ///
    /// @param labelSmoothing `label_smoothing_factor`: share of the truth that is spread over all classes
    /// @param classWeights `class_weights`; null for none
    /// @param focalGamma `focal_gamma`: how much less a row counts that is known already, 0 for not
    /// @param mixupAlpha `mixup_alpha`: rows are mixed in pairs, by a share out of Beta(α, α); 0 for not
    public record Losses(
            double labelSmoothing, @Nullable ClassWeights classWeights, double focalGamma, double mixupAlpha) {
        public static final Losses DEFAULT = new Losses(0, null, 0, 0);
    }

    /// What a row of a class counts.
    ///
    /// @param byLabel empty for `balanced`: the classes count the same, however many rows they have
    public record ClassWeights(Map<String, Double> byLabel) {
        public ClassWeights {
            byLabel = Collections.unmodifiableSortedMap(new TreeMap<>(byLabel));
        }

        public boolean balanced() {
            return byLabel.isEmpty();
        }
    }

    /// Which weights learn, and how fast. Patterns are over names such as
    /// `encoder.layer.0.output.dense.weight`, with `*` for any letters.
    ///
    /// @param frozen `layers_to_freeze`: patterns of weights that stay as they are
    /// @param undecayed `no_weight_decay`: patterns of weights that are not decayed
    /// @param rateDecay `layerwise_lr_decay`: each numbered layer learns at this share of the rate of the one
    ///     above
    public record Layers(List<String> frozen, List<String> undecayed, double rateDecay) {
        public static final Layers DEFAULT = new Layers(List.of(), List.of("*bias*", "*norm*", "*Norm*", "*ln_*"), 1);

        public Layers {
            frozen = List.copyOf(frozen);
            undecayed = List.copyOf(undecayed);
        }

        /// The same with more that stays as it is.
        public Layers alsoFrozen(List<String> patterns) {
            return new Layers(Stream.concat(frozen.stream(), patterns.stream()).toList(), undecayed, rateDecay);
        }
    }
}
