package dev.sampan.limits.internal;

import dev.sampan.accounts.Principal;
import dev.sampan.kernel.Ulid;
import dev.sampan.limits.Rule;
import dev.sampan.spec.LimitsSpec.Scope;
import dev.sampan.spec.LimitsSpec.Window;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The counters of one customer, or those of the whole installation. Its lock guards them.
final class Desk {
    private final Map<Name, Counter> counters = new HashMap<>();
    private final Map<Ulid, Resolved> byKey = new HashMap<>();
    private long openCalls;
    private boolean gone;
    private long touchedAt;
    private ZoneId zone = ZoneId.systemDefault();
    private boolean zoneKnown;

    private record Name(RuleSet.What what, String subject) {}

    private record Resolved(RuleSet rules, List<Counted> counted) {}

    /// A rule and what was counted against it.
    record Counted(Rule rule, Counter counter) {
        long limit() {
            return rule.limit().amount();
        }

        boolean appliesTo(String model) {
            String only = rule.limit().model();
            return only == null || only.equals(model);
        }
    }

    /// What applies to calls with a key; made once for each set of rules.
    ///
    /// @param house where counters of the installation are
    List<Counted> counted(RuleSet rules, Principal principal, Desk house, Moment now) {
        touchedAt = now.millis();
        Resolved resolved = byKey.get(principal.keyId());
        if (resolved == null || resolved.rules != rules) {
            List<Counted> counted = new ArrayList<>();
            for (Rule rule : rules.of(principal)) {
                Desk desk = rule.limit().scope() == Scope.INSTALLATION ? house : this;
                counted.add(new Counted(rule, desk.counter(rule, now)));
            }
            resolved = new Resolved(rules, List.copyOf(counted));
            byKey.put(principal.keyId(), resolved);
        }
        return resolved.counted;
    }

    private Counter counter(Rule rule, Moment now) {
        return counters.computeIfAbsent(new Name(RuleSet.What.of(rule.limit()), rule.subject()), _ -> {
            Window window = rule.limit().window();
            return switch (window) {
                case NOW -> new Running();
                case MINUTE -> new Bucket();
                case FIVE_HOURS, DAY, WEEK, MONTH -> new Span(window, zone, now.millis());
            };
        });
    }

    /// Where days begin; counters of another zone start anew, from what is in the database.
    void zone(ZoneId now) {
        if (!zone.equals(now)) {
            counters.values().removeIf(Span.class::isInstance);
            byKey.clear();
        }
        zone = now;
        zoneKnown = true;
    }

    boolean zoneKnown() {
        return zoneKnown;
    }

    /// A span with the rule it counts for.
    record Spanned(RuleSet.What what, String subject, Span span) {}

    List<Spanned> spans() {
        List<Spanned> spans = new ArrayList<>();
        counters.forEach((name, counter) -> {
            if (counter instanceof Span span) {
                spans.add(new Spanned(name.what, name.subject, span));
            }
        });
        return spans;
    }

    void entered() {
        openCalls++;
    }

    void left() {
        openCalls--;
    }

    /// Nothing is lost when it goes: no call is running, and what refills by the minute is full again.
    ///
    /// @return whether it has gone; nothing is counted on it any more
    boolean leave(Moment now, long quietMillis) {
        gone = gone || openCalls == 0 && now.millis() - touchedAt > quietMillis;
        return gone;
    }

    boolean gone() {
        return gone;
    }

    long touchedAt() {
        return touchedAt;
    }
}
