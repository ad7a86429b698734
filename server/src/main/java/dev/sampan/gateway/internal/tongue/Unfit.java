package dev.sampan.gateway.internal.tongue;

import dev.sampan.gateway.internal.wire.ApiError;
import dev.sampan.gateway.internal.wire.ProxiedRequest;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a chat in OpenAI's form asks for that another dialect has no word for. Hints that change no answer's
/// meaning (`seed`, `user`, `reasoning_effort`, `service_tier`, `store` …) are left out instead.
final class Unfit {
    private Unfit() {}

    /// Fields that neither Anthropic nor Gemini has: `functions` are tools of long ago.
    private static final List<String> NOWHERE =
            List.of("functions", "function_call", "logit_bias", "audio", "web_search_options", "top_logprobs");

    /// @param parts whether a part of a message can be told
    static @Nullable ApiError of(ProxiedRequest asked, Predicate<JsonNode> parts) {
        ObjectNode body = asked.body();
        for (String name : NOWHERE) {
            if (Parts.given(body, name) && !body.path(name).isEmpty()
                    || body.path(name).isNumber()) {
                return ApiError.unsupported(name, asked.model().name());
            }
        }
        if (body.path("logprobs").asBoolean(false)) {
            return ApiError.unsupported("logprobs", asked.model().name());
        }
        for (JsonNode tool : body.path("tools")) {
            if (!tool.path("type").asString("").equals("function")) {
                return ApiError.unsupported("tools", asked.model().name());
            }
        }
        for (JsonNode modality : body.path("modalities")) {
            if (!modality.asString("").equals("text")) {
                return ApiError.unsupported("modalities", asked.model().name());
            }
        }
        return messages(asked, parts);
    }

    private static @Nullable ApiError messages(ProxiedRequest asked, Predicate<JsonNode> parts) {
        for (JsonNode message : asked.body().path("messages")) {
            boolean known = switch (message.path("role").asString("")) {
                case "system", "developer", "user", "assistant", "tool" -> true;
                default -> false;
            };
            if (!known || message.path("content").isArray() && !all(message.path("content"), parts)) {
                return ApiError.unsupported("messages", asked.model().name());
            }
        }
        return null;
    }

    private static boolean all(JsonNode content, Predicate<JsonNode> parts) {
        for (JsonNode part : content) {
            boolean said = switch (part.path("type").asString("")) {
                case "text", "refusal" -> true;
                default -> parts.test(part);
            };
            if (!said) {
                return false;
            }
        }
        return true;
    }

    static ApiError use(ProxiedRequest asked) {
        return ApiError.notAnswered(asked.model().name(), asked.use().name().toLowerCase(Locale.ROOT));
    }
}
