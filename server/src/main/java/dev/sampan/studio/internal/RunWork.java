package dev.sampan.studio.internal;

import dev.sampan.jobs.Job;
import dev.sampan.jobs.JobWork;
import dev.sampan.jobs.Jobs;
import dev.sampan.kernel.Json;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Progress;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.shell.LiveEvents;
import dev.sampan.spec.Spec;
import dev.sampan.spec.Specs;
import dev.sampan.studio.Run.StageState;
import dev.sampan.studio.Run.State;
import dev.sampan.studio.Stage;
import dev.sampan.studio.StageName;
import dev.sampan.studio.Voyage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Walks a run, stage by stage. Walking it again after a crash finds the finished stages done and goes on.
final class RunWork implements JobWork {
    static final String KIND = "studio.run";

    private final List<Stage> stages;
    private final RunStore store;
    private final Jobs jobs;
    private final LiveEvents events;
    private final InstantSource clock;

    RunWork(List<Stage> stages, RunStore store, Jobs jobs, LiveEvents events, InstantSource clock) {
        this.stages = stages.stream().sorted(Comparator.comparing(Stage::name)).toList();
        this.store = store;
        this.jobs = jobs;
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
        Spec spec = Specs.fromTree(launched.spec(), Path.of(launched.folder()));
        Voyage voyage = new Voyage(run, job.tenant(), launched.by(), spec, null, null, null);
        Map<StageName, StageState> before = store.run(job.tenant(), run).orElseThrow().stages().stream()
                .collect(Collectors.toMap(StageState::name, Function.identity()));
        runIs(job.tenant(), run, State.RUNNING, null);
        try {
            for (Stage stage : stages) {
                if (progress.cancelled()) {
                    throw new CancellationException("cancelled between two stages");
                }
                voyage = walk(stage, Objects.requireNonNull(before.get(stage.name())), voyage, new Walk(job, progress));
            }
            runIs(job.tenant(), run, State.SUCCEEDED, null);
        } catch (ProblemException failed) {
            runIs(job.tenant(), run, State.FAILED, failed);
            throw failed;
        } catch (CancellationException cancelled) {
            runIs(job.tenant(), run, afterCancelling(job), null);
            throw cancelled;
        }
    }

    private record Walk(Job job, Progress progress) {}

    /// @param before its row; a stage that was done before a crash keeps its figures when its result is found again
    private Voyage walk(Stage stage, StageState before, Voyage voyage, Walk walk) {
        boolean done = before.state() == State.SUCCEEDED;
        Instant started = clock.instant();
        StageWatch watch = new StageWatch(stage.name(), voyage, walk.progress(), store, events, clock);
        if (!done) {
            watch.stageIs(State.RUNNING);
        }
        try {
            Stage.Outcome outcome = stage.run(voyage, watch);
            publish(
                    voyage,
                    done && outcome.cached()
                            ? before
                            : watch.ended(State.SUCCEEDED, outcome.cached(), since(started), outcome.figures()));
            return outcome.voyage();
        } catch (ProblemException failed) {
            publish(voyage, watch.ended(State.FAILED, false, since(started), Map.of()));
            throw failed;
        } catch (CancellationException cancelled) {
            publish(voyage, watch.ended(afterCancelling(walk.job()), false, since(started), Map.of()));
            throw cancelled;
        }
    }

    private Duration since(Instant started) {
        return Duration.between(started, clock.instant());
    }

    /// Work is told to end when somebody cancels the run, and when the platform stops: then it waits to go on.
    private State afterCancelling(Job job) {
        boolean wanted =
                jobs.job(job.tenant(), job.id()).map(Job::cancelRequested).orElse(true);
        return wanted ? State.CANCELLED : State.WAITING;
    }

    private void publish(Voyage voyage, StageState stage) {
        store.stageIs(voyage.tenant(), voyage.run(), stage);
        events.publish("run/" + voyage.run(), "stage", stage);
    }

    private void runIs(TenantId tenant, Ulid run, State state, @Nullable ProblemException failed) {
        boolean ended = state != State.RUNNING && state != State.WAITING;
        store.runIs(
                tenant,
                run,
                state,
                failed == null ? null : failed.problems().getFirst(),
                ended ? clock.instant() : null);
        events.publish("run/" + run, "state", Map.of("state", state.name()));
    }
}
