package dev.sampan.spec.internal;

import dev.sampan.spec.ModelSpec;
import dev.sampan.spec.Spec;
import dev.sampan.spec.TrainSpec;
import dev.sampan.spec.TrainSpec.Optimiser;
import dev.sampan.spec.TrainSpec.Schedule;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Keys of block `train` that would have no effect beside what else is written, and are refused for it.
final class LoopRules {
    /// A key, when it has a meaning, and what to say when it has none. A key may always be written with its
    /// default.
    private record Rule(Field<TrainSpec, ?> key, Set<?> meaning, String wanted) {}

    private static final Set<Optimiser.Kind> ADAMS = EnumSet.of(Optimiser.Kind.ADAM, Optimiser.Kind.ADAMW);
    private static final Set<Optimiser.Kind> WITH_BETAS =
            EnumSet.of(Optimiser.Kind.ADAM, Optimiser.Kind.ADAMW, Optimiser.Kind.LION);
    private static final Set<Optimiser.Kind> WITH_MOMENTUM = EnumSet.of(Optimiser.Kind.SGD, Optimiser.Kind.RMSPROP);

    private static final List<Rule> RULES = List.of(
            new Rule(LoopTable.MOMENTUM, WITH_MOMENTUM, "optim sgd or rmsprop"),
            new Rule(LoopTable.BETA1, WITH_BETAS, "optim adam, adamw or lion"),
            new Rule(LoopTable.BETA2, WITH_BETAS, "optim adam, adamw or lion"),
            new Rule(LoopTable.EPSILON, ADAMS, "optim adam or adamw"),
            new Rule(LoopTable.POWER, EnumSet.of(Schedule.Kind.POLYNOMIAL), "lr_scheduler_type polynomial"));

    private LoopRules() {}

    static @Nullable Spec checked(Values values, @Nullable Spec spec) {
        if (spec == null) {
            return null;
        }
        TrainSpec train = spec.train();
        for (Rule rule : RULES) {
            boolean meant = rule.meaning().contains(train.optimiser().kind())
                    || rule.meaning().contains(train.schedule().kind());
            if (!meant && changed(rule.key(), train)) {
                return refused(values, rule.key(), "has a meaning only with " + rule.wanted());
            }
        }
        return checkedForModel(values, spec);
    }

    private static @Nullable Spec checkedForModel(Values values, Spec spec) {
        String what = unlooped(spec.model());
        for (Field<TrainSpec, ?> key : LoopTable.FIELDS) {
            if (what != null && changed(key, spec.train())) {
                return refused(values, key, "does nothing for " + what);
            }
        }
        boolean texts = switch (spec.model()) {
            case ModelSpec.BiLstm _,
                    ModelSpec.Pretrained _,
                    ModelSpec.Recurrent _,
                    ModelSpec.TextCnn _,
                    ModelSpec.BiLstmCrf _,
                    ModelSpec.Fusion _ -> true;
            default -> false;
        };
        for (Field<TrainSpec, ?> key : List.of(LoopTable.SMOOTHING, LoopTable.CLASS_WEIGHTS, LoopTable.FOCAL_GAMMA)) {
            if (spec.model() instanceof ModelSpec.BiLstmCrf && changed(key, spec.train())) {
                return refused(values, key, "does nothing for a tagger, whose loss is that of whole texts");
            }
        }
        if (texts && changed(LoopTable.MIXUP_ALPHA, spec.train())) {
            return refused(values, LoopTable.MIXUP_ALPHA, "cannot mix texts, only numbers and pixels");
        }
        return spec;
    }

    /// What is fitted in another way than step by step; null for networks.
    static @Nullable String unlooped(ModelSpec model) {
        return switch (model) {
            case ModelSpec.Pretrained head when !head.learns() -> "a linear head, which is fitted to its minimum";
            case ModelSpec.Ngram _ -> "a linear head, which is fitted to its minimum";
            case ModelSpec.Recommender _ -> "a recommender, which is computed from its table";
            case ModelSpec.Forecaster _ -> "a forecaster, which is fitted series by series";
            case ModelSpec.Xgboost _ -> "trees, which grow one by one";
            default -> null;
        };
    }

    private static boolean changed(Field<TrainSpec, ?> key, TrainSpec train) {
        Object fallback = key.fallback();
        Object value = key.getter().apply(train);
        return !Objects.equals(value, fallback);
    }

    private static @Nullable Spec refused(Values values, Field<TrainSpec, ?> key, String why) {
        String path = "train." + key.name();
        values.problem(path, "spec.no_effect", path + " " + why, "Leave the key out");
        return null;
    }
}
