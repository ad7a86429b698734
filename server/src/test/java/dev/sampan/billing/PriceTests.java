package dev.sampan.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampan.gateway.Meter;
import dev.sampan.gateway.Quantities;
import dev.sampan.kernel.Money;
import dev.sampan.kernel.Ulid;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class PriceTests {
    private static Money nanos(long nanos) {
        return Money.of("0.000000001", "CNY").times(nanos);
    }

    private static Price price(Price.Tier... tiers) {
        return new Price(Ulid.next(), "chat", "Chat", List.of(tiers), Instant.EPOCH);
    }

    private static Price.Tier tier(long from, Map<Meter, Long> rates) {
        Map<Meter, Money> money = new EnumMap<>(Meter.class);
        rates.forEach((meter, rate) -> money.put(meter, nanos(rate)));
        return new Price.Tier(from, money);
    }

    @Example
    void aMeterWithoutARateCostsWhatStandsForIt() {
        Price price = price(tier(0, Map.of(Meter.INPUT, 4L, Meter.OUTPUT, 12L)));
        assertThat(price.rate(Meter.CACHED_INPUT)).isEqualTo(nanos(4));
        assertThat(price.rate(Meter.CACHE_WRITE)).isEqualTo(nanos(4));
        assertThat(price.rate(Meter.REASONING)).isEqualTo(nanos(12));
        assertThat(price.rate(Meter.IMAGE)).isEqualTo(nanos(0));
        Quantities used = Quantities.tokens(10, 20, 5).with(Meter.REASONING, 7).with(Meter.CACHE_WRITE, 1);
        assertThat(price.of(used)).isEqualTo(nanos(31 * 4 + 12 * 12));
    }

    @Example
    void theTierOfTheCallsOwnPromptHoldsForTheWholeCall() {
        Price price = price(
                tier(0, Map.of(Meter.INPUT, 4L, Meter.CACHED_INPUT, 1L, Meter.OUTPUT, 12L)),
                tier(200_000, Map.of(Meter.INPUT, 8L, Meter.OUTPUT, 18L)));
        assertThat(price.of(Quantities.tokens(199_999, 0, 10))).isEqualTo(nanos(199_999 * 4 + 120));
        assertThat(price.of(Quantities.tokens(0, 200_000, 10)))
                .as("the cached rate of the tier below")
                .isEqualTo(nanos(200_000 + 180));
        assertThat(price.of(Quantities.tokens(150_000, 50_000, 10)))
                .as("the whole prompt counts, cached or not")
                .isEqualTo(nanos(150_000 * 8 + 50_000 + 180));
    }

    @Example
    void aHoldTakesTheDearestTierThatThePromptMayReach() {
        Price price = price(
                tier(0, Map.of(Meter.INPUT, 4L, Meter.OUTPUT, 12L)),
                tier(100, Map.of(Meter.INPUT, 8L, Meter.OUTPUT, 18L)));
        assertThat(price.dearest(Quantities.tokens(99, 0, 10))).isEqualTo(nanos(99 * 4 + 120));
        assertThat(price.dearest(Quantities.tokens(100, 0, 10))).isEqualTo(nanos(800 + 180));
        Price cheaperLong = price(tier(0, Map.of(Meter.INPUT, 9L)), tier(100, Map.of(Meter.INPUT, 1L)));
        assertThat(cheaperLong.dearest(Quantities.tokens(300, 0, 0)))
                .as("a shorter prompt may be dearer")
                .isEqualTo(nanos(99 * 9));
    }

    @Example
    void aCallCountsItselfWhereCallsHaveAPrice() {
        Price price = price(tier(0, Map.of(Meter.INPUT, 4L, Meter.REQUEST, 1000L)));
        assertThat(price.of(price.counted(Quantities.tokens(2, 0, 0)))).isEqualTo(nanos(1008));
        assertThat(price.counted(Quantities.NONE)).as("nothing was answered").isEqualTo(Quantities.NONE);
        assertThat(price(tier(0, Map.of(Meter.INPUT, 4L))).counted(Quantities.tokens(2, 0, 0)))
                .isEqualTo(Quantities.tokens(2, 0, 0));
    }

    @Example
    void tiersAscendFromNothingInOneCurrency() {
        Price.Tier first = tier(0, Map.of(Meter.INPUT, 4L));
        Price.Tier dollars = new Price.Tier(7, Map.of(Meter.INPUT, Money.of("1", "USD")));
        for (List<Price.Tier> wrong : List.of(
                List.<Price.Tier>of(),
                List.of(tier(1, Map.of(Meter.INPUT, 4L))),
                List.of(first, first),
                List.of(first, dollars))) {
            assertThatThrownBy(() -> new Price(Ulid.next(), "m", "p", wrong, Instant.EPOCH))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    /// The hold is enough whatever is counted, at any tiers: no call costs more than was held for it.
    @Property(tries = 2000)
    void nothingThatFitsAHoldCostsMore(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Price.Tier> tiers = new ArrayList<>();
        long from = 0;
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            Map<Meter, Long> rates = new EnumMap<>(Meter.class);
            rates.put(Meter.values()[random.nextInt(Meter.values().length)], random.nextLong(50));
            for (Meter meter : Meter.values()) {
                if (random.nextInt(3) > 0) {
                    rates.put(meter, random.nextLong(50));
                }
            }
            tiers.add(tier(from, rates));
            from += random.nextLong(1, 60);
        }
        Price price = price(tiers.toArray(Price.Tier[]::new));
        Quantities most = some(random, 100);
        Quantities used = price.counted(some(random, 100).within(most));
        assertThat(price.of(used)).isLessThanOrEqualTo(price.dearest(price.counted(most)));
    }

    private static Quantities some(SplittableRandom random, int max) {
        Quantities some = Quantities.NONE;
        for (Meter meter : Meter.values()) {
            some = random.nextBoolean() ? some : some.with(meter, random.nextLong(max));
        }
        return some;
    }
}
