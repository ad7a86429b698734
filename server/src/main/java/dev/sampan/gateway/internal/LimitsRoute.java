package dev.sampan.gateway.internal;

import dev.sampan.accounts.Principal;
import dev.sampan.gateway.Route;
import dev.sampan.kernel.Money;
import dev.sampan.limits.Limiter;
import dev.sampan.limits.Standing;
import dev.sampan.spec.LimitsSpec.Limit;
import dev.sampan.spec.LimitsSpec.Measure;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// `GET /v1/limits`: what holds for the key that asks, how much of it is used, and when that is free again.
final class LimitsRoute implements Route {
    private final Limiter limiter;

    LimitsRoute(Limiter limiter) {
        this.limiter = limiter;
    }

    @Override
    public String path() {
        return "/v1/limits";
    }

    @Override
    public Object get(Principal principal, Map<String, String> query) {
        return Map.of(
                "object",
                "list",
                "data",
                limiter.standing(principal).stream().map(LimitsRoute::line).toList());
    }

    private static Map<String, Object> line(Standing standing) {
        Limit limit = standing.rule().limit();
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("for", limit.scope().name().toLowerCase(Locale.ROOT));
        line.put("model", limit.model());
        line.put("measure", limit.measure().word());
        line.put("per", limit.window().word());
        line.put("limit", amount(limit, limit.amount()));
        line.put("used", amount(limit, standing.used()));
        line.put("currency", limit.currency() == null ? null : limit.currency().getCurrencyCode());
        line.put("resets_at", standing.resetsAt().toString());
        return line;
    }

    private static Object amount(Limit limit, long amount) {
        return limit.measure() == Measure.SPEND
                ? new Money(amount, Objects.requireNonNull(limit.currency()))
                        .amount()
                        .stripTrailingZeros()
                        .toPlainString()
                : (Object) amount;
    }
}
