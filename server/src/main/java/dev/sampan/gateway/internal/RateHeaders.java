package dev.sampan.gateway.internal;

import dev.sampan.gateway.internal.wire.Dialect;
import dev.sampan.limits.Levels;
import dev.sampan.limits.Levels.Level;
import io.vertx.core.http.HttpServerResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// How a caller's limits stand, as headers: `x-ratelimit-remaining-tokens: 149984`, `x-ratelimit-reset-tokens: 6m0s`
/// for OpenAI's clients, `anthropic-ratelimit-tokens-reset: 2026-11-24T18:30:00Z` for Anthropic's.
final class RateHeaders {
    private RateHeaders() {}

    static void put(HttpServerResponse response, Levels levels, Dialect dialect, InstantSource clock) {
        if (response.headWritten()) {
            return;
        }
        put(response, levels.requests(), "requests", dialect, clock);
        put(response, levels.tokens(), "tokens", dialect, clock);
    }

    private static void put(
            HttpServerResponse response, @Nullable Level level, String of, Dialect dialect, InstantSource clock) {
        if (level == null) {
            return;
        }
        String limit = Long.toString(level.limit());
        String remaining = Long.toString(level.remaining());
        if (dialect == Dialect.ANTHROPIC) {
            Instant reset =
                    clock.instant().plusMillis(level.resetMillis() + 999).truncatedTo(ChronoUnit.SECONDS);
            response.putHeader("anthropic-ratelimit-" + of + "-limit", limit)
                    .putHeader("anthropic-ratelimit-" + of + "-remaining", remaining)
                    .putHeader("anthropic-ratelimit-" + of + "-reset", reset.toString());
        } else {
            response.putHeader("x-ratelimit-limit-" + of, limit)
                    .putHeader("x-ratelimit-remaining-" + of, remaining)
                    .putHeader("x-ratelimit-reset-" + of, duration(level.resetMillis()));
        }
    }

    /// As Go writes durations, which OpenAI's API does: `17ms`, `1s`, `8.64s`, `6m0s`, `1h0m0s`.
    static String duration(long millis) {
        if (millis < 1000) {
            return millis == 0 ? "0s" : millis + "ms";
        }
        long seconds = millis / 1000;
        StringBuilder text = new StringBuilder();
        if (seconds >= 3600) {
            text.append(seconds / 3600).append('h');
        }
        if (seconds >= 60) {
            text.append(seconds / 60 % 60).append('m');
        }
        text.append(seconds % 60);
        long rest = millis % 1000;
        if (rest > 0) {
            String digits = Long.toString(1000 + rest).substring(1);
            int length = digits.length();
            while (digits.charAt(length - 1) == '0') {
                length--;
            }
            text.append('.').append(digits, 0, length);
        }
        return text.append('s').toString();
    }
}
