package dev.sampan.studio.tracking;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A run without its figures: what a page of a list is made of.
///
/// @param user who ran it, as the client says
/// @param artifactUri where its files go
public record TrackedRun(
        String id,
        String experiment,
        String name,
        String user,
        Status status,
        Lifecycle lifecycle,
        long startMillis,
        @Nullable Long endMillis,
        String artifactUri) {
    /// MLflow's.
    public enum Status {
        RUNNING,
        SCHEDULED,
        FINISHED,
        FAILED,
        KILLED
    }

    /// What was logged.
    ///
    /// @param metrics of each curve the last point, by key
    public record Data(
            List<Metric> metrics, Map<String, String> params, Map<String, String> tags, List<DatasetInput> inputs) {
        public Data {
            metrics = List.copyOf(metrics);
            params = Map.copyOf(params);
            tags = Map.copyOf(tags);
            inputs = List.copyOf(inputs);
        }
    }

    /// A run and what was logged.
    public record Whole(TrackedRun run, Data data) {}

    /// Runs of one page.
    ///
    /// @param next token of the next page; null on the last
    public record Listed(List<Whole> runs, @Nullable String next) {
        public Listed {
            runs = List.copyOf(runs);
        }
    }
}
