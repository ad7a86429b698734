package dev.sampan.billing.internal.rating;

import dev.sampan.billing.internal.calendar.Period;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Parts of an amount. The denominator is always the whole period (lago-api#6194 cut it to the part).
public final class Proration {
    private Proration() {}

    /// What the days of `part` that lie in `whole` cost, rounded half up to so many digits.
    ///
    /// @param digits decimals of the result
    public static BigDecimal of(BigDecimal amount, Period part, Period whole, int digits) {
        return amount.multiply(BigDecimal.valueOf(sharedDays(part, whole)))
                .divide(BigDecimal.valueOf(whole.days()), digits, RoundingMode.HALF_UP);
    }

    /// Units of an allowance for the part, rounded up in the customer's favour.
    public static long units(long included, Period part, Period whole) {
        return BigDecimal.valueOf(included)
                .multiply(BigDecimal.valueOf(sharedDays(part, whole)))
                .divide(BigDecimal.valueOf(whole.days()), 0, RoundingMode.CEILING)
                .longValueExact();
    }

    private static long sharedDays(Period part, Period whole) {
        var start = part.start().isAfter(whole.start()) ? part.start() : whole.start();
        var end = part.end().isBefore(whole.end()) ? part.end() : whole.end();
        return start.isBefore(end) ? new Period(start, end).days() : 0;
    }

    /// An amount in parts that are as the weights and sum to it exactly: each is rounded towards zero, then the parts
    /// that lost most get the smallest coin that is left (largest remainder; of equals the first).
    ///
    /// @param weights not negative, not all zero
    public static List<BigDecimal> split(BigDecimal total, List<BigDecimal> weights) {
        BigDecimal all = weights.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        if (all.signum() <= 0 || weights.stream().anyMatch(weight -> weight.signum() < 0)) {
            throw new IllegalArgumentException("shares by the weights " + weights);
        }
        List<BigDecimal> parts = new ArrayList<>();
        List<BigDecimal> lost = new ArrayList<>();
        for (BigDecimal weight : weights) {
            BigDecimal scaled = total.multiply(weight);
            BigDecimal part = scaled.divide(all, total.scale(), RoundingMode.DOWN);
            parts.add(part);
            lost.add(scaled.subtract(part.multiply(all, MathContext.UNLIMITED)).abs());
        }
        BigDecimal rest = total.subtract(parts.stream().reduce(BigDecimal.ZERO, BigDecimal::add));
        BigDecimal coin = BigDecimal.ONE.movePointLeft(total.scale()).multiply(BigDecimal.valueOf(rest.signum()));
        int coins = rest.movePointRight(total.scale()).abs().intValueExact();
        IntStream.range(0, parts.size())
                .boxed()
                .sorted(Comparator.comparing((Integer i) -> lost.get(i)).reversed())
                .limit(coins)
                .forEach(i -> parts.set(i, parts.get(i).add(coin)));
        return List.copyOf(parts);
    }
}
