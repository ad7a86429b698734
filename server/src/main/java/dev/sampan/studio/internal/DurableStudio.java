package dev.sampan.studio.internal;

import dev.sampan.jobs.Job;
import dev.sampan.jobs.Jobs;
import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.spec.Spec;
import dev.sampan.spec.Specs;
import dev.sampan.studio.Run;
import dev.sampan.studio.Studio;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Runs as durable jobs.
final class DurableStudio implements Studio {
    private final RunStore store;
    private final Jobs jobs;
    private final InstantSource clock;

    DurableStudio(RunStore store, Jobs jobs, InstantSource clock) {
        this.store = store;
        this.jobs = jobs;
        this.clock = clock;
    }

    @Override
    public Ulid launch(TenantId tenant, Path specFile, List<String> overrides, ActorId by) {
        Spec spec = Specs.read(specFile, overrides);
        Ulid run = Ulid.next();
        store.insert(
                new RunStore.Launched(
                        run, tenant, by, Specs.toTree(spec), spec.folder().toString()),
                spec.name(),
                clock.instant(),
                () -> jobs.submit(tenant, RunWork.KIND, new RunWork.Input(run.toString())));
        return run;
    }

    @Override
    public Optional<Run> run(TenantId tenant, Ulid id) {
        return store.run(tenant, id).map(this::asItsJobSays);
    }

    @Override
    public List<Run> latest(TenantId tenant, int limit) {
        return store.latest(tenant, limit).stream().map(this::asItsJobSays).toList();
    }

    /// A job can end without its work having been called: cancelled while waiting, or given up after crashes.
    private Run asItsJobSays(Run run) {
        boolean ended = run.finishedAt() != null;
        Optional<Job> job =
                ended ? Optional.empty() : store.job(run.tenant(), run.id()).flatMap(id -> jobs.job(run.tenant(), id));
        if (job.isEmpty() || job.get().finishedAt() == null) {
            return run;
        }
        // The run's own end is written before its job's: it may have come since the run was read.
        return store.run(run.tenant(), run.id())
                .filter(again -> again.finishedAt() != null)
                .orElseGet(() -> endedWith(run, job.get()));
    }

    private static Run endedWith(Run run, Job it) {
        return new Run(
                run.id(),
                run.tenant(),
                run.name(),
                Run.State.valueOf(it.state().name()),
                stages(run, Run.State.valueOf(it.state().name())),
                it.problem(),
                run.createdAt(),
                it.finishedAt());
    }

    /// The stage that was under way ended as the run did.
    private static List<Run.StageState> stages(Run run, Run.State ended) {
        return run.stages().stream()
                .map(stage -> stage.state() == Run.State.RUNNING ? stage.as(ended) : stage)
                .toList();
    }

    @Override
    public void cancel(TenantId tenant, Ulid id) {
        store.job(tenant, id).ifPresent(job -> jobs.cancel(tenant, job));
    }

    @Override
    public List<Map<String, Object>> trainingHistory(TenantId tenant, Ulid id) {
        return store.epochs(tenant, id);
    }
}
