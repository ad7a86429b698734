package dev.sampan.gateway.internal.wire;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// A supplier's answer in one piece, made ours.
///
/// @param usage null where the supplier does not say, or says nonsense
public record WholeAnswer(byte[] body, @Nullable TokenUsage usage) {
    /// Null when it is no answer to what was asked.
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
        ObjectNode ours = switch (asked.dialect()) {
            case OPENAI -> answer;
            case ANTHROPIC -> Messages.answer(asked, answer, id.id(), usage);
        };
        return new WholeAnswer(StrictJson.bytes(ours), usage);
    }
}
