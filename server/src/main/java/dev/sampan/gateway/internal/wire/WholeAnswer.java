package dev.sampan.gateway.internal.wire;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// A supplier's answer in one piece, made ours.
///
/// @param usage null where the supplier does not say, or says nonsense
public record WholeAnswer(byte[] body, @Nullable TokenUsage usage) {
    /// Null when it is no answer to what was asked.
    public static @Nullable WholeAnswer of(ProxiedRequest asked, String text, String id, long created) {
        ObjectNode answer = StrictJson.objectOrNull(text);
        String list = asked.outputMax() == 0 ? "data" : "choices";
        if (answer == null || !answer.path(list).isArray() || answer.path(list).isEmpty()) {
            return null;
        }
        if (answer.has("id") || asked.outputMax() > 0) {
            answer.put("id", asked.idPrefix() + id);
            answer.put("created", created);
        }
        answer.put("model", asked.model().name());
        TokenUsage usage = TokenUsage.of(answer.path("usage"));
        ObjectNode ours = asked.dialect() == Dialect.ANTHROPIC ? Messages.answer(asked, answer, id, usage) : answer;
        return new WholeAnswer(StrictJson.bytes(ours), usage);
    }
}
