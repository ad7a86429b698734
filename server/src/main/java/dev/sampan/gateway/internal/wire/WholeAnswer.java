package dev.sampan.gateway.internal.wire;

import dev.sampan.gateway.Quantities;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// A supplier's answer in one piece, made ours.
///
/// @param used null where the supplier does not say, or says nonsense
/// @param type its `content-type`
public record WholeAnswer(byte[] body, @Nullable Quantities used, String type) {
    public static final String JSON = "application/json";

    /// An answer of a language model. Null when it is no answer to what was asked.
    ///
    /// @param answer in OpenAI's form
    public static @Nullable WholeAnswer of(ProxiedRequest asked, @Nullable ObjectNode answer, AnswerId id) {
        String list = asked.outputMax() == 0 ? "data" : "choices";
        if (answer == null || !answer.path(list).isArray() || answer.path(list).isEmpty()) {
            return null;
        }
        if (answer.has("id") || asked.outputMax() > 0) {
            answer.put("id", asked.idPrefix() + id.id());
            answer.put("created", id.created());
        }
        answer.put("model", asked.model().name());
        TokenUsage usage = TokenUsage.of(answer.path("usage"));
        TokenUsage told = usage == null ? asked.estimate(0) : usage;
        ObjectNode ours = switch (asked.dialect()) {
            case OPENAI, BYTES -> answer;
            case ANTHROPIC -> Messages.answer(asked, answer, id.id(), told);
            case RESPONSES -> ResponseTree.whole(asked, answer, id, told);
        };
        return json(ours, usage);
    }

    public static WholeAnswer json(ObjectNode answer, @Nullable TokenUsage usage) {
        return new WholeAnswer(StrictJson.bytes(answer), usage == null ? null : usage.quantities(), JSON);
    }

    /// An answer to a call that is no conversation. Null when it is none.
    public static @Nullable WholeAnswer plain(ProxiedRequest asked, String text, AnswerId id) {
        return PlainAnswers.of(asked, text, id);
    }
}
