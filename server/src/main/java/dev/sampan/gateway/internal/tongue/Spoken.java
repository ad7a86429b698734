package dev.sampan.gateway.internal.tongue;

import dev.sampan.gateway.internal.wire.Upload;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A request as its supplier wants it.
///
/// @param path below the supplier's base address, with its query
/// @param headers those that say who asks and in which version; everybody's are added
/// @param body JSON; empty where a form is sent
/// @param form sent instead of a body, under the supplier's name of the model; null where none is
public record Spoken(
        String path,
        Map<String, String> headers,
        byte[] body,
        @Nullable Form form) {
    /// @param model as the supplier names it
    public record Form(Upload upload, String model) {}

    Spoken(String path, Map<String, String> headers, byte[] body) {
        this(path, headers, body, null);
    }
}
