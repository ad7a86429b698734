package dev.sampan.training.loop;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.spec.TrainSpec;
import java.util.Locale;

/// Why a run that gets nowhere is stopped.
final class Divergence {
    private Divergence() {}

    static ProblemException noNumber(RunState state, TrainSpec spec) {
        return problem(
                "The loss is no longer a number at epoch " + state.epoch() + ", step " + (state.step() + 1)
                        + ": the steps of train.learning_rate=" + spec.learningRate() + " are too long.",
                spec);
    }

    static ProblemException exploded(RunState state, TrainSpec spec) {
        return problem(
                String.format(
                        Locale.ROOT,
                        "The loss has exploded from %.3g to %.3g at epoch %d, step %d: the steps of"
                                + " train.learning_rate=%s are too long.",
                        state.trend().least(),
                        state.trend().smoothed(),
                        state.epoch(),
                        state.step(),
                        spec.learningRate()),
                spec);
    }

    private static ProblemException problem(String sentence, TrainSpec spec) {
        boolean clipped = spec.maxGradNorm() > 0;
        return new ProblemException(Problem.of("training.diverged", sentence)
                .at("train.learning_rate")
                .remedy("Set train.learning_rate to " + spec.learningRate() / 10 + " or less"
                        + (clipped ? "" : ", and train.max_grad_norm to 1")));
    }
}
