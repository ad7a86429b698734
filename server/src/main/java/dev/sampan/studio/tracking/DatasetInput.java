package dev.sampan.studio.tracking;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A data set that a run read.
///
/// @param digest tells versions of one name apart
/// @param tags such as `mlflow.data.context` = `training`
public record DatasetInput(
        String name,
        String digest,
        String sourceType,
        String source,
        @Nullable String schema,
        @Nullable String profile,
        Map<String, String> tags) {
    public DatasetInput {
        tags = Map.copyOf(tags);
    }
}
