package dev.sampan.training.loop;

import dev.sampan.spec.TrainSpec.Schedule;
import dev.sampan.spec.TrainSpec.Schedule.Kind;

/// The share of `learning_rate` that a step learns at: the curves of Hugging Face's `get_scheduler`, the one cycle of
/// PyTorch's `OneCycleLR` (Smith and Topin 2018). Warm-up is linear from 0.
///
/// @param total steps of the whole run
/// @param rate largest learning rate, which the polynomial's end is a share of
record Curve(Schedule schedule, long total, double rate) {
    /// Share of the steps in which warm-up, stable, decay decays.
    private static final double DECAYING = 0.2;

    private static final double POLYNOMIAL_END = 1e-7;
    private static final double CYCLE_WARMUP = 0.3;
    private static final double CYCLE_START = 1 / 25.0;
    private static final double CYCLE_END = CYCLE_START / 1e4;

    /// @param step counted from 0
    double at(long step) {
        if (schedule.kind() == Kind.ONE_CYCLE) {
            return oneCycle(step);
        }
        long warmup = warmup();
        if (step < warmup) {
            return (double) step / warmup;
        }
        double done = Math.min(1, (double) (step - warmup) / Math.max(1, total - warmup));
        return switch (schedule.kind()) {
            case CONSTANT, REDUCE_LR_ON_PLATEAU, ONE_CYCLE -> 1;
            case LINEAR -> 1 - done;
            case COSINE -> cosine(1, 0, done);
            case POLYNOMIAL -> {
                double end = Math.min(1, POLYNOMIAL_END / rate);
                yield (1 - end) * Math.pow(1 - done, schedule.power()) + end;
            }
            case WARMUP_STABLE_DECAY -> {
                long decaying = Math.min(total - warmup, Math.max(1, Math.round(total * DECAYING)));
                double decayed = (double) (step - (total - decaying)) / Math.max(1, decaying);
                yield cosine(1, 0, Math.clamp(decayed, 0, 1));
            }
        };
    }

    private double oneCycle(long step) {
        boolean given = schedule.warmupSteps() > 0 || schedule.warmupRatio() > 0;
        double top = Math.max(1, (given ? warmup() : CYCLE_WARMUP * total) - 1);
        if (step <= top) {
            return cosine(CYCLE_START, 1, step / top);
        }
        double rest = Math.max(1, total - 1 - top);
        return cosine(1, CYCLE_END, Math.min(1, (step - top) / rest));
    }

    private long warmup() {
        int steps = schedule.warmupSteps();
        return Math.min(total, steps > 0 ? steps : (long) Math.ceil(total * schedule.warmupRatio()));
    }

    private static double cosine(double from, double to, double share) {
        return to + (from - to) / 2 * (1 + Math.cos(Math.PI * share));
    }
}
