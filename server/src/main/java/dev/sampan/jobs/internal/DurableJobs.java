package dev.sampan.jobs.internal;

import dev.sampan.jobs.Job;
import dev.sampan.jobs.Jobs;
import dev.sampan.kernel.Json;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import java.util.List;
import java.util.Optional;

/// Jobs as rows; submitting within a transaction makes the job part of it.
final class DurableJobs implements Jobs {
    private final JobStore store;
    private final JobRunner runner;

    DurableJobs(JobStore store, JobRunner runner) {
        this.store = store;
        this.runner = runner;
    }

    @Override
    public Ulid submit(TenantId tenant, String kind, Object input) {
        Ulid id = Ulid.next();
        store.insert(tenant, id, kind, Json.write(input));
        runner.wake();
        return id;
    }

    @Override
    public Optional<Job> job(TenantId tenant, Ulid id) {
        return store.job(tenant, id);
    }

    @Override
    public List<Job> latest(TenantId tenant, int limit) {
        return store.latest(tenant, limit);
    }

    @Override
    public void cancel(TenantId tenant, Ulid id) {
        store.cancel(tenant, id);
        runner.wake();
    }
}
