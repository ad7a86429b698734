package dev.sampan.gateway.internal.wire;

import dev.sampan.gateway.Quantities;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Tokens as a supplier counted them. The cached ones are some of the prompt's, reasoning is some of the output.
public record TokenUsage(long prompt, long cached, long output) {
    /// Null where there is no usage, or none that can be believed: a count that is missing, no whole number or
    /// below 0. An explicit 0 is 0.
    public static @Nullable TokenUsage of(JsonNode usage) {
        long prompt = count(usage.path("prompt_tokens"));
        JsonNode completion = usage.path("completion_tokens");
        long output = completion.isMissingNode() ? 0 : count(completion);
        if (prompt < 0 || output < 0) {
            return null;
        }
        // DeepSeek's own name for it, beside OpenAI's
        long cached = Math.max(
                count(usage.path("prompt_tokens_details").path("cached_tokens")),
                count(usage.path("prompt_cache_hit_tokens")));
        return new TokenUsage(prompt, Math.clamp(cached, 0, prompt), output);
    }

    private static long count(JsonNode node) {
        return node.isIntegralNumber() && node.canConvertToLong() ? node.asLong() : -1;
    }

    public Quantities quantities() {
        return Quantities.tokens(prompt - cached, cached, output);
    }
}
