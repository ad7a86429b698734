package dev.sampan.gateway.internal.wire;

import dev.sampan.gateway.Meter;
import dev.sampan.gateway.Quantities;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Tokens as a supplier counted them, in OpenAI's way: the cached ones and those written to the cache are some
/// of the prompt's, reasoning is some of the output.
///
/// @param cached at most the prompt
/// @param cacheWrite at most the prompt without the cached ones
/// @param reasoning at most the output
public record TokenUsage(long prompt, long cached, long cacheWrite, long output, long reasoning) {
    public static final TokenUsage NONE = new TokenUsage(0, 0, 0);

    /// What a supplier says is believed as far as it can be: no part is larger than its whole.
    public TokenUsage {
        cached = Math.clamp(cached, 0, prompt);
        cacheWrite = Math.clamp(cacheWrite, 0, prompt - cached);
        reasoning = Math.clamp(reasoning, 0, output);
    }

    public TokenUsage(long prompt, long cached, long output) {
        this(prompt, cached, 0, output, 0);
    }

    /// Null where there is no usage, or none that can be believed: a count that is missing, no whole number or
    /// below 0. An explicit 0 is 0.
    public static @Nullable TokenUsage of(JsonNode usage) {
        long prompt = count(usage.path("prompt_tokens"));
        JsonNode completion = usage.path("completion_tokens");
        long output = completion.isMissingNode() ? 0 : count(completion);
        if (prompt < 0 || output < 0) {
            return null;
        }
        JsonNode parts = usage.path("prompt_tokens_details");
        long cached = count(parts.path("cached_tokens"));
        return new TokenUsage(
                prompt,
                cached < 0 ? count(usage.path("prompt_cache_hit_tokens")) : cached, // DeepSeek's own name for it
                count(parts.path("cache_write_tokens")),
                output,
                count(usage.path("completion_tokens_details").path("reasoning_tokens")));
    }

    private static long count(JsonNode node) {
        return node.isIntegralNumber() && node.canConvertToLong() ? node.asLong() : -1;
    }

    public Quantities quantities() {
        return Quantities.tokens(prompt - cached - cacheWrite, cached, output - reasoning)
                .with(Meter.CACHE_WRITE, cacheWrite)
                .with(Meter.REASONING, reasoning);
    }
}
