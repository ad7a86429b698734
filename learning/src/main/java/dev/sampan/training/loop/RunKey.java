package dev.sampan.training.loop;

import dev.sampan.kernel.Sha256;
import dev.sampan.spec.TrainSpec;
import java.util.List;

/// Names a run by what is trained on what, so that another's checkpoint is not taken up. How long training may go on is
/// not part of it, where no schedule hangs on it: a run may be taken up with more.
public final class RunKey {
    private RunKey() {}

    /// @param what data set, features, architecture
    public static String of(TrainSpec train, String... what) {
        boolean endless = switch (train.schedule().kind()) {
            case CONSTANT, REDUCE_LR_ON_PLATEAU -> train.schedule().warmupRatio() == 0;
            case LINEAR, COSINE, POLYNOMIAL, ONE_CYCLE, WARMUP_STABLE_DECAY -> false;
        };
        String end = endless ? "" : train.epochs() + "/" + train.pace().maxSteps();
        return Sha256.of(String.join("\n", what) + "\n" + end + "\n"
                        + List.of(
                                train.batchSize(),
                                train.learningRate(),
                                train.weightDecay(),
                                train.maxGradNorm(),
                                train.metricForBest(),
                                train.seed(),
                                train.optimiser(),
                                train.schedule(),
                                train.pace().accumulation(),
                                train.pace().bf16(),
                                train.pace().emaDecay(),
                                train.losses(),
                                train.layers()))
                .hex();
    }
}
