package dev.sampan.gateway.internal.wire;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes a stream in its caller's dialect.
interface ChunkWriter {
    /// @param chunk a `chat.completion.chunk` or `text_completion` as the supplier sent it; may be changed
    byte[] chunk(ObjectNode chunk);

    /// What follows the last chunk of a whole answer.
    ///
    /// @param said usage as the supplier said it; null where it said none
    /// @param counted the same or an estimate
    byte[] end(@Nullable JsonNode said, TokenUsage counted);

    /// The last of a stream that broke off.
    byte[] failed(ApiError error);
}
