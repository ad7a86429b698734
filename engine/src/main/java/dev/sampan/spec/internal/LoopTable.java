package dev.sampan.spec.internal;

import dev.sampan.spec.TrainSpec;
import dev.sampan.spec.TrainSpec.ClassWeights;
import dev.sampan.spec.TrainSpec.Layers;
import dev.sampan.spec.TrainSpec.Losses;
import dev.sampan.spec.TrainSpec.Optimiser;
import dev.sampan.spec.TrainSpec.Pace;
import dev.sampan.spec.TrainSpec.Schedule;
import dev.sampan.spec.internal.NumberTypes.Range;
import java.util.List;

/// The keys of block `train` that most files leave as they are: optimiser, schedule, loss.
final class LoopTable {
    static final Field<TrainSpec, Optimiser.Kind> OPTIM = Field.of(
            "optim",
            TextTypes.choice(Optimiser.Kind.class),
            Optimiser.DEFAULT.kind(),
            "Rule by which weights follow their gradient",
            t -> t.optimiser().kind());
    static final Field<TrainSpec, Double> MOMENTUM = Field.nullable(
            "momentum",
            share(0.999),
            "Momentum of sgd (Nesterov's) and of rmsprop, 0 for none; null for 0.9, of rmsprop 0",
            t -> t.optimiser().momentum());
    static final Field<TrainSpec, Double> BETA1 = Field.of(
            "adam_beta1",
            share(0.9999),
            Optimiser.DEFAULT.beta1(),
            "Decay of the mean gradient, of adam, adamw and lion",
            t -> t.optimiser().beta1());
    static final Field<TrainSpec, Double> BETA2 = Field.nullable(
            "adam_beta2",
            share(0.99999),
            "Decay of the mean square, of adam and adamw, and lion's second; null for 0.999, of lion 0.99",
            t -> t.optimiser().beta2());
    static final Field<TrainSpec, Double> EPSILON = Field.of(
            "adam_epsilon",
            NumberTypes.number(Range.above(0, 1)),
            Optimiser.DEFAULT.epsilon(),
            "Least divisor of adam and adamw",
            t -> t.optimiser().epsilon());
    static final Field<TrainSpec, Schedule.Kind> SCHEDULE = Field.of(
            "lr_scheduler_type",
            TextTypes.choice(Schedule.Kind.class),
            Schedule.DEFAULT.kind(),
            "How the learning rate goes over the steps",
            t -> t.schedule().kind());
    static final Field<TrainSpec, Double> POWER = Field.of(
            "lr_scheduler_power",
            NumberTypes.number(Range.above(0, 10)),
            Schedule.DEFAULT.power(),
            "Power of the polynomial schedule",
            t -> t.schedule().power());
    static final Field<TrainSpec, Double> WARMUP_RATIO = Field.of(
            "warmup_ratio",
            share(0.9),
            Schedule.DEFAULT.warmupRatio(),
            "Share of all steps in which the learning rate grows from 0",
            t -> t.schedule().warmupRatio());
    static final Field<TrainSpec, Integer> WARMUP_STEPS = Field.of(
            "warmup_steps",
            NumberTypes.whole(0, 10_000_000),
            Schedule.DEFAULT.warmupSteps(),
            "The same as a number of steps, which goes before the ratio when it is not 0",
            t -> t.schedule().warmupSteps());
    static final Field<TrainSpec, Integer> ACCUMULATION = Field.of(
            "gradient_accumulation_steps",
            NumberTypes.whole(1, 4096),
            Pace.DEFAULT.accumulation(),
            "Batches of one step; its gradient is that of one batch of all their rows",
            t -> t.pace().accumulation());
    static final Field<TrainSpec, Integer> MAX_STEPS = Field.nullable(
            "max_steps",
            NumberTypes.whole(1, 100_000_000),
            "Ends training after so many steps, whatever the number of epochs; null for none",
            t -> t.pace().maxSteps());
    static final Field<TrainSpec, Integer> EVAL_STEPS = Field.nullable(
            "eval_steps",
            NumberTypes.whole(1, 100_000_000),
            "Steps between validations; null for one at the end of each epoch",
            t -> t.pace().evalSteps());
    static final Field<TrainSpec, Integer> SAVE_STEPS = Field.nullable(
            "save_steps",
            NumberTypes.whole(1, 100_000_000),
            "Steps between checkpoints; null for one a minute",
            t -> t.pace().saveSteps());
    static final Field<TrainSpec, Pace.Bf16> BF16 = Field.of(
            "bf16",
            new Bf16Type(),
            Pace.DEFAULT.bf16(),
            "Whether matrices are multiplied in bfloat16; auto where it is measured to be faster here",
            t -> t.pace().bf16());
    static final Field<TrainSpec, Double> EMA_DECAY = Field.of(
            "ema_decay",
            share(0.99999),
            Pace.DEFAULT.emaDecay(),
            "Decay of a moving average of the weights, which then is the model; 0 for none",
            t -> t.pace().emaDecay());
    static final Field<TrainSpec, Double> SMOOTHING = Field.of(
                    "label_smoothing_factor",
                    share(0.9),
                    Losses.DEFAULT.labelSmoothing(),
                    "Share of the truth that is spread over all classes",
                    (TrainSpec t) -> t.losses().labelSmoothing())
            .alias("label_smoothing");
    static final Field<TrainSpec, ClassWeights> CLASS_WEIGHTS = Field.nullable(
            "class_weights",
            new ClassWeightsType(),
            "What a row of a label counts; balanced makes all labels count the same; null for rows as they are",
            t -> t.losses().classWeights());
    static final Field<TrainSpec, Double> FOCAL_GAMMA = Field.of(
            "focal_gamma",
            NumberTypes.number(Range.closed(0.0, 10.0)),
            Losses.DEFAULT.focalGamma(),
            "How much less a row counts that is known already (focal loss); 0 for not",
            t -> t.losses().focalGamma());
    static final Field<TrainSpec, Double> MIXUP_ALPHA = Field.of(
            "mixup_alpha",
            NumberTypes.number(Range.closed(0.0, 10.0)),
            Losses.DEFAULT.mixupAlpha(),
            "Rows of numbers or pixels are mixed in pairs by a share out of Beta(alpha, alpha); 0 for not",
            t -> t.losses().mixupAlpha());
    static final Field<TrainSpec, List<String>> FROZEN = Field.of(
            "layers_to_freeze",
            patterns(),
            Layers.DEFAULT.frozen(),
            "Weights that stay as they are, by their names, with * for any letters",
            t -> t.layers().frozen());
    static final Field<TrainSpec, List<String>> UNDECAYED = Field.of(
            "no_weight_decay",
            patterns(),
            Layers.DEFAULT.undecayed(),
            "Weights that are not decayed, by their names, with * for any letters",
            t -> t.layers().undecayed());
    static final Field<TrainSpec, Double> LAYERWISE_DECAY = Field.of(
            "layerwise_lr_decay",
            NumberTypes.number(Range.above(0, 1)),
            Layers.DEFAULT.rateDecay(),
            "Each numbered layer learns at this share of the rate of the one above it; 1 for all alike",
            t -> t.layers().rateDecay());

    static final List<Field<TrainSpec, ?>> FIELDS = List.of(
            OPTIM,
            MOMENTUM,
            BETA1,
            BETA2,
            EPSILON,
            SCHEDULE,
            POWER,
            WARMUP_RATIO,
            WARMUP_STEPS,
            ACCUMULATION,
            MAX_STEPS,
            EVAL_STEPS,
            SAVE_STEPS,
            BF16,
            EMA_DECAY,
            SMOOTHING,
            CLASS_WEIGHTS,
            FOCAL_GAMMA,
            MIXUP_ALPHA,
            FROZEN,
            UNDECAYED,
            LAYERWISE_DECAY);

    private LoopTable() {}

    static Optimiser optimiser(Values v) {
        return new Optimiser(v.get(OPTIM), v.find(MOMENTUM), v.get(BETA1), v.find(BETA2), v.get(EPSILON));
    }

    static Schedule schedule(Values v) {
        return new Schedule(v.get(SCHEDULE), v.get(POWER), v.get(WARMUP_RATIO), v.get(WARMUP_STEPS));
    }

    static Pace pace(Values v) {
        return new Pace(
                v.get(ACCUMULATION),
                v.find(MAX_STEPS),
                v.find(EVAL_STEPS),
                v.find(SAVE_STEPS),
                v.get(BF16),
                v.get(EMA_DECAY));
    }

    static Losses losses(Values v) {
        return new Losses(v.get(SMOOTHING), v.find(CLASS_WEIGHTS), v.get(FOCAL_GAMMA), v.get(MIXUP_ALPHA));
    }

    static Layers layers(Values v) {
        return new Layers(v.get(FROZEN), v.get(UNDECAYED), v.get(LAYERWISE_DECAY));
    }

    private static Type<Double> share(double max) {
        return NumberTypes.number(Range.closed(0.0, max));
    }

    private static Type<List<String>> patterns() {
        return new ListType<>(TextTypes.text(), "patterns", 0, 1000);
    }
}
