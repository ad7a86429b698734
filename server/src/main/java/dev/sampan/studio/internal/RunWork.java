package dev.sampan.studio.internal;

import dev.sampan.jobs.Job;
import dev.sampan.jobs.JobWork;
import dev.sampan.kernel.Json;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Progress;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.shell.LiveEvents;
import dev.sampan.spec.Specs;
import dev.sampan.studio.Run;
import dev.sampan.studio.Run.StageState;
import dev.sampan.studio.Run.State;
import dev.sampan.studio.Stage;
import dev.sampan.studio.Voyage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;

/// Walks a run, stage by stage. Walking it again after a crash finds the finished stages done and goes on.
final class RunWork implements JobWork {
    static final String KIND = "studio.run";

    private final List<Stage> stages;
    private final RunStore store;
    private final LiveEvents events;
    private final InstantSource clock;

    RunWork(List<Stage> stages, RunStore store, LiveEvents events, InstantSource clock) {
        this.stages = stages.stream().sorted(Comparator.comparing(Stage::name)).toList();
        this.store = store;
        this.events = events;
        this.clock = clock;
    }

    /// Input of the job.
    record Input(String run) {}

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public void run(Job job, Progress progress) {
        Ulid run = Ulid.parse(Json.read(job.input(), Input.class).run());
        RunStore.Launched launched = store.launched(job.tenant(), run);
        Voyage voyage = new Voyage(
                run,
                job.tenant(),
                launched.by(),
                Specs.fromTree(launched.spec(), Path.of(launched.folder())),
                null,
                null,
                null);
        runIs(job.tenant(), run, State.RUNNING, null);
        try {
            for (Stage stage : stages) {
                if (progress.cancelled()) {
                    throw new CancellationException("cancelled between two stages");
                }
                voyage = walk(stage, voyage, progress);
            }
            runIs(job.tenant(), run, State.SUCCEEDED, null);
        } catch (ProblemException failed) {
            runIs(job.tenant(), run, State.FAILED, failed);
            throw failed;
        } catch (CancellationException cancelled) {
            runIs(job.tenant(), run, State.CANCELLED, null);
            throw cancelled;
        }
    }

    private Voyage walk(Stage stage, Voyage voyage, Progress progress) {
        Instant started = clock.instant();
        StageWatch watch = new StageWatch(stage.name(), voyage, progress, store, events, clock);
        watch.stageIs(State.RUNNING);
        try {
            Stage.Outcome outcome = stage.run(voyage, watch);
            Duration took = Duration.between(started, clock.instant());
            publish(voyage, watch.ended(State.SUCCEEDED, outcome.cached(), took, outcome.figures()));
            return outcome.voyage();
        } catch (ProblemException failed) {
            publish(voyage, watch.ended(State.FAILED, false, Duration.between(started, clock.instant()), Map.of()));
            throw failed;
        } catch (CancellationException cancelled) {
            publish(voyage, watch.ended(State.CANCELLED, false, Duration.between(started, clock.instant()), Map.of()));
            throw cancelled;
        }
    }

    private void publish(Voyage voyage, StageState stage) {
        store.stageIs(voyage.tenant(), voyage.run(), stage);
        events.publish("run/" + voyage.run(), "stage", stage);
    }

    private void runIs(
            TenantId tenant, Ulid run, Run.State state, @org.jspecify.annotations.Nullable ProblemException failed) {
        boolean ended = state != State.RUNNING;
        store.runIs(
                tenant,
                run,
                state,
                failed == null ? null : failed.problems().getFirst(),
                ended ? clock.instant() : null);
        events.publish("run/" + run, "state", Map.of("state", state.name()));
    }
}
