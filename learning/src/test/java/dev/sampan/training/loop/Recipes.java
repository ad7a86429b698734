package dev.sampan.training.loop;

import dev.sampan.spec.TrainSpec;
import dev.sampan.spec.TrainSpec.BestMetric;
import dev.sampan.spec.TrainSpec.Layers;
import dev.sampan.spec.TrainSpec.Losses;
import dev.sampan.spec.TrainSpec.Optimiser;
import dev.sampan.spec.TrainSpec.Pace;
import dev.sampan.spec.TrainSpec.Schedule;

/// Specifications that differ from a plain one in one group.
final class Recipes {
    private Recipes() {}

    static TrainSpec plain(int epochs, int batchSize, double rate) {
        return new TrainSpec(epochs, batchSize, rate, 0.01, 1, epochs, BestMetric.LOSS, 7, null);
    }

    static TrainSpec with(TrainSpec s, Optimiser optimiser, Schedule schedule) {
        return of(s, optimiser, schedule, s.pace(), s.losses(), s.layers());
    }

    static TrainSpec with(TrainSpec s, Pace pace) {
        return of(s, s.optimiser(), s.schedule(), pace, s.losses(), s.layers());
    }

    static TrainSpec with(TrainSpec s, Losses losses) {
        return of(s, s.optimiser(), s.schedule(), s.pace(), losses, s.layers());
    }

    static TrainSpec with(TrainSpec s, Layers layers) {
        return of(s, s.optimiser(), s.schedule(), s.pace(), s.losses(), layers);
    }

    private static TrainSpec of(TrainSpec s, Optimiser o, Schedule schedule, Pace pace, Losses losses, Layers layers) {
        return new TrainSpec(
                s.epochs(),
                s.batchSize(),
                s.learningRate(),
                s.weightDecay(),
                s.maxGradNorm(),
                s.patience(),
                s.metricForBest(),
                s.seed(),
                s.maxMinutes(),
                o,
                schedule,
                pace,
                losses,
                layers);
    }
}
