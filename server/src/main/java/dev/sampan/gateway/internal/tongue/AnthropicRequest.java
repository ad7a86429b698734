package dev.sampan.gateway.internal.tongue;

import dev.sampan.gateway.internal.wire.ProxiedRequest;
import dev.sampan.gateway.internal.wire.StrictJson;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A chat in OpenAI's form as a request of Anthropic's Messages.
final class AnthropicRequest {
    private AnthropicRequest() {}

    static ObjectNode of(ProxiedRequest asked, String modelThere) {
        ObjectNode chat = asked.body();
        ObjectNode there = StrictJson.empty();
        there.put("model", modelThere).put("max_tokens", asked.outputMax());
        Parts.copy(chat, "temperature", there, "temperature");
        Parts.copy(chat, "top_p", there, "top_p");
        if (asked.stream()) {
            there.put("stream", true);
        }
        stop(chat.path("stop"), there);
        if (chat.path("user").isString()) {
            there.putObject("metadata").set("user_id", chat.path("user"));
        }
        String system = Parts.system(chat.path("messages"));
        if (!system.isEmpty()) {
            there.put("system", system);
        }
        messages(chat.path("messages"), there.putArray("messages"));
        tools(chat, there);
        JsonNode schema = chat.at("/response_format/json_schema/schema");
        if (schema.isObject()) {
            there.putObject("output_config")
                    .putObject("format")
                    .put("type", "json_schema")
                    .set("schema", schema);
        }
        return there;
    }

    private static void stop(JsonNode stop, ObjectNode there) {
        if (stop.isString()) {
            there.putArray("stop_sequences").add(stop);
        } else if (stop.isArray() && !stop.isEmpty()) {
            there.set("stop_sequences", stop);
        }
    }

    /// Results of tools that follow each other stand in one message of the user: Anthropic wants all results of
    /// a turn together.
    private static void messages(JsonNode messages, ArrayNode there) {
        ArrayNode results = null;
        for (JsonNode message : messages) {
            if (Parts.isSystem(message)) {
                continue;
            }
            String role = message.path("role").asString("");
            if (role.equals("tool")) {
                results =
                        results == null ? there.addObject().put("role", "user").putArray("content") : results;
                result(message, results.addObject());
                continue;
            }
            results = null;
            ArrayNode blocks = StrictJson.empty().putArray("content");
            blocks(message.path("content"), blocks);
            message.path("tool_calls").forEach(call -> call(call, blocks.addObject()));
            if (!blocks.isEmpty()) {
                there.addObject().put("role", role).set("content", blocks);
            }
        }
    }

    private static void result(JsonNode message, ObjectNode result) {
        result.put("type", "tool_result");
        result.put("tool_use_id", message.path("tool_call_id").asString(""));
        result.put("content", Parts.text(message.path("content")));
    }

    private static void call(JsonNode call, ObjectNode block) {
        block.put("type", "tool_use");
        block.put("id", call.path("id").asString(""));
        block.put("name", call.path("function").path("name").asString(""));
        block.set("input", Parts.arguments(call));
    }

    /// Empty texts are no blocks there.
    private static void blocks(JsonNode content, ArrayNode blocks) {
        if (content.isString()) {
            if (!content.asString().isEmpty()) {
                blocks.addObject().put("type", "text").set("text", content);
            }
            return;
        }
        for (JsonNode part : content) {
            switch (part.path("type").asString("")) {
                case "image_url" -> picture(part.at("/image_url/url").asString(""), blocks.addObject());
                case "file" -> file(part.path("file"), blocks.addObject());
                default -> {
                    String text =
                            part.path("text").asString(part.path("refusal").asString(""));
                    if (!text.isEmpty()) {
                        ObjectNode block =
                                blocks.addObject().put("type", "text").put("text", text);
                        Parts.copy(part, "cache_control", block, "cache_control"); // a mark that others hand on too
                    }
                }
            }
        }
    }

    private static void picture(String url, ObjectNode block) {
        block.put("type", "image");
        ObjectNode source = block.putObject("source");
        Parts.Data data = Parts.Data.of(url);
        if (data == null) {
            source.put("type", "url").put("url", url);
        } else {
            source.put("type", "base64").put("media_type", data.type()).put("data", data.base64());
        }
    }

    private static void file(JsonNode file, ObjectNode block) {
        Parts.Data data = Objects.requireNonNull(
                Parts.Data.of(file.path("file_data").asString("")), "looked at before it is said");
        block.put("type", "document");
        block.putObject("source")
                .put("type", "base64")
                .put("media_type", data.type())
                .put("data", data.base64());
        Parts.copy(file, "filename", block, "title");
    }

    private static void tools(ObjectNode chat, ObjectNode there) {
        if (!chat.path("tools").isArray() || chat.path("tools").isEmpty()) {
            return;
        }
        ArrayNode tools = there.putArray("tools");
        for (JsonNode tool : chat.path("tools")) {
            JsonNode function = tool.path("function");
            ObjectNode made = tools.addObject();
            Parts.copy(function, "name", made, "name");
            Parts.copy(function, "description", made, "description");
            if (function.path("parameters").isObject()) {
                made.set("input_schema", function.path("parameters"));
            } else {
                made.putObject("input_schema").put("type", "object");
            }
            Parts.copy(function, "strict", made, "strict");
        }
        choice(chat, there);
    }

    private static void choice(ObjectNode chat, ObjectNode there) {
        JsonNode said = chat.path("tool_choice");
        boolean oneByOne = chat.path("parallel_tool_calls").isBoolean()
                && !chat.path("parallel_tool_calls").asBoolean();
        String type = switch (said.asString("")) {
            case "required" -> "any";
            case "none" -> "none";
            default -> said.isObject() ? "tool" : "auto";
        };
        if (type.equals("auto") && !oneByOne) {
            return; // as it is anyway
        }
        ObjectNode choice = there.putObject("tool_choice").put("type", type);
        if (type.equals("tool")) {
            choice.put("name", said.at("/function/name").asString(""));
        }
        if (oneByOne && !type.equals("none")) {
            choice.put("disable_parallel_tool_use", true);
        }
    }
}
