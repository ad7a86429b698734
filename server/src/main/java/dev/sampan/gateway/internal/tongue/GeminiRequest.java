package dev.sampan.gateway.internal.tongue;

import dev.sampan.gateway.internal.wire.ProxiedRequest;
import dev.sampan.gateway.internal.wire.StrictJson;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A chat in OpenAI's form as a request of `generateContent`.
final class GeminiRequest {
    private GeminiRequest() {}

    static ObjectNode of(ProxiedRequest asked) {
        ObjectNode chat = asked.body();
        ObjectNode there = StrictJson.empty();
        String system = Parts.system(chat.path("messages"));
        if (!system.isEmpty()) {
            there.putObject("systemInstruction").putArray("parts").addObject().put("text", system);
        }
        contents(chat.path("messages"), there.putArray("contents"));
        tools(chat, there);
        config(asked, there.putObject("generationConfig"));
        return there;
    }

    /// What one speaker says in a row stands in one content: results of tools must be together.
    private static void contents(JsonNode messages, ArrayNode contents) {
        Map<String, String> names = new HashMap<>(); // of tools by the id of their call: results are told by name
        String speaking = "";
        ArrayNode parts = StrictJson.empty().putArray("parts");
        for (JsonNode message : messages) {
            if (Parts.isSystem(message)) {
                continue;
            }
            String role = message.path("role").asString("").equals("assistant") ? "model" : "user";
            if (!role.equals(speaking)) {
                speaking = role;
                parts = contents.addObject().put("role", role).putArray("parts");
            }
            if (message.path("role").asString("").equals("tool")) {
                result(message, names, parts.addObject().putObject("functionResponse"));
            } else {
                content(message.path("content"), parts);
                for (JsonNode call : message.path("tool_calls")) {
                    names.put(
                            call.path("id").asString(""),
                            call.path("function").path("name").asString(""));
                    call(call, parts.addObject());
                }
            }
        }
    }

    private static void result(JsonNode message, Map<String, String> names, ObjectNode response) {
        String id = message.path("tool_call_id").asString("");
        response.put("name", names.getOrDefault(id, "tool"));
        String text = Parts.text(message.path("content"));
        ObjectNode object = StrictJson.objectOrNull(text);
        response.set("response", object == null ? StrictJson.empty().put("result", text) : object);
    }

    /// A model that thinks signs its calls; the signature comes back where it was handed out, as Google's own
    /// API for OpenAI's clients does it.
    private static void call(JsonNode call, ObjectNode part) {
        part.putObject("functionCall")
                .put("name", call.path("function").path("name").asString(""))
                .set("args", Parts.arguments(call));
        JsonNode signature = call.at("/extra_content/google/thought_signature");
        if (signature.isString()) {
            part.set("thoughtSignature", signature);
        }
    }

    private static void content(JsonNode content, ArrayNode parts) {
        if (content.isString()) {
            if (!content.asString().isEmpty()) {
                parts.addObject().set("text", content);
            }
            return;
        }
        for (JsonNode part : content) {
            switch (part.path("type").asString("")) {
                case "image_url" -> data(part.at("/image_url/url").asString(""), parts);
                case "file" -> data(part.at("/file/file_data").asString(""), parts);
                case "input_audio" ->
                    inline(
                            "audio/" + part.at("/input_audio/format").asString("wav"),
                            part.at("/input_audio/data").asString(""),
                            parts);
                default ->
                    parts.addObject()
                            .put(
                                    "text",
                                    part.path("text")
                                            .asString(part.path("refusal").asString("")));
            }
        }
    }

    private static void data(String url, ArrayNode parts) {
        Parts.Data data = Parts.Data.of(url);
        if (data != null) {
            inline(data.type(), data.base64(), parts);
        }
    }

    private static void inline(String type, String base64, ArrayNode parts) {
        parts.addObject().putObject("inlineData").put("mimeType", type).put("data", base64);
    }

    private static void tools(ObjectNode chat, ObjectNode there) {
        if (!chat.path("tools").isArray() || chat.path("tools").isEmpty()) {
            return;
        }
        ArrayNode declared = there.putArray("tools").addObject().putArray("functionDeclarations");
        for (JsonNode tool : chat.path("tools")) {
            JsonNode function = tool.path("function");
            ObjectNode made = declared.addObject();
            Parts.copy(function, "name", made, "name");
            Parts.copy(function, "description", made, "description");
            Parts.copy(function, "parameters", made, "parametersJsonSchema");
        }
        JsonNode choice = chat.path("tool_choice");
        String mode = switch (choice.asString("")) {
            case "required" -> "ANY";
            case "none" -> "NONE";
            default -> choice.isObject() ? "ANY" : "AUTO";
        };
        ObjectNode config =
                there.putObject("toolConfig").putObject("functionCallingConfig").put("mode", mode);
        if (choice.isObject()) {
            config.putArray("allowedFunctionNames")
                    .add(choice.at("/function/name").asString(""));
        }
    }

    private static void config(ProxiedRequest asked, ObjectNode config) {
        ObjectNode chat = asked.body();
        config.put("maxOutputTokens", asked.outputMax());
        if (asked.choices() > 1) {
            config.put("candidateCount", asked.choices());
        }
        Parts.copy(chat, "temperature", config, "temperature");
        Parts.copy(chat, "top_p", config, "topP");
        Parts.copy(chat, "presence_penalty", config, "presencePenalty");
        Parts.copy(chat, "frequency_penalty", config, "frequencyPenalty");
        Parts.copy(chat, "seed", config, "seed");
        JsonNode stop = chat.path("stop");
        if (stop.isString()) {
            config.putArray("stopSequences").add(stop);
        } else if (stop.isArray() && !stop.isEmpty()) {
            config.set("stopSequences", stop);
        }
        String format = chat.at("/response_format/type").asString("");
        if (format.startsWith("json")) {
            config.put("responseMimeType", "application/json");
        }
        Parts.copy(chat.at("/response_format/json_schema"), "schema", config, "responseJsonSchema");
    }
}
