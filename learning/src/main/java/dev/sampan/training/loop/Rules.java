package dev.sampan.training.loop;

import dev.sampan.compute.UpdateRule;
import dev.sampan.spec.TrainSpec.Optimiser;
import org.jspecify.annotations.Nullable;

/// The rule that `train.optim` names, with PyTorch's defaults for what is not written.
final class Rules {
    private Rules() {}

    static UpdateRule of(Optimiser spec) {
        double beta1 = spec.beta1();
        double epsilon = spec.epsilon();
        return switch (spec.kind()) {
            case SGD -> new UpdateRule.Sgd(or(spec.momentum(), 0.9), true);
            case ADAM -> new UpdateRule.Adam(beta1, or(spec.beta2(), 0.999), epsilon, false);
            case ADAMW -> new UpdateRule.Adam(beta1, or(spec.beta2(), 0.999), epsilon, true);
            case RMSPROP -> new UpdateRule.RmsProp(0.99, 1e-8, or(spec.momentum(), 0));
            case ADAGRAD -> new UpdateRule.Adagrad(1e-10);
            case LION -> new UpdateRule.Lion(beta1, or(spec.beta2(), 0.99));
        };
    }

    private static double or(@Nullable Double value, double otherwise) {
        return value == null ? otherwise : value;
    }
}
