package dev.sampan.gateway;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/// How much of each meter, none below 0. Immutable.
///
/// `INPUT` and `CACHED_INPUT` do not overlap: their sum is the whole prompt.
public final class Quantities {
    public static final Quantities NONE = new Quantities(new long[Meter.values().length]);

    private final long[] counts;

    private Quantities(long[] counts) {
        this.counts = counts;
    }

    public static Quantities units(long units) {
        return NONE.with(Meter.UNIT, units);
    }

    /// @param input tokens of the prompt, those in the cache not counted again
    public static Quantities tokens(long input, long cached, long output) {
        return NONE.with(Meter.INPUT, input).with(Meter.CACHED_INPUT, cached).with(Meter.OUTPUT, output);
    }

    /// @throws IllegalArgumentException below 0
    public Quantities with(Meter meter, long count) {
        if (count < 0) {
            throw new IllegalArgumentException(count + " of " + meter.code());
        }
        long[] changed = counts.clone();
        changed[meter.ordinal()] = count;
        return new Quantities(changed);
    }

    public long of(Meter meter) {
        return counts[meter.ordinal()];
    }

    /// Over all meters: how large a call was, whatever it consists of.
    public long total() {
        long total = 0;
        for (long count : counts) {
            total = Math.addExact(total, count);
        }
        return total;
    }

    /// Nothing but units is counted.
    public boolean unitsOnly() {
        return of(Meter.UNIT) == total();
    }

    /// As much of it as a hold covers: each meter at most what `most` has, the prompt as a whole at most its prompt.
    /// What a supplier counts beyond that is not the customer's affair.
    public Quantities within(Quantities most) {
        long cached = Math.min(of(Meter.CACHED_INPUT), most.prompt());
        return NONE.with(Meter.UNIT, Math.min(of(Meter.UNIT), most.of(Meter.UNIT)))
                .with(Meter.CACHED_INPUT, cached)
                .with(Meter.INPUT, Math.min(of(Meter.INPUT), most.prompt() - cached))
                .with(Meter.OUTPUT, Math.min(of(Meter.OUTPUT), most.of(Meter.OUTPUT)));
    }

    /// Whether `most` covers it: [#within] would change nothing.
    public boolean fits(Quantities most) {
        return of(Meter.UNIT) <= most.of(Meter.UNIT)
                && prompt() <= most.prompt()
                && of(Meter.OUTPUT) <= most.of(Meter.OUTPUT);
    }

    /// Tokens of the prompt, in a cache or not.
    public long prompt() {
        return of(Meter.INPUT) + of(Meter.CACHED_INPUT);
    }

    /// Those above 0, in the order of the meters.
    public Map<Meter, Long> counted() {
        Map<Meter, Long> counted = new EnumMap<>(Meter.class);
        for (Meter meter : Meter.values()) {
            if (of(meter) > 0) {
                counted.put(meter, of(meter));
            }
        }
        return counted;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Quantities quantities && Arrays.equals(counts, quantities.counts);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(counts);
    }

    @Override
    public String toString() {
        return counted().toString();
    }
}
