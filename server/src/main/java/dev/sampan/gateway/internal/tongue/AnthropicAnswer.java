package dev.sampan.gateway.internal.tongue;

import dev.sampan.gateway.internal.wire.StrictJson;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A message of Anthropic's as an answer in OpenAI's form.
final class AnthropicAnswer {
    private static final Map<String, String> REASONS = Map.of(
            "end_turn", "stop",
            "stop_sequence", "stop",
            "pause_turn", "stop",
            "max_tokens", "length",
            "model_context_window_exceeded", "length",
            "tool_use", "tool_calls",
            "refusal", "content_filter");

    private AnthropicAnswer() {}

    static ObjectNode chat(ObjectNode message) {
        ObjectNode chat = StrictJson.empty();
        chat.put("id", "").put("object", "chat.completion").put("created", 0).put("model", "");
        ObjectNode choice = chat.putArray("choices").addObject().put("index", 0);
        ObjectNode said = choice.putObject("message").put("role", "assistant");
        StringBuilder text = new StringBuilder();
        StringBuilder thought = new StringBuilder();
        ArrayNode calls = StrictJson.empty().putArray("calls");
        for (JsonNode block : message.path("content")) {
            switch (block.path("type").asString("")) {
                case "text" -> text.append(block.path("text").asString(""));
                case "thinking" -> thought.append(block.path("thinking").asString(""));
                case "tool_use" -> call(block, calls.addObject());
                default -> {
                    // OpenAI's callers have no word for it
                }
            }
        }
        if (text.isEmpty() && !calls.isEmpty()) {
            said.putNull("content");
        } else {
            said.put("content", text.toString());
        }
        said.putNull("refusal");
        if (!thought.isEmpty()) {
            said.put("reasoning_content", thought.toString());
        }
        if (!calls.isEmpty()) {
            said.set("tool_calls", calls);
        }
        choice.putNull("logprobs");
        choice.put("finish_reason", reason(message.path("stop_reason")));
        ObjectNode usage = usage(message.path("usage"));
        if (usage != null) {
            chat.set("usage", usage);
        }
        return chat;
    }

    private static void call(JsonNode block, ObjectNode call) {
        call.put("id", block.path("id").asString("")).put("type", "function");
        call.putObject("function")
                .put("name", block.path("name").asString(""))
                .put("arguments", block.path("input").toString());
    }

    static String reason(JsonNode stopReason) {
        return REASONS.getOrDefault(stopReason.asString(""), "stop");
    }

    /// Their prompt has three parts that do not overlap; ours is the sum, and says of which. Null where it is
    /// not said.
    static @Nullable ObjectNode usage(JsonNode usage) {
        if (!usage.path("input_tokens").isIntegralNumber()
                || !usage.path("output_tokens").isIntegralNumber()) {
            return null;
        }
        long read = usage.path("cache_read_input_tokens").asLong(0);
        long written = usage.path("cache_creation_input_tokens").asLong(0);
        long prompt = usage.path("input_tokens").asLong() + read + written;
        long output = usage.path("output_tokens").asLong();
        ObjectNode tree = StrictJson.empty();
        tree.put("prompt_tokens", prompt).put("completion_tokens", output).put("total_tokens", prompt + output);
        tree.putObject("prompt_tokens_details").put("cached_tokens", read).put("cache_write_tokens", written);
        JsonNode thought = usage.at("/output_tokens_details/thinking_tokens");
        if (thought.isIntegralNumber()) {
            tree.putObject("completion_tokens_details").set("reasoning_tokens", thought);
        }
        return tree;
    }

    /// In a stream counts are said at the beginning and again, higher, at the end.
    static void merge(ObjectNode counts, JsonNode said) {
        if (said instanceof ObjectNode object) {
            object.properties().stream()
                    .filter(field -> !field.getValue().isNull())
                    .forEach(field -> counts.set(field.getKey(), field.getValue()));
        }
    }
}
