package dev.sampan.studio;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One launch of a specification.
///
/// @param stages all stages in order, those to come as WAITING
/// @param figures what is worth showing of each finished stage, by stage: rows, accuracy, bytes
public record Run(
        Ulid id,
        TenantId tenant,
        String name,
        State state,
        List<StageState> stages,
        @Nullable Problem problem,
        Instant createdAt,
        @Nullable Instant finishedAt) {
    public Run {
        stages = List.copyOf(stages);
    }

    /// The same moves as of its job.
    public enum State {
        WAITING,
        RUNNING,
        SUCCEEDED,
        FAILED,
        CANCELLED
    }

    /// @param cached true when the result lay there from an earlier run
    public record StageState(
            StageName name,
            State state,
            long done,
            long total,
            String note,
            boolean cached,
            @Nullable Duration took,
            Map<String, Object> figures) {
        public StageState {
            figures = Map.copyOf(figures);
        }

        public StageState as(State other) {
            return new StageState(name, other, done, total, note, cached, took, figures);
        }
    }
}
