package dev.sampan.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class QuantitiesTests {
    @Provide
    Arbitrary<Quantities> quantities() {
        return Arbitraries.longs()
                .between(0, 50)
                .array(long[].class)
                .ofSize(Meter.values().length)
                .map(counts -> {
                    Quantities made = Quantities.NONE;
                    for (Meter meter : Meter.values()) {
                        made = made.with(meter, counts[meter.ordinal()] > 25 ? 0 : counts[meter.ordinal()]);
                    }
                    return made;
                });
    }

    @Property(tries = 500)
    void whatIsCutFitsAndWhatFitsIsNotCut(
            @ForAll("quantities") Quantities used, @ForAll("quantities") Quantities most) {
        Quantities cut = used.within(most);
        assertThat(cut.fits(most)).isTrue();
        assertThat(cut.within(most)).isEqualTo(cut);
        assertThat(cut.prompt()).isEqualTo(Math.min(used.prompt(), most.prompt()));
        assertThat(cut.answer()).isEqualTo(Math.min(used.answer(), most.answer()));
        cut.counted().forEach((meter, count) -> assertThat(count).isLessThanOrEqualTo(used.of(meter)));
        assertThat(used.within(used)).isEqualTo(used);
    }

    @Property(tries = 200)
    void theSameCountsAreEqualHoweverTheyCameAbout(@ForAll("quantities") Quantities one) {
        Quantities other = Quantities.NONE.with(Meter.SECOND, 7).with(Meter.INPUT, 3);
        for (Meter meter : Meter.values()) {
            other = other.with(meter, one.of(meter));
        }
        assertThat(other).isEqualTo(one).hasSameHashCodeAs(one);
        assertThat(one.total())
                .isEqualTo(one.counted().values().stream()
                        .mapToLong(count -> count)
                        .sum());
    }

    @Example
    void nothingIsBelowZero() {
        assertThatThrownBy(() -> Quantities.units(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Quantities.tokens(1, -1, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
