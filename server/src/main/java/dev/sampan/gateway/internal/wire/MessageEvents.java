package dev.sampan.gateway.internal.wire;

import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Anthropic's events out of a chat's chunks: one message with one block after the other, of text or of a
/// tool's input.
final class MessageEvents implements ChunkWriter {
    /// No block is open.
    private static final int NONE = -1;

    /// The open block is text; tools count from 0.
    private static final int TEXT = -2;

    private final ProxiedRequest asked;
    private final String id;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private boolean started;
    private int open = NONE;
    private int blocks;
    private String stopReason = "end_turn";

    MessageEvents(ProxiedRequest asked, String id) {
        this.asked = asked;
        this.id = id;
    }

    @Override
    public byte[] chunk(ObjectNode chunk) {
        out.reset();
        start();
        JsonNode choice = chunk.path("choices").path(0);
        JsonNode delta = choice.path("delta");
        String text = delta.path("content").asString("");
        if (!text.isEmpty()) {
            block(TEXT, delta);
            delta("text_delta", "text", text);
        }
        for (JsonNode call : delta.path("tool_calls")) {
            block(call.path("index").asInt(0), call);
            String piece = call.path("function").path("arguments").asString("");
            if (!piece.isEmpty()) {
                delta("input_json_delta", "partial_json", piece);
            }
        }
        if (choice.hasNonNull("finish_reason")) {
            stopReason = Messages.stopReason(choice.path("finish_reason"));
        }
        return out.toByteArray();
    }

    private void start() {
        if (started) {
            return;
        }
        started = true;
        ObjectNode event = event("message_start");
        ObjectNode message = Messages.head(asked, id);
        message.putArray("content");
        message.putNull("stop_reason");
        message.putNull("stop_sequence");
        message.set("usage", Messages.usage(TokenUsage.NONE)); // known at the end, where it stands
        event.set("message", message);
        write(event);
    }

    /// Closes another block and opens this one.
    ///
    /// @param which [#TEXT] or the index of a tool's call
    private void block(int which, JsonNode first) {
        if (open == which) {
            return;
        }
        close();
        open = which;
        ObjectNode event = event("content_block_start");
        event.put("index", blocks);
        ObjectNode block = event.putObject("content_block");
        if (which == TEXT) {
            block.put("type", "text").put("text", "");
        } else {
            block.put("type", "tool_use");
            block.put("id", first.path("id").asString(""));
            block.put("name", first.path("function").path("name").asString(""));
            block.putObject("input");
        }
        write(event);
    }

    private void delta(String type, String key, String value) {
        ObjectNode event = event("content_block_delta");
        event.put("index", blocks);
        event.putObject("delta").put("type", type).put(key, value);
        write(event);
    }

    private void close() {
        if (open != NONE) {
            ObjectNode event = event("content_block_stop");
            event.put("index", blocks++);
            write(event);
            open = NONE;
        }
    }

    @Override
    public byte[] end(@Nullable JsonNode said, TokenUsage counted) {
        out.reset();
        start();
        close();
        ObjectNode event = event("message_delta");
        event.putObject("delta").put("stop_reason", stopReason).putNull("stop_sequence");
        event.set("usage", Messages.usage(counted));
        write(event);
        write(event("message_stop"));
        return out.toByteArray();
    }

    @Override
    public byte[] failed(ApiError error) {
        return Events.error(error, Dialect.ANTHROPIC);
    }

    private static ObjectNode event(String type) {
        return StrictJson.empty().put("type", type);
    }

    private void write(ObjectNode event) {
        out.writeBytes(Events.named(event.path("type").asString(), StrictJson.bytes(event)));
    }
}
