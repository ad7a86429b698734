package dev.sampan.billing;

import dev.sampan.gateway.Meter;
import dev.sampan.gateway.Quantities;
import dev.sampan.kernel.Money;
import dev.sampan.kernel.Ulid;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/// A version of what a model's calls cost; effective until the next one of the model.
///
/// @param rates what one of each meter costs, all in one currency, at least one; a meter without a rate is free where
///     another has one, except that a cached token costs what an input token does
public record Price(Ulid version, String model, String product, Map<Meter, Money> rates, Instant effectiveFrom) {
    public Price {
        if (rates.isEmpty()
                || rates.values().stream().map(Money::currency).distinct().count() != 1) {
            throw new IllegalArgumentException("rates " + rates + ": at least one, all in one currency");
        }
        rates = Collections.unmodifiableMap(new EnumMap<>(rates));
    }

    public static Price perUnit(Ulid version, String model, String product, Money perUnit, Instant effectiveFrom) {
        return new Price(version, model, product, Map.of(Meter.UNIT, perUnit), effectiveFrom);
    }

    public Money rate(Meter meter) {
        Money own = rates.get(meter);
        if (own != null) {
            return own;
        }
        return meter == Meter.CACHED_INPUT && rates.containsKey(Meter.INPUT)
                ? rates.get(Meter.INPUT)
                : rates.values().iterator().next().times(0);
    }

    /// Exact: rates are whole nanos.
    ///
    /// @throws ArithmeticException beyond the range of money
    public Money of(Quantities used) {
        Money sum = rate(Meter.UNIT).times(used.of(Meter.UNIT));
        if (used.unitsOnly()) {
            return sum;
        }
        return sum.plus(rate(Meter.INPUT).times(used.of(Meter.INPUT)))
                .plus(rate(Meter.CACHED_INPUT).times(used.of(Meter.CACHED_INPUT)))
                .plus(rate(Meter.OUTPUT).times(used.of(Meter.OUTPUT)));
    }

    /// What a call that may use `most` can cost at the dearest: its prompt may lie in the supplier's cache or not.
    public Money dearest(Quantities most) {
        if (most.unitsOnly()) {
            return of(most);
        }
        Money input = rate(Meter.INPUT);
        Money cached = rate(Meter.CACHED_INPUT);
        Money prompt = (input.compareTo(cached) >= 0 ? input : cached).times(most.prompt());
        return of(most.with(Meter.INPUT, 0).with(Meter.CACHED_INPUT, 0)).plus(prompt);
    }
}
