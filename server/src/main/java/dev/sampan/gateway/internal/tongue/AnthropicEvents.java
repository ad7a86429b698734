package dev.sampan.gateway.internal.tongue;

import dev.sampan.gateway.internal.wire.ChunkReader;
import dev.sampan.gateway.internal.wire.Incoming;
import dev.sampan.gateway.internal.wire.StrictJson;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Chunks in OpenAI's form out of Anthropic's events. Tools are counted there as blocks among others, here from
/// 0.
final class AnthropicEvents implements ChunkReader {
    private final ObjectNode usage = StrictJson.empty();
    private final Map<Integer, Integer> tools = new HashMap<>();
    private boolean argued;

    @Override
    public @Nullable List<ObjectNode> chunks(String data) throws Incoming.Broken {
        ObjectNode event = StrictJson.objectOrNull(data);
        if (event == null) {
            throw new Incoming.Broken("an event that is no JSON object");
        }
        int index = event.path("index").asInt(0);
        return switch (event.path("type").asString("")) {
            case "message_start" -> {
                AnthropicAnswer.merge(usage, event.at("/message/usage"));
                yield List.of(Chunks.delta(
                        0, StrictJson.empty().put("role", "assistant").put("content", "")));
            }
            case "content_block_start" -> begun(index, event.path("content_block"));
            case "content_block_delta" -> delta(index, event.path("delta"));
            case "content_block_stop" -> ended(index);
            case "message_delta" -> last(event);
            case "message_stop" -> null;
            case "error" -> throw new Incoming.Broken("an error in the stream");
            default -> List.of(); // ping, and what they may think of
        };
    }

    private List<ObjectNode> begun(int index, JsonNode block) {
        if (block.path("type").asString("").equals("tool_use")) {
            argued = false;
            tools.put(index, tools.size());
            return List.of(Chunks.call(
                    tools.get(index),
                    block.path("id").asString(""),
                    block.path("name").asString("")));
        }
        String text = block.path("text").asString("");
        return text.isEmpty()
                ? List.of()
                : List.of(Chunks.delta(0, StrictJson.empty().put("content", text)));
    }

    private List<ObjectNode> delta(int index, JsonNode delta) {
        return switch (delta.path("type").asString("")) {
            case "text_delta" ->
                List.of(Chunks.delta(
                        0, StrictJson.empty().put("content", delta.path("text").asString(""))));
            case "thinking_delta" ->
                List.of(Chunks.delta(
                        0,
                        StrictJson.empty()
                                .put("reasoning_content", delta.path("thinking").asString(""))));
            case "input_json_delta" -> {
                Integer tool = tools.get(index);
                String piece = delta.path("partial_json").asString("");
                argued |= !piece.isEmpty();
                yield tool == null || piece.isEmpty() ? List.of() : List.of(Chunks.arguments(tool, piece));
            }
            default -> List.of(); // signatures
        };
    }

    /// A call without arguments says nothing there; here it says an empty object.
    private List<ObjectNode> ended(int index) {
        Integer tool = tools.get(index);
        return tool == null || argued ? List.of() : List.of(Chunks.arguments(tool, "{}"));
    }

    private List<ObjectNode> last(ObjectNode event) {
        AnthropicAnswer.merge(usage, event.path("usage"));
        ObjectNode counted = AnthropicAnswer.usage(usage);
        ObjectNode end = Chunks.end(0, AnthropicAnswer.reason(event.at("/delta/stop_reason")));
        return counted == null ? List.of(end) : List.of(end, Chunks.usage(counted));
    }
}
