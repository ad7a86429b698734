package dev.sampan.jobs;

import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import java.util.List;
import java.util.Optional;

/// Durable work of a tenant.
public interface Jobs {
    /// Once this returns the job survives any crash.
    ///
    /// @param input a record, kept as JSON
    Ulid submit(TenantId tenant, String kind, Object input);

    Optional<Job> job(TenantId tenant, Ulid id);

    /// Newest first, at most `limit`.
    List<Job> latest(TenantId tenant, int limit);

    /// Waiting: ends at once. Running: its work is told, child processes are stopped. Ended: nothing happens.
    void cancel(TenantId tenant, Ulid id);
}
