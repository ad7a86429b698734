package dev.sampan.training.loop;

import dev.sampan.compute.Precision;
import dev.sampan.compute.Torch;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.spec.TrainSpec;
import org.jspecify.annotations.Nullable;

/// Whether a run multiplies in bfloat16. `auto` measures the first step both ways; the choice is kept in the
/// checkpoint,
/// so that a run taken up again goes on as it began.
final class Bf16Choice {
    /// So much faster it must be, to be worth the lost digits.
    private static final double GAIN = 1.1;

    private static final int TIMES = 3;

    private Bf16Choice() {}

    /// @param before what was chosen when the run began; null when it begins now
    /// @param step learns the first step and leaves the weights as they are
    static boolean of(@Nullable Boolean before, TrainSpec spec, Runnable step, Crew crew) {
        return switch (spec.pace().bf16()) {
            case FALSE -> false;
            case TRUE -> supported();
            case AUTO -> before != null ? before : Torch.multipliesBf16() && faster(step, crew);
        };
    }

    private static boolean supported() {
        if (!Torch.multipliesBf16()) {
            throw new ProblemException(Problem.of(
                            "training.bf16_unsupported",
                            "This processor does not multiply in bfloat16 (train.bf16: true)")
                    .at("train.bf16")
                    .remedy("Set train.bf16 to false or auto"));
        }
        return true;
    }

    private static boolean faster(Runnable step, Crew crew) {
        long[] nanos = new long[2];
        crew.trial(() -> {
            for (Precision precision : Precision.values()) {
                crew.use(precision);
                nanos[precision.ordinal()] = best(step);
            }
        });
        return nanos[Precision.SINGLE.ordinal()] > GAIN * nanos[Precision.BF16.ordinal()];
    }

    /// The first time is for warming up.
    private static long best(Runnable step) {
        long best = Long.MAX_VALUE;
        for (int i = 0; i <= TIMES; i++) {
            long start = System.nanoTime();
            step.run();
            best = i == 0 ? best : Math.min(best, System.nanoTime() - start);
        }
        return best;
    }
}
