package dev.sampan.gateway.internal.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// A supplier's events as chunks in OpenAI's form. May remember what it has read: one for each stream.
public interface ChunkReader {
    /// @param data of one event
    /// @return chunks, maybe none; null when this event says that nothing more comes
    @Nullable
    List<ObjectNode> chunks(String data) throws Incoming.Broken;

    /// OpenAI's own.
    static @Nullable List<ObjectNode> openAi(String data) throws Incoming.Broken {
        if (data.strip().equals("[DONE]")) {
            return null;
        }
        ObjectNode chunk = StrictJson.objectOrNull(data);
        if (chunk == null) {
            throw new Incoming.Broken("an event that is no JSON object");
        }
        if (chunk.hasNonNull("error")) {
            throw new Incoming.Broken("an error in the stream");
        }
        return List.of(chunk);
    }
}
