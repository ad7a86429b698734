package dev.sampan.studio.tracking;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Runs that are compared with each other.
///
/// @param artifactLocation where its runs' files go when not to this platform: an address the client understands
public record Experiment(
        String id,
        String name,
        Lifecycle lifecycle,
        @Nullable String artifactLocation,
        Map<String, String> tags,
        long createdMillis,
        long updatedMillis) {
    /// The one that clients log to when they name none; every organisation has it.
    public static final String DEFAULT = "0";

    public Experiment {
        tags = Map.copyOf(tags);
    }

    /// Where files of the experiment's runs go.
    public String artifacts() {
        return artifactLocation == null ? "mlflow-artifacts:/" + id : artifactLocation;
    }
}
