package dev.sampan.studio.tracking;

import java.util.List;
import java.util.Map;

/// A name on the shelf as MLflow's clients see it.
///
/// @param newest versions, newest first
/// @param aliases where each points
public record RegisteredModel(
        String name,
        String description,
        Map<String, String> tags,
        Map<String, Integer> aliases,
        List<Version> newest,
        long createdMillis,
        long updatedMillis) {
    public RegisteredModel {
        tags = Map.copyOf(tags);
        aliases = Map.copyOf(aliases);
        newest = List.copyOf(newest);
    }

    /// One version.
    ///
    /// @param source where its files came from
    /// @param run the run that made it, or empty
    public record Version(
            String name,
            int number,
            String user,
            String description,
            String source,
            String run,
            String runLink,
            String model,
            Map<String, String> tags,
            List<String> aliases,
            long createdMillis,
            long updatedMillis) {
        public Version {
            tags = Map.copyOf(tags);
            aliases = List.copyOf(aliases);
        }

        Version with(List<String> names) {
            return new Version(
                    name,
                    number,
                    user,
                    description,
                    source,
                    run,
                    runLink,
                    model,
                    tags,
                    names,
                    createdMillis,
                    updatedMillis);
        }
    }
}
