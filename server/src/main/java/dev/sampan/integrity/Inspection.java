package dev.sampan.integrity;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// All invariants, looked at once.
///
/// @param results in the order of the rooms
public record Inspection(Instant at, Duration took, List<Result> results) {
    public Inspection {
        results = List.copyOf(results);
    }

    public boolean sound() {
        return results.stream().allMatch(Result::sound);
    }

    /// How many breaks there are in all.
    public long broken() {
        return results.stream().mapToLong(Result::broken).sum();
    }

    /// @param broken how many breaks there are
    /// @param breaks the first of them, at most [#BREAKS_SHOWN]
    public record Result(String id, long checked, long broken, List<String> breaks) {
        public static final int BREAKS_SHOWN = 20;

        public Result {
            breaks = List.copyOf(breaks);
        }

        public boolean sound() {
            return broken == 0;
        }
    }
}
