package dev.sampan.limits.internal;

import dev.sampan.accounts.Principal;
import dev.sampan.kernel.TenantId;
import dev.sampan.limits.Limiter;
import dev.sampan.limits.Standing;
import dev.sampan.limits.internal.Desk.Counted;
import dev.sampan.spec.LimitsSpec.Measure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// Limits of this node, in memory. A call is looked at under the lock of its customer and, within it, that of the
/// installation, for less than a microsecond.
public final class LocalLimiter implements Limiter {
    private final Supplier<RuleSet> inForce;
    private final Past past;
    private final Supplier<Moment> clock;
    private final Map<TenantId, Desk> desks = new ConcurrentHashMap<>();
    private final Desk house = new Desk();

    LocalLimiter(Supplier<RuleSet> inForce, Past past, Supplier<Moment> clock) {
        this.inForce = inForce;
        this.past = past;
        this.clock = clock;
    }

    @Override
    public Verdict admit(Asking asking) {
        RuleSet rules = inForce.get();
        if (rules.isEmpty()) {
            return Admission.FREE;
        }
        while (true) {
            Desk desk = desks.computeIfAbsent(asking.principal().tenant(), _ -> new Desk());
            synchronized (desk) {
                if (!desk.gone()) {
                    synchronized (house) {
                        return admit(desk, rules, asking);
                    }
                }
            }
            desks.remove(asking.principal().tenant(), desk);
        }
    }

    private Verdict admit(Desk desk, RuleSet rules, Asking asking) {
        if (rules.hasSpans() && !desk.zoneKnown()) {
            return lookUp(desk, rules, asking.principal());
        }
        Moment now = clock.get();
        List<Counted> counted = applying(desk, rules, asking, now);
        if (counted.isEmpty()) {
            return Admission.FREE;
        }
        return unknown(counted) ? lookUp(desk, rules, asking.principal()) : decide(desk, counted, asking, now);
    }

    private NotYet lookUp(Desk desk, RuleSet rules, Principal principal) {
        return new NotYet(past.lookUp(new Past.Wanted(desk, house, rules, principal)));
    }

    private List<Counted> applying(Desk desk, RuleSet rules, Asking asking, Moment now) {
        List<Counted> all = desk.counted(rules, asking.principal(), house, now);
        for (Counted one : all) {
            if (!one.appliesTo(asking.model())) {
                return all.stream()
                        .filter(other -> other.appliesTo(asking.model()))
                        .toList();
            }
        }
        return all;
    }

    private static boolean unknown(List<Counted> counted) {
        for (Counted one : counted) {
            if (one.counter() instanceof Span span && !span.known()) {
                return true;
            }
        }
        return false;
    }

    private Verdict decide(Desk desk, List<Counted> counted, Asking asking, Moment now) {
        Counted worst = null;
        long longest = 0;
        for (Counted one : counted) {
            long wait = one.counter().wait(most(one, asking), one.limit(), now);
            if (wait > longest) {
                longest = wait;
                worst = one;
            }
        }
        if (worst != null) {
            return Refusals.of(worst, longest, most(worst, asking), Tight.of(counted, now));
        }
        Taken taken = new Taken(desk, house, counted, clock);
        for (Counted one : counted) {
            if (one.rule().limit().measure() != Measure.SPEND) {
                taken.take(one, most(one, asking), now);
            }
        }
        desk.entered();
        house.entered();
        return taken;
    }

    /// What a call takes; of spend, which is known later, whether there is any left.
    private static long most(Counted one, Asking asking) {
        return one.rule().limit().measure() == Measure.TOKENS ? asking.tokens() : 1;
    }

    @Override
    public List<Standing> standing(Principal principal) {
        RuleSet rules = inForce.get();
        Desk desk = desks.computeIfAbsent(principal.tenant(), _ -> new Desk());
        past.await(new Past.Wanted(desk, house, rules, principal));
        List<Standing> standing = new ArrayList<>();
        synchronized (desk) {
            synchronized (house) {
                Moment now = clock.get();
                for (Counted one : desk.counted(rules, principal, house, now)) {
                    standing.add(new Standing(
                            one.rule(),
                            one.counter().used(one.limit(), now),
                            Instant.ofEpochMilli(now.millis() + one.counter().resetMillis(one.limit(), now))));
                }
            }
        }
        return standing;
    }

    /// Looks up what others have used, and forgets customers who have been quiet for so long.
    void refresh(long quietMillis) {
        desks.forEach((tenant, desk) -> past.refresh(tenant, desk));
        past.refresh(null, house);
        desks.values().removeIf(desk -> {
            synchronized (desk) {
                return desk.leave(clock.get(), quietMillis);
            }
        });
    }
}
