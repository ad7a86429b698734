package dev.sampan.billing;

import dev.sampan.gateway.Meter;
import dev.sampan.gateway.Quantities;
import dev.sampan.kernel.Money;
import dev.sampan.kernel.Ulid;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Currency;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// A version of what a model's calls cost; effective until the next one of the model.
///
/// @param tiers by ascending threshold, the first from 0; a call goes wholly by the last one that its own
///     prompt
///     reaches. All in one currency. A rate that a tier does not state is that of the tier below
public record Price(Ulid version, String model, String product, List<Tier> tiers, Instant effectiveFrom) {
    public Price {
        tiers = completed(tiers);
    }

    /// With the same rates whatever the prompt.
    public Price(Ulid version, String model, String product, Map<Meter, Money> rates, Instant effectiveFrom) {
        this(version, model, product, List.of(new Tier(0, rates)), effectiveFrom);
    }

    public static Price perUnit(Ulid version, String model, String product, Money perUnit, Instant effectiveFrom) {
        return new Price(version, model, product, Map.of(Meter.UNIT, perUnit), effectiveFrom);
    }

    /// What one of each meter costs.
    ///
    /// @param fromPrompt tokens of the prompt from which on these rates hold
    /// @param rates at least one; a meter without a rate costs what [Meter#instead] says, or nothing
    public record Tier(long fromPrompt, Map<Meter, Money> rates) {
        public Tier {
            if (rates.isEmpty()
                    || rates.values().stream().map(Money::currency).distinct().count() != 1) {
                throw new IllegalArgumentException("rates " + rates + ": at least one, all in one currency");
            }
            rates = Collections.unmodifiableMap(new EnumMap<>(rates));
        }

        public Money rate(Meter meter) {
            Money own = rates.get(meter);
            Meter instead = meter.instead();
            if (own == null && instead != null) {
                own = rates.get(instead);
            }
            return own == null ? Money.zero(currency()) : own;
        }

        Currency currency() {
            return rates.values().iterator().next().currency();
        }

        /// Exact: rates are whole nanos.
        Money of(Quantities used) {
            Money sum = rate(Meter.UNIT).times(used.of(Meter.UNIT));
            if (used.unitsOnly()) {
                return sum;
            }
            for (Map.Entry<Meter, Long> counted : used.counted().entrySet()) {
                if (counted.getKey() != Meter.UNIT) {
                    sum = sum.plus(rate(counted.getKey()).times(counted.getValue()));
                }
            }
            return sum;
        }

        /// What a call can cost here whose prompt has at most `prompt` tokens: they may lie in the supplier's
        /// cache or not, and all of the answer may be thinking.
        private Money dearest(Quantities most, long prompt) {
            Money sum = dearer(Meter.INPUT, dearer(Meter.CACHED_INPUT, rate(Meter.CACHE_WRITE)))
                    .times(prompt);
            sum = sum.plus(dearer(Meter.OUTPUT, rate(Meter.REASONING)).times(most.answer()));
            for (Map.Entry<Meter, Long> counted : most.counted().entrySet()) {
                if (!counted.getKey().tokens()) {
                    sum = sum.plus(rate(counted.getKey()).times(counted.getValue()));
                }
            }
            return sum;
        }

        private Money dearer(Meter meter, Money other) {
            Money own = rate(meter);
            return own.compareTo(other) >= 0 ? own : other;
        }
    }

    public Currency currency() {
        return tiers.getFirst().currency();
    }

    /// Of the shortest prompts.
    public Map<Meter, Money> rates() {
        return tiers.getFirst().rates();
    }

    /// Of the shortest prompts.
    public Money rate(Meter meter) {
        return tiers.getFirst().rate(meter);
    }

    /// The tier of a prompt of so many tokens.
    public Tier tier(long prompt) {
        Tier reached = tiers.getFirst();
        for (int i = 1; i < tiers.size() && tiers.get(i).fromPrompt() <= prompt; i++) {
            reached = tiers.get(i);
        }
        return reached;
    }

    /// Exact, at the tier of the call's own prompt.
    ///
    /// @throws ArithmeticException beyond the range of money
    public Money of(Quantities used) {
        return tier(used.prompt()).of(used);
    }

    /// What a call that may use `most` can cost at the dearest, over all tiers that its prompt may reach.
    public Money dearest(Quantities most) {
        if (most.unitsOnly()) {
            return of(most);
        }
        Money dearest = Money.zero(currency());
        for (int i = 0; i < tiers.size() && tiers.get(i).fromPrompt() <= most.prompt(); i++) {
            long below = i + 1 < tiers.size() ? tiers.get(i + 1).fromPrompt() - 1 : Long.MAX_VALUE;
            Money here = tiers.get(i).dearest(most, Math.min(most.prompt(), below));
            dearest = here.compareTo(dearest) > 0 ? here : dearest;
        }
        return dearest;
    }

    /// `used` with the call itself, where calls have a price and something was used.
    public Quantities counted(Quantities used) {
        boolean priced = tiers.getFirst().rates().containsKey(Meter.REQUEST)
                || tiers.size() > 1 && tiers.getLast().rates().containsKey(Meter.REQUEST);
        return priced && used.of(Meter.REQUEST) == 0 && used.total() > 0 ? used.with(Meter.REQUEST, 1) : used;
    }

    private static List<Tier> completed(List<Tier> stated) {
        if (stated.isEmpty() || stated.getFirst().fromPrompt() != 0) {
            throw new IllegalArgumentException("tiers " + stated + ": the first is from 0 tokens on");
        }
        List<Tier> tiers = new ArrayList<>();
        Map<Meter, Money> rates = new EnumMap<>(Meter.class);
        long last = -1;
        for (Tier tier : stated) {
            if (tier.fromPrompt() <= last
                    || !tier.currency().equals(stated.getFirst().currency())) {
                throw new IllegalArgumentException("tiers " + stated + ": ascending, all in one currency");
            }
            last = tier.fromPrompt();
            rates.putAll(tier.rates());
            tiers.add(new Tier(tier.fromPrompt(), rates));
        }
        return List.copyOf(tiers);
    }
}
