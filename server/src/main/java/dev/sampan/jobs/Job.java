package dev.sampan.jobs;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A job as it stands.
///
/// @param input JSON, as it was submitted
/// @param step what is being done, `done` of `total` units of it (0 while unknown), with a note
/// @param attempts how many times it was begun
/// @param cancelRequested somebody wants it to end; it does once its work has heard
/// @param problem why it failed; null otherwise
public record Job(
        Ulid id,
        TenantId tenant,
        String kind,
        String input,
        State state,
        String step,
        long done,
        long total,
        String note,
        int attempts,
        boolean cancelRequested,
        @Nullable Problem problem,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt) {
    /// WAITING → RUNNING → SUCCEEDED | FAILED | CANCELLED; a crash or a retriable fault puts RUNNING back to WAITING.
    public enum State {
        WAITING,
        RUNNING,
        SUCCEEDED,
        FAILED,
        CANCELLED
    }
}
