package dev.sampan.billing.internal.rating;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampan.billing.internal.calendar.Period;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class ProrationTests {
    private static final LocalDate START = LocalDate.of(2027, 2, 1);

    @Example
    void theDenominatorIsTheWholePeriod() {
        Period february = new Period(START, START.plusMonths(1));
        Period rest = new Period(START.plusDays(21), START.plusMonths(1));
        assertThat(Proration.of(new BigDecimal("28"), rest, february, 2)).isEqualByComparingTo("7.00");
        assertThat(Proration.units(1000, rest, february)).isEqualTo(250);
        assertThat(Proration.of(new BigDecimal("28"), new Period(START.minusDays(9), START), february, 2))
                .isEqualByComparingTo("0");
    }

    @Property(tries = 300)
    void twoPartsOfAPeriodDifferFromTheWholeByACoinAtMost(
            @ForAll @LongRange(min = 0, max = 100_000_000) long cents,
            @ForAll @IntRange(min = 2, max = 366) int days,
            @ForAll @IntRange(min = 1, max = 365) int cut) {
        Period whole = new Period(START, START.plusDays(days));
        LocalDate at = START.plusDays(1 + cut % (days - 1));
        BigDecimal amount = BigDecimal.valueOf(cents, 2);
        BigDecimal sum = Proration.of(amount, new Period(START, at), whole, 2)
                .add(Proration.of(amount, new Period(at, whole.end()), whole, 2));
        assertThat(sum.subtract(amount).abs()).isLessThanOrEqualTo(new BigDecimal("0.01"));
        assertThat(Proration.of(amount, whole, whole, 2)).isEqualTo(amount);
    }

    @Property(tries = 500)
    void sharesSumToTheTotalAndNoneIsACoinOff(
            @ForAll @LongRange(min = -10_000_000, max = 10_000_000) long cents,
            @ForAll @Size(min = 1, max = 9) List<@IntRange(min = 0, max = 1000) Integer> weights) {
        int all = weights.stream().mapToInt(Integer::intValue).sum();
        if (all == 0) {
            return;
        }
        BigDecimal total = BigDecimal.valueOf(cents, 2);
        List<BigDecimal> parts =
                Proration.split(total, weights.stream().map(BigDecimal::valueOf).toList());
        assertThat(parts.stream().reduce(BigDecimal.ZERO, BigDecimal::add)).isEqualByComparingTo(total);
        for (int i = 0; i < parts.size(); i++) {
            BigDecimal off = parts.get(i)
                    .multiply(BigDecimal.valueOf(all))
                    .subtract(total.multiply(BigDecimal.valueOf(weights.get(i))));
            assertThat(off.abs()).isLessThan(new BigDecimal("0.01").multiply(BigDecimal.valueOf(all)));
        }
    }

    @Example
    void equalSharesOfACoinGoToTheFirst() {
        assertThat(Proration.split(
                        new BigDecimal("0.02"),
                        Stream.generate(() -> BigDecimal.ONE).limit(3).toList()))
                .extracting(BigDecimal::toString)
                .containsExactly("0.01", "0.01", "0.00");
    }
}
