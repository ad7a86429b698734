package dev.sampan.gateway.internal.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// OpenAI's Responses over a chat: instructions, items of input, tools of the caller's own, formats. No answer
/// is kept here, so what refers to kept ones is refused whoever the supplier is: kept there, it would lie in
/// our account, where every customer of ours could name it.
public final class Responses {
    private static final List<String> KEPT = List.of("previous_response_id", "conversation", "prompt");

    private static final List<String> SAME = List.of(
            "model",
            "temperature",
            "top_p",
            "parallel_tool_calls",
            "user",
            "safety_identifier",
            "prompt_cache_key",
            "service_tier",
            "stream");

    private Responses() {}

    /// The chat that is asked of a supplier who does not know Responses.
    ///
    /// @param lost what has no place in a chat is added here
    static ObjectNode chat(ObjectNode sent, List<ApiError> lost) throws BadBody {
        for (String name : KEPT) {
            if (sent.hasNonNull(name)) {
                throw refused(name);
            }
        }
        if (sent.path("background").asBoolean(false)) {
            throw refused("background");
        }
        ObjectNode chat = StrictJson.empty();
        SAME.forEach(name -> copy(sent, name, chat, name));
        copy(sent, "max_output_tokens", chat, "max_completion_tokens");
        copy(sent.path("reasoning"), "effort", chat, "reasoning_effort");
        copy(sent.path("text"), "verbosity", chat, "verbosity");
        ArrayNode messages = chat.putArray("messages");
        if (sent.path("instructions").isString()) {
            messages.addObject().put("role", "system").set("content", sent.path("instructions"));
        }
        input(sent.path("input"), messages, lost);
        tools(sent, chat, lost);
        format(sent.at("/text/format"), chat);
        logprobs(sent, chat);
        return chat;
    }

    private static BadBody refused(String name) {
        return new BadBody(ApiError.badRequest(
                "'" + name + "' is not understood here: no response is kept. Send the whole conversation as 'input'.",
                name,
                "unsupported_parameter"));
    }

    private static void copy(JsonNode from, String name, ObjectNode to, String as) {
        JsonNode value = from.path(name);
        if (!value.isMissingNode() && !value.isNull()) {
            to.set(as, value);
        }
    }

    private static void input(JsonNode input, ArrayNode messages, List<ApiError> lost) throws BadBody {
        if (input.isString() && !input.asString().isEmpty()) {
            messages.addObject().put("role", "user").set("content", input);
            return;
        }
        if (!input.isArray() || input.isEmpty()) {
            throw BadBody.of("'input' must be a text, or a list with at least one item.", "input");
        }
        for (JsonNode item : input) {
            switch (item.path("type").asString("message")) {
                case "message" -> message(item, messages, lost);
                case "function_call" -> call(item, messages);
                case "function_call_output" ->
                    messages.addObject()
                            .put("role", "tool")
                            .put("tool_call_id", item.path("call_id").asString(""))
                            .set("content", content(item.path("output"), lost));
                case "reasoning" -> {
                    // what a model thought is not told to another
                }
                case "item_reference" -> throw refused("input");
                default -> lost.add(unknown("An item", item, "input"));
            }
        }
    }

    private static void message(JsonNode item, ArrayNode messages, List<ApiError> lost) throws BadBody {
        if (!item.path("role").isString()) {
            throw BadBody.of("Each message of 'input' must have a 'role'.", "input");
        }
        messages.addObject()
                .put("role", item.path("role").asString())
                .set("content", content(item.path("content"), lost));
    }

    /// Calls that follow each other, or what the model said before, are one message there.
    private static void call(JsonNode item, ArrayNode messages) {
        ObjectNode last = messages.isEmpty() ? null : (ObjectNode) messages.get(messages.size() - 1);
        if (last == null || !last.path("role").asString().equals("assistant")) {
            last = messages.addObject().put("role", "assistant").putNull("content");
        }
        ArrayNode calls = last.path("tool_calls") instanceof ArrayNode known ? known : last.putArray("tool_calls");
        ObjectNode call =
                calls.addObject().put("id", item.path("call_id").asString("")).put("type", "function");
        call.putObject("function")
                .put("name", item.path("name").asString(""))
                .put("arguments", item.path("arguments").asString("{}"));
    }

    private static JsonNode content(JsonNode content, List<ApiError> lost) {
        if (!content.isArray()) {
            return content;
        }
        ArrayNode parts = StrictJson.empty().putArray("content");
        for (JsonNode part : content) {
            switch (part.path("type").asString("")) {
                case "input_text", "output_text", "text" ->
                    parts.addObject().put("type", "text").set("text", part.path("text"));
                case "refusal" -> parts.addObject().put("type", "refusal").set("refusal", part.path("refusal"));
                case "input_image" -> picture(part, parts, lost);
                case "input_file" -> file(part, parts, lost);
                case "input_audio" ->
                    parts.addObject().put("type", "input_audio").set("input_audio", part.path("input_audio"));
                default -> lost.add(unknown("A part", part, "input"));
            }
        }
        return parts.size() == 1 && parts.get(0).has("text") ? parts.get(0).path("text") : parts;
    }

    private static void picture(JsonNode part, ArrayNode parts, List<ApiError> lost) {
        if (!part.path("image_url").isString()) {
            lost.add(unknown("A picture without image_url", part, "input"));
            return;
        }
        ObjectNode url = parts.addObject().put("type", "image_url").putObject("image_url");
        url.set("url", part.path("image_url"));
        copy(part, "detail", url, "detail");
    }

    private static void file(JsonNode part, ArrayNode parts, List<ApiError> lost) {
        if (!part.path("file_data").isString()) {
            lost.add(unknown("A file without file_data", part, "input"));
            return;
        }
        ObjectNode file = parts.addObject().put("type", "file").putObject("file");
        copy(part, "file_data", file, "file_data");
        copy(part, "filename", file, "filename");
    }

    private static ApiError unknown(String what, JsonNode node, String param) {
        String message = what + " of type '" + node.path("type").asString("")
                + "' is understood by suppliers of OpenAI's Responses alone.";
        return ApiError.badRequest(message, param, "unsupported_parameter");
    }

    private static void tools(ObjectNode sent, ObjectNode chat, List<ApiError> lost) {
        if (sent.path("tools").isArray() && !sent.path("tools").isEmpty()) {
            ArrayNode tools = chat.putArray("tools");
            for (JsonNode tool : sent.path("tools")) {
                if (!tool.path("type").asString("").equals("function")) {
                    lost.add(unknown("A tool", tool, "tools"));
                    continue;
                }
                ObjectNode function = tools.addObject().put("type", "function").putObject("function");
                for (String name : new String[] {"name", "description", "parameters", "strict"}) {
                    copy(tool, name, function, name);
                }
            }
        }
        JsonNode choice = sent.path("tool_choice");
        if (choice.isString()) {
            chat.set("tool_choice", choice);
        } else if (choice.path("type").asString("").equals("function")) {
            chat.putObject("tool_choice")
                    .put("type", "function")
                    .putObject("function")
                    .set("name", choice.path("name"));
        } else if (choice.isObject()) {
            lost.add(unknown("A choice", choice, "tool_choice"));
        }
    }

    private static void format(JsonNode format, ObjectNode chat) {
        switch (format.path("type").asString("")) {
            case "json_schema" -> {
                ObjectNode schema = chat.putObject("response_format")
                        .put("type", "json_schema")
                        .putObject("json_schema");
                for (String name : new String[] {"name", "description", "schema", "strict"}) {
                    copy(format, name, schema, name);
                }
            }
            case "json_object" -> chat.putObject("response_format").put("type", "json_object");
            default -> {
                // a text, as always
            }
        }
    }

    private static void logprobs(ObjectNode sent, ObjectNode chat) {
        boolean wanted = sent.path("top_logprobs").asInt(0) > 0;
        for (JsonNode one : sent.path("include")) {
            wanted |= one.asString("").equals("message.output_text.logprobs");
        }
        if (wanted) {
            chat.put("logprobs", true);
            copy(sent, "top_logprobs", chat, "top_logprobs");
        }
    }

    /// Usage as Responses name it.
    static ObjectNode usage(TokenUsage usage) {
        ObjectNode tree = StrictJson.empty();
        tree.put("input_tokens", usage.prompt());
        tree.putObject("input_tokens_details")
                .put("cached_tokens", usage.cached())
                .put("cache_write_tokens", usage.cacheWrite());
        tree.put("output_tokens", usage.output());
        tree.putObject("output_tokens_details").put("reasoning_tokens", usage.reasoning());
        tree.put("total_tokens", usage.prompt() + usage.output());
        return tree;
    }

    /// The same, read. Null where it cannot be believed.
    public static @Nullable TokenUsage usage(JsonNode said) {
        ObjectNode tree = StrictJson.empty();
        copy(said, "input_tokens", tree, "prompt_tokens");
        copy(said, "output_tokens", tree, "completion_tokens");
        copy(said, "input_tokens_details", tree, "prompt_tokens_details");
        copy(said, "output_tokens_details", tree, "completion_tokens_details");
        return TokenUsage.of(tree);
    }
}
