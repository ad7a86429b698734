package dev.sampan.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class MoneyTests {
    @Property
    void minusUndoesPlus(
            @ForAll @LongRange(min = -1L << 60, max = 1L << 60) long a,
            @ForAll @LongRange(min = -1L << 60, max = 1L << 60) long b) {
        Money first = Money.zero(java.util.Currency.getInstance("CNY")).plus(new Money(a, cny()));
        assertThat(first.plus(new Money(b, cny())).minus(new Money(b, cny()))).isEqualTo(first);
    }

    @Test
    void roundsHalfUpToTheCurrencysDigits() {
        assertThat(Money.of("0.005", "CNY").rounded()).isEqualByComparingTo("0.01");
        assertThat(Money.of("0.5", "JPY").rounded()).isEqualByComparingTo("1");
    }

    @Test
    void refusesTwoCurrenciesAndOverflow() {
        assertThatThrownBy(() -> Money.of("1", "CNY").plus(Money.of("1", "USD")))
                .hasMessageContaining("two currencies");
        assertThatThrownBy(() -> Money.of("9000000000", "CNY").times(2)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Money.of("0.0000000001", "CNY")).isInstanceOf(ArithmeticException.class);
    }

    private static java.util.Currency cny() {
        return java.util.Currency.getInstance("CNY");
    }
}
