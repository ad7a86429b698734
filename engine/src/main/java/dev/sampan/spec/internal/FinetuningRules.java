package dev.sampan.spec.internal;

import dev.sampan.spec.ModelSpec;
import dev.sampan.spec.Spec;
import dev.sampan.spec.TrainSpec;
import dev.sampan.spec.TrainSpec.Schedule;
import org.jspecify.annotations.Nullable;

/// What a pretrained network that learns asks of other keys, and what block `train` means for a pretrained
/// network that learns, where it says nothing: small steps that grow over the first tenth and fall to nothing,
/// over few epochs. From random weights it would be larger steps over many.
final class FinetuningRules {
    /// Default of `freeze_trainable_layers`.
    static final int LAYERS = 2;

    private static final int EPOCHS = 8;
    private static final double LEARNING_RATE = 1e-4;
    private static final double WEIGHT_DECAY = 0.01;
    private static final double WARMUP_RATIO = 0.1;

    private FinetuningRules() {}

    /// @param v of the whole file
    static TrainSpec train(Values v, ModelSpec model, TrainSpec train) {
        if (model instanceof ModelSpec.Gan) {
            return GanRules.train(v, train);
        }
        if (!(model instanceof ModelSpec.Pretrained pretrained) || !pretrained.learns()) {
            return train;
        }
        Schedule schedule = train.schedule();
        boolean warmed = v.wrote("train.warmup_ratio") || v.wrote("train.warmup_steps");
        return new TrainSpec(
                v.wrote("train.num_train_epochs") || v.wrote("train.epochs") ? train.epochs() : EPOCHS,
                train.batchSize(),
                v.wrote("train.learning_rate") ? train.learningRate() : LEARNING_RATE,
                v.wrote("train.weight_decay") ? train.weightDecay() : WEIGHT_DECAY,
                train.maxGradNorm(),
                train.patience(),
                train.metricForBest(),
                train.seed(),
                train.maxMinutes(),
                train.optimiser(),
                new Schedule(
                        v.wrote("train.lr_scheduler_type") ? schedule.kind() : Schedule.Kind.LINEAR,
                        schedule.power(),
                        warmed ? schedule.warmupRatio() : WARMUP_RATIO,
                        schedule.warmupSteps()),
                train.pace(),
                train.losses(),
                train.layers());
    }

    /// Refuses keys of block `model` that would do nothing.
    static @Nullable Spec checked(Values v, @Nullable Spec spec) {
        if (spec != null && GanRules.generates(spec.task())) {
            return GanRules.checked(v, spec);
        }
        if (spec == null || !(spec.model() instanceof ModelSpec.Pretrained model)) {
            return spec;
        }
        if (model.learns() && model.ngrams() == ModelSpec.Ngrams.ALWAYS) {
            return refused(v, "model.ngrams", "stands beside a frozen encoder only, one that comes with Sampan");
        }
        if (v.wrote("model.freeze_trainable_layers") && model.finetuning() != ModelSpec.Finetuning.FREEZE) {
            boolean usual = model.trainableLayers() == LAYERS;
            return usual ? spec : refused(v, "model.freeze_trainable_layers", "is for finetuning_type freeze");
        }
        return spec;
    }

    private static @Nullable Spec refused(Values v, String path, String why) {
        v.problem(path, "spec.no_effect", path + " " + why, "Leave the key out");
        return null;
    }
}
