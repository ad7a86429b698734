package dev.sampan.gateway.internal.tongue;

import dev.sampan.gateway.internal.wire.StrictJson;
import tools.jackson.databind.node.ObjectNode;

/// Chunks of a chat in OpenAI's form, without what a [dev.sampan.gateway.internal.wire.ChunkStream] puts at
/// their head.
final class Chunks {
    private Chunks() {}

    static ObjectNode delta(int choice, ObjectNode delta) {
        return of(choice, delta, null);
    }

    /// The beginning of a tool's call.
    static ObjectNode call(int tool, String id, String name) {
        ObjectNode delta = StrictJson.empty();
        ObjectNode call = delta.putArray("tool_calls").addObject().put("index", tool);
        call.put("id", id).put("type", "function");
        call.putObject("function").put("name", name).put("arguments", "");
        return delta(0, delta);
    }

    static ObjectNode arguments(int tool, String piece) {
        ObjectNode delta = StrictJson.empty();
        delta.putArray("tool_calls")
                .addObject()
                .put("index", tool)
                .putObject("function")
                .put("arguments", piece);
        return delta(0, delta);
    }

    static ObjectNode end(int choice, String reason) {
        return of(choice, StrictJson.empty(), reason);
    }

    static ObjectNode usage(ObjectNode usage) {
        ObjectNode chunk = head();
        chunk.putArray("choices");
        chunk.set("usage", usage);
        return chunk;
    }

    static ObjectNode head() {
        return StrictJson.empty().put("object", "chat.completion.chunk");
    }

    private static ObjectNode of(int index, ObjectNode delta, @org.jspecify.annotations.Nullable String reason) {
        ObjectNode chunk = head();
        ObjectNode choice = chunk.putArray("choices").addObject().put("index", index);
        choice.set("delta", delta);
        choice.put("finish_reason", reason);
        return chunk;
    }
}
