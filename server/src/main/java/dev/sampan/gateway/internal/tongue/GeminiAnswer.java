package dev.sampan.gateway.internal.tongue;

import dev.sampan.gateway.internal.wire.AnswerId;
import dev.sampan.gateway.internal.wire.StrictJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// An answer of `generateContent` in OpenAI's form.
final class GeminiAnswer {
    private GeminiAnswer() {}

    /// Null where no candidate can be used: a broken call of a tool is tried elsewhere.
    static @Nullable ObjectNode chat(ObjectNode said, AnswerId id) {
        ObjectNode chat = StrictJson.empty();
        chat.put("id", "").put("object", "chat.completion").put("created", 0).put("model", "");
        ArrayNode choices = chat.putArray("choices");
        if (blocked(said)) {
            ObjectNode choice = choices.addObject().put("index", 0);
            choice.putObject("message")
                    .put("role", "assistant")
                    .putNull("content")
                    .put("refusal", "The request was refused.");
            choice.putNull("logprobs").put("finish_reason", "content_filter");
        }
        int calls = 0;
        for (JsonNode candidate : said.path("candidates")) {
            if (candidate.path("finishReason").asString("").startsWith("MALFORMED")) {
                return null;
            }
            calls += choice(candidate, choices.addObject(), id, calls);
        }
        ObjectNode usage = usage(said.path("usageMetadata"));
        if (usage != null) {
            chat.set("usage", usage);
        }
        return chat;
    }

    /// The prompt was not let in.
    static boolean blocked(ObjectNode said) {
        return said.path("candidates").isEmpty()
                && said.at("/promptFeedback/blockReason").isString();
    }

    private static int choice(JsonNode candidate, ObjectNode choice, AnswerId id, int before) {
        choice.put("index", candidate.path("index").asInt(0));
        ObjectNode message = choice.putObject("message").put("role", "assistant");
        StringBuilder text = new StringBuilder();
        StringBuilder thought = new StringBuilder();
        ArrayNode calls = StrictJson.empty().putArray("calls");
        for (JsonNode part : candidate.at("/content/parts")) {
            String piece = part.path("text").asString("");
            (part.path("thought").asBoolean(false) ? thought : text).append(piece);
            if (part.path("functionCall").isObject()) {
                call(part, calls.addObject(), id, before + calls.size());
            }
        }
        if (text.isEmpty() && !calls.isEmpty()) {
            message.putNull("content");
        } else {
            message.put("content", text.toString());
        }
        message.putNull("refusal");
        if (!thought.isEmpty()) {
            message.put("reasoning_content", thought.toString());
        }
        if (!calls.isEmpty()) {
            message.set("tool_calls", calls);
        }
        choice.putNull("logprobs").put("finish_reason", reason(candidate, !calls.isEmpty()));
        return calls.size();
    }

    /// @param number from 1: calls have no ids there, or ids that are not worth much
    static void call(JsonNode part, ObjectNode call, AnswerId id, int number) {
        call.put("id", "call_" + id.id() + "_" + number).put("type", "function");
        JsonNode args = part.path("functionCall").path("args");
        call.putObject("function")
                .put("name", part.path("functionCall").path("name").asString(""))
                .put("arguments", args.isObject() ? args.toString() : "{}");
        if (part.path("thoughtSignature").isString()) {
            call.putObject("extra_content").putObject("google").set("thought_signature", part.path("thoughtSignature"));
        }
    }

    static String reason(JsonNode candidate, boolean called) {
        return switch (candidate.path("finishReason").asString("")) {
            case "MAX_TOKENS" -> "length";
            case "SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "IMAGE_SAFETY" -> "content_filter";
            default -> called ? "tool_calls" : "stop";
        };
    }

    /// What a model thought is counted beside its answer there; here it is part of it.
    static @Nullable ObjectNode usage(JsonNode usage) {
        if (!usage.path("promptTokenCount").isIntegralNumber()) {
            return null;
        }
        long prompt = usage.path("promptTokenCount").asLong()
                + usage.path("toolUsePromptTokenCount").asLong(0);
        long thought = usage.path("thoughtsTokenCount").asLong(0);
        long output = usage.path("candidatesTokenCount").asLong(0) + thought;
        ObjectNode tree = StrictJson.empty();
        tree.put("prompt_tokens", prompt).put("completion_tokens", output).put("total_tokens", prompt + output);
        tree.putObject("prompt_tokens_details")
                .put("cached_tokens", usage.path("cachedContentTokenCount").asLong(0));
        tree.putObject("completion_tokens_details").put("reasoning_tokens", thought);
        return tree;
    }
}
