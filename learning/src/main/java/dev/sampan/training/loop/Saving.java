package dev.sampan.training.loop;

import dev.sampan.spec.TrainSpec;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;

/// When a run is written down, so that a later one goes on from there.
final class Saving {
    /// Where the specification leaves it open.
    private static final double EVERY_SECONDS = 60;

    private final Checkpoint checkpoint;
    private final TrainSpec spec;
    private final Audience audience;
    private final Supplier<List<Memory.Stored>> stored;
    private double since;

    Saving(Checkpoint checkpoint, TrainSpec spec, Audience audience, Supplier<List<Memory.Stored>> stored) {
        this.checkpoint = checkpoint;
        this.spec = spec;
        this.audience = audience;
        this.stored = stored;
    }

    /// So long was learnt what is not written down yet.
    void learnt(double seconds) {
        since += seconds;
    }

    /// Whether anything was learnt that is not written down.
    boolean behind() {
        return since > 0;
    }

    /// @throws CancellationException when the run is to end, after it was written down
    void whenCancelled(RunState state) throws IOException {
        if (audience.progress().cancelled()) {
            now(state);
            throw new CancellationException(
                    "training was cancelled at epoch " + state.epoch() + ", step " + state.step());
        }
    }

    /// An epoch may be a second: what it has learnt is cheaper to learn again than to write.
    void sometimes(RunState state) throws IOException {
        Integer every = spec.pace().saveSteps();
        if (every == null ? since >= EVERY_SECONDS : state.stepsDone() % every == 0) {
            now(state);
        }
    }

    void now(RunState state) throws IOException {
        checkpoint.save(state, stored.get());
        since = 0;
    }
}
