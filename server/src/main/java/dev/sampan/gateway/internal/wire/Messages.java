package dev.sampan.gateway.internal.wire;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Anthropic's Messages API over a chat in OpenAI's form: texts, pictures, tools and their results, in one
/// piece. What one side knows and the other does not (`top_k`, `thinking`, cache marks) is left out.
final class Messages {
    private static final Map<String, String> STOP_REASONS =
            Map.of("stop", "end_turn", "length", "max_tokens", "tool_calls", "tool_use", "content_filter", "refusal");

    private Messages() {}

    /// The chat that is asked of a supplier who does not know Anthropic's API.
    ///
    /// @param lost what has no place in a chat is added here
    static ObjectNode chat(ObjectNode sent, List<ApiError> lost) throws BadBody {
        ObjectNode chat = StrictJson.empty();
        copy(sent, "model", chat, "model");
        if (!sent.path("max_tokens").isIntegralNumber()) {
            throw BadBody.of("'max_tokens' must be given: the longest answer, in tokens.", "max_tokens");
        }
        for (String name : new String[] {"max_tokens", "temperature", "top_p", "stream"}) {
            copy(sent, name, chat, name);
        }
        copy(sent, "stop_sequences", chat, "stop");
        copy(sent.path("metadata"), "user_id", chat, "user");
        messages(sent, chat.putArray("messages"), lost);
        tools(sent, chat, lost);
        return chat;
    }

    private static void copy(JsonNode from, String name, ObjectNode to, String as) {
        JsonNode value = from.path(name);
        if (!value.isMissingNode() && !value.isNull()) {
            to.set(as, value);
        }
    }

    private static void messages(ObjectNode sent, ArrayNode chat, List<ApiError> lost) throws BadBody {
        String system = text(sent.path("system"));
        if (!system.isEmpty()) {
            chat.addObject().put("role", "system").put("content", system);
        }
        JsonNode messages = sent.path("messages");
        if (!messages.isArray()) {
            throw BadBody.of("'messages' must be a list with at least one message.", "messages");
        }
        for (JsonNode message : messages) {
            String role = message.path("role").asString("");
            if (!role.equals("user") && !role.equals("assistant")) {
                throw BadBody.of("The role of each of 'messages' must be user or assistant.", "messages");
            }
            JsonNode content = message.path("content");
            if (content.isString()) {
                chat.addObject().put("role", role).set("content", content);
            } else if (content.isArray()) {
                blocks(role, content, chat, lost);
            } else {
                throw BadBody.of("The content of each of 'messages' must be a text or a list of blocks.", "messages");
            }
        }
    }

    /// The texts of a text or of a list of text blocks.
    private static String text(JsonNode node) {
        if (node.isString()) {
            return node.asString();
        }
        StringBuilder text = new StringBuilder();
        for (JsonNode block : node) {
            if (block.path("text").isString()) {
                text.append(text.isEmpty() ? "" : "\n")
                        .append(block.path("text").asString());
            }
        }
        return text.toString();
    }

    /// Results of tools are messages of their own there, and come before what else was said.
    private static void blocks(String role, JsonNode blocks, ArrayNode chat, List<ApiError> lost) {
        ArrayNode parts = StrictJson.empty().putArray("parts");
        ArrayNode calls = StrictJson.empty().putArray("calls");
        for (JsonNode block : blocks) {
            switch (block.path("type").asString("")) {
                case "text" -> parts.addObject().put("type", "text").set("text", block.path("text"));
                case "image" -> picture(block.path("source"), parts);
                case "tool_use" -> call(block, calls);
                case "tool_result" ->
                    chat.addObject()
                            .put("role", "tool")
                            .put("tool_call_id", block.path("tool_use_id").asString(""))
                            .put("content", text(block.path("content")));
                case "thinking", "redacted_thinking" -> {
                    // what a model thought is not told to another
                }
                default -> lost.add(unknown("block", block, "text, image, tool_use or tool_result", "messages"));
            }
        }
        if (parts.isEmpty() && calls.isEmpty()) {
            return;
        }
        ObjectNode message = chat.addObject().put("role", role);
        boolean plain = parts.size() == 1 && parts.get(0).has("text");
        if (parts.isEmpty()) {
            message.putNull("content");
        } else {
            message.set("content", plain ? parts.get(0).path("text") : parts);
        }
        if (!calls.isEmpty()) {
            message.set("tool_calls", calls);
        }
    }

    private static ApiError unknown(String what, JsonNode node, String known, String param) {
        String message = "A " + what + " of type '" + node.path("type").asString("")
                + "' is understood by Anthropic's models alone: use " + known + ".";
        return ApiError.badRequest(message, param, "unsupported_parameter");
    }

    private static void picture(JsonNode source, ArrayNode parts) {
        String url = source.path("type").asString("").equals("base64")
                ? "data:" + source.path("media_type").asString("image/png") + ";base64,"
                        + source.path("data").asString("")
                : source.path("url").asString("");
        parts.addObject().put("type", "image_url").putObject("image_url").put("url", url);
    }

    private static void call(JsonNode block, ArrayNode calls) {
        ObjectNode call = calls.addObject();
        call.put("id", block.path("id").asString("")).put("type", "function");
        call.putObject("function")
                .put("name", block.path("name").asString(""))
                .put("arguments", block.path("input").toString());
    }

    private static void tools(ObjectNode sent, ObjectNode chat, List<ApiError> lost) {
        if (sent.path("tools").isArray() && !sent.path("tools").isEmpty()) {
            ArrayNode tools = chat.putArray("tools");
            for (JsonNode tool : sent.path("tools")) {
                if (!tool.path("type").asString("custom").equals("custom")) {
                    lost.add(unknown("tool", tool, "tools of your own, with an input_schema", "tools"));
                    continue;
                }
                ObjectNode function = tools.addObject().put("type", "function").putObject("function");
                copy(tool, "name", function, "name");
                copy(tool, "description", function, "description");
                copy(tool, "input_schema", function, "parameters");
            }
        }
        JsonNode choice = sent.path("tool_choice");
        switch (choice.path("type").asString("")) {
            case "auto" -> chat.put("tool_choice", "auto");
            case "any" -> chat.put("tool_choice", "required");
            case "none" -> chat.put("tool_choice", "none");
            case "tool" ->
                chat.putObject("tool_choice")
                        .put("type", "function")
                        .putObject("function")
                        .put("name", choice.path("name").asString(""));
            default -> {
                // nothing chosen
            }
        }
        if (choice.path("disable_parallel_tool_use").asBoolean(false)) {
            chat.put("parallel_tool_calls", false);
        }
    }

    /// A supplier's answer as a message.
    static ObjectNode answer(ProxiedRequest asked, ObjectNode answer, String id, TokenUsage usage) {
        JsonNode choice = answer.path("choices").path(0);
        ObjectNode message = head(asked, id);
        ArrayNode content = message.putArray("content");
        String text = choice.path("message").path("content").asString("");
        if (!text.isEmpty()) {
            content.addObject().put("type", "text").put("text", text);
        }
        for (JsonNode call : choice.path("message").path("tool_calls")) {
            ObjectNode input = StrictJson.objectOrNull(
                    call.path("function").path("arguments").asString("{}"));
            content.addObject()
                    .put("type", "tool_use")
                    .put("id", call.path("id").asString(""))
                    .put("name", call.path("function").path("name").asString(""))
                    .set("input", input == null ? StrictJson.empty() : input);
        }
        message.put("stop_reason", stopReason(choice.path("finish_reason")));
        message.putNull("stop_sequence");
        message.set("usage", usage(usage));
        return message;
    }

    static ObjectNode head(ProxiedRequest asked, String id) {
        ObjectNode message = StrictJson.empty();
        message.put("id", "msg_" + id).put("type", "message").put("role", "assistant");
        message.put("model", asked.model().name());
        return message;
    }

    static String stopReason(JsonNode finishReason) {
        return STOP_REASONS.getOrDefault(finishReason.asString("stop"), "end_turn");
    }

    /// The parts of the prompt do not overlap here.
    static ObjectNode usage(TokenUsage usage) {
        ObjectNode tree = StrictJson.empty();
        tree.put("input_tokens", usage.prompt() - usage.cached() - usage.cacheWrite());
        tree.put("cache_creation_input_tokens", usage.cacheWrite());
        tree.put("cache_read_input_tokens", usage.cached());
        tree.put("output_tokens", usage.output());
        return tree;
    }
}
