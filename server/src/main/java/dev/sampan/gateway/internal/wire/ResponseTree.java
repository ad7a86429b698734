package dev.sampan.gateway.internal.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A response as OpenAI's clients read it, and the items of its output.
final class ResponseTree {
    /// What the caller said and hears again.
    private static final List<String> ECHOED = List.of("instructions", "max_output_tokens", "temperature", "top_p");

    private ResponseTree() {}

    /// @param status `in_progress`, `completed`, `incomplete` or `failed`
    static ObjectNode of(ProxiedRequest asked, AnswerId id, String status, ArrayNode output) {
        ObjectNode sent = asked.sent();
        ObjectNode tree = StrictJson.empty();
        tree.put("id", "resp_" + id.id()).put("object", "response");
        tree.put("created_at", id.created()).put("status", status);
        tree.putNull("error").putNull("incomplete_details");
        tree.put("background", false).put("store", false).putNull("previous_response_id");
        tree.put("model", asked.model().name());
        tree.set("output", output.deepCopy());
        ECHOED.forEach(name -> or(sent, name, tree, null));
        or(sent, "parallel_tool_calls", tree, StrictJson.parse("true"));
        or(sent, "tool_choice", tree, StrictJson.parse("\"auto\""));
        or(sent, "tools", tree, StrictJson.parse("[]"));
        or(sent, "text", tree, StrictJson.parse("{\"format\":{\"type\":\"text\"}}"));
        or(sent, "reasoning", tree, StrictJson.parse("{\"effort\":null,\"summary\":null}"));
        or(sent, "metadata", tree, StrictJson.parse("{}"));
        or(sent, "user", tree, null);
        tree.put("truncation", "disabled").putNull("usage");
        return tree;
    }

    private static void or(ObjectNode sent, String name, ObjectNode tree, @Nullable JsonNode otherwise) {
        if (sent.hasNonNull(name)) {
            tree.set(name, sent.path(name));
        } else {
            tree.set(name, otherwise);
        }
    }

    /// Why an answer ended too early; empty where it is whole.
    static String incomplete(String finishReason) {
        return switch (finishReason) {
            case "length" -> "max_output_tokens";
            case "content_filter" -> "content_filter";
            default -> "";
        };
    }

    static void end(ObjectNode tree, String finishReason, TokenUsage usage) {
        String why = incomplete(finishReason);
        if (!why.isEmpty()) {
            tree.put("status", "incomplete").putObject("incomplete_details").put("reason", why);
        }
        tree.set("usage", Responses.usage(usage));
    }

    /// @param answer a chat in OpenAI's form
    static ObjectNode whole(ProxiedRequest asked, ObjectNode answer, AnswerId id, TokenUsage usage) {
        JsonNode choice = answer.path("choices").path(0);
        JsonNode message = choice.path("message");
        ArrayNode output = StrictJson.empty().putArray("output");
        String thought = message.path("reasoning_content").asString("");
        if (!thought.isEmpty()) {
            output.add(reasoning(id, 0, thought));
        }
        String text = message.path("content").asString("");
        String refusal = message.path("refusal").asString("");
        if (!text.isEmpty() || !refusal.isEmpty() || message.path("tool_calls").isEmpty()) {
            ObjectNode item = message(id, output.size(), "completed");
            ArrayNode content = (ArrayNode) item.path("content");
            if (refusal.isEmpty() || !text.isEmpty()) {
                content.add(text(text, choice.at("/logprobs/content")));
            }
            if (!refusal.isEmpty()) {
                content.addObject().put("type", "refusal").put("refusal", refusal);
            }
            output.add(item);
        }
        for (JsonNode call : message.path("tool_calls")) {
            output.add(call(id, output.size(), call)
                    .put("status", "completed")
                    .put("arguments", call.path("function").path("arguments").asString("{}")));
        }
        ObjectNode tree = of(asked, id, "completed", output);
        end(tree, choice.path("finish_reason").asString("stop"), usage);
        return tree;
    }

    static ObjectNode message(AnswerId id, int index, String status) {
        ObjectNode item = StrictJson.empty();
        item.put("id", "msg_" + id.id() + "_" + index).put("type", "message");
        item.put("status", status).put("role", "assistant").putArray("content");
        return item;
    }

    static ObjectNode text(String text, JsonNode logprobs) {
        ObjectNode part = StrictJson.empty().put("type", "output_text").put("text", text);
        part.putArray("annotations");
        part.set("logprobs", logprobs.isArray() ? logprobs : StrictJson.parse("[]"));
        return part;
    }

    static ObjectNode reasoning(AnswerId id, int index, String thought) {
        ObjectNode item = StrictJson.empty();
        item.put("id", "rs_" + id.id() + "_" + index).put("type", "reasoning");
        ArrayNode summary = item.putArray("summary");
        if (!thought.isEmpty()) {
            summary.addObject().put("type", "summary_text").put("text", thought);
        }
        return item;
    }

    /// @param call of a chat, its beginning at the least
    static ObjectNode call(AnswerId id, int index, JsonNode call) {
        ObjectNode item = StrictJson.empty();
        item.put("id", "fc_" + id.id() + "_" + index).put("type", "function_call");
        item.put("status", "in_progress").put("call_id", call.path("id").asString(""));
        item.put("name", call.path("function").path("name").asString("")).put("arguments", "");
        return item;
    }
}
