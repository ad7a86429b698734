package dev.sampan.training.loop;

import dev.sampan.spec.TrainSpec.Schedule;

/// Lowers the learning rate when validation gets no better, in good time before the early stop.
///
/// @param factor of the learning rate now
/// @param waited validations without a better one since the last change
record Plateau(double factor, int waited) {
    static final Plateau START = new Plateau(1, 0);

    /// As in PyTorch.
    private static final double STEP = 0.1;

    double factorOf(Schedule.Kind kind) {
        return kind == Schedule.Kind.REDUCE_LR_ON_PLATEAU ? factor : 1;
    }

    /// @param patience validations after which training stops; the rate is lowered after half as many
    Plateau after(boolean better, int patience) {
        if (better) {
            return new Plateau(factor, 0);
        }
        return waited + 1 >= Math.max(1, patience / 2)
                ? new Plateau(factor * STEP, 0)
                : new Plateau(factor, waited + 1);
    }
}
