package dev.sampan.studio.tracking;

import java.util.Map;

/// A model that a run logged, before or without being registered under a name.
///
/// @param sourceRun the run that made it, or empty
/// @param artifactUri where its files are
public record LoggedModel(
        String id,
        String experiment,
        String name,
        String type,
        String sourceRun,
        Status status,
        String artifactUri,
        Map<String, String> tags,
        Map<String, String> params,
        long createdMillis,
        long updatedMillis) {
    public LoggedModel {
        tags = Map.copyOf(tags);
        params = Map.copyOf(params);
    }

    /// Of its upload.
    public enum Status {
        LOGGED_MODEL_PENDING,
        LOGGED_MODEL_READY,
        LOGGED_MODEL_UPLOAD_FAILED
    }
}
