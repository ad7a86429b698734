package dev.sampan.gateway;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// How much of each meter, none below 0. Immutable.
///
/// Meters of the prompt do not overlap: their sum is the whole prompt; so with those of the answer.
public final class Quantities {
    public static final Quantities NONE = new Quantities(new long[0]);

    private static final Meter[] METERS = Meter.values();

    /// The cheapest of the prompt comes first, so that it is cut last.
    private static final List<Meter> CUT_LAST_FIRST = List.of(
            Meter.UNIT,
            Meter.CACHED_INPUT,
            Meter.INPUT,
            Meter.CACHE_WRITE,
            Meter.OUTPUT,
            Meter.REASONING,
            Meter.REQUEST,
            Meter.IMAGE,
            Meter.SECOND);

    /// By ordinal of the meter, up to the last one that is above 0: a call of units alone has one element.
    private final long[] counts;

    private Quantities(long[] counts) {
        this.counts = counts;
    }

    public static Quantities units(long units) {
        return NONE.with(Meter.UNIT, units);
    }

    /// @param input tokens of the prompt, those in the cache not counted again
    public static Quantities tokens(long input, long cached, long output) {
        long[] counts = new long[Meter.OUTPUT.ordinal() + 1];
        counts[Meter.INPUT.ordinal()] = atLeastNone(Meter.INPUT, input);
        counts[Meter.CACHED_INPUT.ordinal()] = atLeastNone(Meter.CACHED_INPUT, cached);
        counts[Meter.OUTPUT.ordinal()] = atLeastNone(Meter.OUTPUT, output);
        return trimmed(counts);
    }

    /// @throws IllegalArgumentException below 0
    public Quantities with(Meter meter, long count) {
        atLeastNone(meter, count);
        int at = meter.ordinal();
        if (count == 0 && at >= counts.length) {
            return this;
        }
        long[] changed = Arrays.copyOf(counts, Math.max(counts.length, at + 1));
        changed[at] = count;
        return trimmed(changed);
    }

    private static long atLeastNone(Meter meter, long count) {
        if (count < 0) {
            throw new IllegalArgumentException(count + " of " + meter.code());
        }
        return count;
    }

    private static Quantities trimmed(long[] counts) {
        int length = counts.length;
        while (length > 0 && counts[length - 1] == 0) {
            length--;
        }
        return new Quantities(length == counts.length ? counts : Arrays.copyOf(counts, length));
    }

    public long of(Meter meter) {
        return meter.ordinal() < counts.length ? counts[meter.ordinal()] : 0;
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
        return counts.length <= 1;
    }

    /// As much of it as a hold covers: each meter at most what `most` has, prompt and answer each as a whole.
    /// What a supplier counts beyond that is not the customer's affair, and of a prompt the dearer tokens are
    /// cut first.
    public Quantities within(Quantities most) {
        if (fits(most)) {
            return this;
        }
        Quantities cut = NONE;
        long prompt = most.prompt();
        long answer = most.answer();
        for (Meter meter : CUT_LAST_FIRST) {
            long left = meter.prompt() ? prompt : meter.answer() ? answer : most.of(meter);
            long count = Math.min(of(meter), left);
            cut = cut.with(meter, count);
            prompt -= meter.prompt() ? count : 0;
            answer -= meter.answer() ? count : 0;
        }
        return cut;
    }

    /// Whether `most` covers it: [#within] would change nothing.
    public boolean fits(Quantities most) {
        if (prompt() > most.prompt() || answer() > most.answer()) {
            return false;
        }
        for (int i = 0; i < counts.length; i++) {
            Meter meter = METERS[i];
            if (!meter.tokens() && counts[i] > most.of(meter)) {
                return false;
            }
        }
        return true;
    }

    /// Tokens of the prompt, in a cache or not.
    public long prompt() {
        return of(Meter.INPUT) + of(Meter.CACHED_INPUT) + of(Meter.CACHE_WRITE);
    }

    /// Tokens of the answer, thinking or not.
    public long answer() {
        return of(Meter.OUTPUT) + of(Meter.REASONING);
    }

    /// Of prompt and answer.
    public long tokens() {
        return prompt() + answer();
    }

    /// Those above 0, in the order of the meters.
    public Map<Meter, Long> counted() {
        Map<Meter, Long> counted = new EnumMap<>(Meter.class);
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0) {
                counted.put(METERS[i], counts[i]);
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
