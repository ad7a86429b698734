package dev.sampan.training.internal;

import dev.sampan.training.TrainingJob;
import dev.sampan.training.loop.Checkpoint;

/// Where a job keeps the state of its run.
public final class Checkpoints {
    private Checkpoints() {}

    /// @param run what is trained on what, as [dev.sampan.training.loop.RunKey] names it
    public static Checkpoint of(TrainingJob job, String run) {
        return new Checkpoint(job.work().resolve("checkpoint"), run, job.lastEpoch());
    }
}
