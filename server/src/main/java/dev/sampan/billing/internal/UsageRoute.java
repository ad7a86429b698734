package dev.sampan.billing.internal;

import dev.sampan.accounts.Principal;
import dev.sampan.billing.Billing;
import dev.sampan.gateway.Route;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Usage of the key's owner: `from` (inclusive; 30 days ago), `to` (exclusive; now), `group_by` (`model`, `key`,
/// `day`).
/// Times are ISO dates in UTC or ISO times with an offset.
final class UsageRoute implements Route {
    private static final Duration BY_DEFAULT = Duration.ofDays(30);

    private final Billing billing;
    private final InstantSource clock;

    UsageRoute(Billing billing, InstantSource clock) {
        this.billing = billing;
        this.clock = clock;
    }

    @Override
    public String path() {
        return "/v1/usage";
    }

    @Override
    public Object get(Principal principal, Map<String, String> query) {
        Instant to = time("to", query.get("to"), clock.instant().plusMillis(1));
        Instant from = time("from", query.get("from"), to.minus(BY_DEFAULT));
        if (from.isAfter(to)) {
            throw new ProblemException(Problem.of("billing.bad_time", "'from' " + from + " is after 'to' " + to)
                    .at("from"));
        }
        String groupBy = query.getOrDefault("group_by", "model");
        List<Map<String, Object>> data = billing.usage(principal.tenant(), from, to, groupBy).stream()
                .map(UsageRoute::row)
                .toList();
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("object", "usage");
        answer.put("from", from.toString());
        answer.put("to", to.toString());
        answer.put("group_by", groupBy);
        answer.put("data", data);
        return answer;
    }

    private static Map<String, Object> row(Billing.UsageSum sum) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("group", sum.group());
        row.put("calls", sum.calls());
        row.put("units", sum.units());
        row.put("amount", Decimals.of(sum.amount()));
        row.put("currency", sum.amount().currency().getCurrencyCode());
        return row;
    }

    private static Instant time(String name, @Nullable String text, Instant otherwise) {
        if (text == null || text.isEmpty()) {
            return otherwise;
        }
        try {
            return text.length() == "2026-01-01".length()
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new ProblemException(
                    Problem.of("billing.bad_time", "'" + name + "' is no date or time: '" + text + "'")
                            .at(name)
                            .remedy("Such as 2026-01-31 or 2026-01-31T08:00:00Z"),
                    e);
        }
    }
}
