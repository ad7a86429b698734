package dev.sampan.gateway.internal.tongue;

import dev.sampan.gateway.internal.wire.AnswerId;
import dev.sampan.gateway.internal.wire.ApiError;
import dev.sampan.gateway.internal.wire.Dialect;
import dev.sampan.gateway.internal.wire.Incoming;
import dev.sampan.gateway.internal.wire.ProxiedRequest;
import dev.sampan.gateway.internal.wire.StrictJson;
import dev.sampan.gateway.internal.wire.WholeAnswer;
import dev.sampan.spec.SuppliersSpec.Kind;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// How a kind of supplier is spoken to, without state.
public interface Tongue {
    /// What the supplier cannot be told of this call; null when it can be told all of it.
    @Nullable
    ApiError unfit(ProxiedRequest asked);

    Spoken say(ProxiedRequest asked, Target target);

    /// An answer in one piece; null when `text` is no answer to what was asked.
    @Nullable
    WholeAnswer whole(ProxiedRequest asked, String text, AnswerId id);

    Incoming stream(ProxiedRequest asked, AnswerId id);

    /// Why the supplier refuses, as OpenAI's `error` object: `message`, and `code` where it is one that we
    /// know; also `retry_after`, seconds, where the body says it.
    JsonNode error(String body);

    /// For this kind and this call.
    static Tongue of(Kind kind, ProxiedRequest asked) {
        return switch (kind) {
            case OPENAI -> asked.asResponse() ? OwnResponses.OPENAI : OpenAiTongue.OPENAI;
            case AZURE -> asked.asResponse() ? OwnResponses.AZURE : OpenAiTongue.AZURE;
            case ANTHROPIC -> asked.dialect() == Dialect.ANTHROPIC ? OwnMessages.TONGUE : AnthropicTongue.TONGUE;
            case GEMINI -> GeminiTongue.TONGUE;
        };
    }

    /// A call that came as one of OpenAI's Responses can be asked as a chat.
    static @Nullable ApiError unfitAsChat(ProxiedRequest asked) {
        return asked.lost() == null && !asked.model().uses().contains(asked.use())
                ? ApiError.notAnswered(asked.model().name(), "chat")
                : asked.lost();
    }

    /// The member `error` of a body, empty where there is none.
    static JsonNode errorIn(String body) {
        ObjectNode answer = StrictJson.objectOrNull(body);
        return answer == null ? StrictJson.missing() : answer.path("error");
    }
}
