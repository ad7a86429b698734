package dev.sampan.spec.internal;

import dev.sampan.spec.DataSpec.InputFeature;
import dev.sampan.spec.DataSpec.OutputFeature;
import dev.sampan.spec.DataSpec.OutputType;
import dev.sampan.spec.GanSpec;
import dev.sampan.spec.ModelSpec.Gan;
import dev.sampan.spec.Spec;
import dev.sampan.spec.Task;
import dev.sampan.spec.TrainSpec;
import dev.sampan.spec.TrainSpec.Optimiser;
import dev.sampan.spec.TrainSpec.Pace;
import dev.sampan.spec.TrainSpec.Schedule;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a generator asks of other keys, and what block `train` means for it where it says nothing: two networks
/// that learn from each other want many small steps without momentum to speak of, and their average.
final class GanRules {
    private static final int EPOCHS = 300;
    private static final int BATCH_SIZE = 64;
    private static final double LEARNING_RATE = 2e-4;
    private static final double BETA1 = 0.5;
    private static final double BETA2 = 0.99;
    private static final double EMA_DECAY = 0.999;

    /// Name of the column that a call brings its seed in.
    private static final String SEED = "seed";

    /// Keys that a duel of two networks has no use for.
    private static final List<Field<TrainSpec, ?>> NOTHING = List.of(
            TrainTable.PATIENCE,
            TrainTable.METRIC_FOR_BEST,
            LoopTable.ACCUMULATION,
            LoopTable.EVAL_STEPS,
            LoopTable.BF16,
            LoopTable.SMOOTHING,
            LoopTable.CLASS_WEIGHTS,
            LoopTable.FOCAL_GAMMA,
            LoopTable.MIXUP_ALPHA,
            LoopTable.FROZEN,
            LoopTable.LAYERWISE_DECAY);

    private GanRules() {}

    /// @param v of the whole file
    static TrainSpec train(Values v, TrainSpec train) {
        Optimiser optimiser = train.optimiser();
        Pace pace = train.pace();
        boolean beta2 = v.wrote("train.adam_beta2") || optimiser.kind() == Optimiser.Kind.LION;
        return new TrainSpec(
                v.wrote("train.num_train_epochs") || v.wrote("train.epochs") ? train.epochs() : EPOCHS,
                v.wrote("train.per_device_train_batch_size") || v.wrote("train.batch_size")
                        ? train.batchSize()
                        : BATCH_SIZE,
                v.wrote("train.learning_rate") ? train.learningRate() : LEARNING_RATE,
                v.wrote("train.weight_decay") ? train.weightDecay() : 0,
                v.wrote("train.max_grad_norm") ? train.maxGradNorm() : 0,
                train.patience(),
                train.metricForBest(),
                train.seed(),
                train.maxMinutes(),
                new Optimiser(
                        optimiser.kind(),
                        optimiser.momentum(),
                        v.wrote("train.adam_beta1") || !adam(optimiser) ? optimiser.beta1() : BETA1,
                        beta2 || !adam(optimiser) ? optimiser.beta2() : (Double) BETA2,
                        optimiser.epsilon()),
                train.schedule(),
                new Pace(
                        pace.accumulation(),
                        pace.maxSteps(),
                        pace.evalSteps(),
                        pace.saveSteps(),
                        pace.bf16(),
                        v.wrote("train.ema_decay") ? pace.emaDecay() : EMA_DECAY),
                train.losses(),
                train.layers());
    }

    private static boolean adam(Optimiser optimiser) {
        return optimiser.kind() == Optimiser.Kind.ADAM || optimiser.kind() == Optimiser.Kind.ADAMW;
    }

    static boolean generates(Task task) {
        return task == Task.IMAGE_GENERATION || task == Task.TABLE_GENERATION;
    }

    /// @param spec of a task that generates
    static @Nullable Spec checked(Values v, Spec spec) {
        if (!(spec.model() instanceof Gan(GanSpec gan))) {
            return refused(v, "model.type", "There is one architecture that makes rows, so none is tried", "Write gan");
        }
        boolean pictures = spec.task() == Task.IMAGE_GENERATION;
        for (Field<TrainSpec, ?> key : NOTHING) {
            if (!Objects.equals(key.getter().apply(spec.train()), key.fallback())) {
                return noEffect(v, "train." + key.name(), "does nothing for a generator and its critic");
            }
        }
        if (spec.train().schedule().kind() == Schedule.Kind.REDUCE_LR_ON_PLATEAU) {
            return noEffect(v, "train.lr_scheduler_type", "cannot wait for a validation, which a generator has not");
        }
        if (pictures && !gan.hiddenSizes().equals(GanTable.USUAL.hiddenSizes())) {
            return noEffect(v, "model.hidden_sizes", "is for rows of a table; pictures have model.channels");
        }
        if (pictures && gan.pac() != GanTable.USUAL.pac()) {
            return noEffect(v, "model.pac", "is for rows of a table");
        }
        if (!pictures && gan.channels() != null) {
            return noEffect(v, "model.channels", "is for pictures; rows of a table have model.hidden_sizes");
        }
        if (!spec.compress().isEmpty()) {
            return noEffect(v, "compress", "is not for a generator: what INT8 does to samples has no held-out figure");
        }
        if (!spec.data().augment().image().isEmpty()) {
            return noEffect(v, "data.augment", "would have a generator make changed pictures");
        }
        return pictures ? pictures(v, spec) : table(v, spec);
    }

    private static @Nullable Spec pictures(Values v, Spec spec) {
        if (spec.data().inputFeatures().size() != 1) {
            return refused(v, "data.input_features", "A generator makes one picture at a time, of one column", "");
        }
        return labelled(v, spec);
    }

    private static @Nullable Spec table(Values v, Spec spec) {
        List<InputFeature> inputs = spec.data().inputFeatures();
        for (int i = 0; i < inputs.size(); i++) {
            InputFeature plain =
                    new InputFeature(inputs.get(i).name(), inputs.get(i).type());
            if (!inputs.get(i).equals(plain)) {
                return noEffect(
                        v,
                        "data.input_features." + i + ".preprocessing",
                        "does nothing here: columns are turned into scores that can be turned back");
            }
        }
        return labelled(v, spec);
    }

    private static @Nullable Spec labelled(Values v, Spec spec) {
        OutputFeature label = spec.data().output();
        if (label != null && label.type() != OutputType.CATEGORY) {
            return refused(
                    v,
                    "data.output_features",
                    "What samples are made for is a category, not a "
                            + label.type().name().toLowerCase(Locale.ROOT),
                    "Make the column an input feature, so that it is made like the others");
        }
        if (label != null && label.name().equals(SEED)) {
            return refused(
                    v,
                    "data.output_features",
                    "A call names its seed by 'seed', so no label can be named so",
                    "Rename the column");
        }
        return spec;
    }

    private static @Nullable Spec noEffect(Values v, String path, String why) {
        v.problem(path, "spec.no_effect", path + " " + why, "Leave the key out");
        return null;
    }

    private static @Nullable Spec refused(Values v, String path, String sentence, String remedy) {
        v.problem(path, Spot.OUT_OF_RANGE, sentence, remedy.isEmpty() ? "Leave the other columns out" : remedy);
        return null;
    }
}
