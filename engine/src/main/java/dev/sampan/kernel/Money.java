package dev.sampan.kernel;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;

/// An exact amount in nano-units of its currency (1 CNY = 1,000,000,000). A long of nanos holds about ±9.2 billion
/// units; arithmetic that leaves that range throws instead of wrapping.
public record Money(long nanos, Currency currency) implements Comparable<Money> {
    public static final int SCALE = 9;

    public static Money zero(Currency currency) {
        return new Money(0, currency);
    }

    /// From a decimal text such as `"0.002"`.
    ///
    /// @throws ArithmeticException when it has more than nine decimals or leaves the range
    public static Money of(String decimal, String currencyCode) {
        return of(new BigDecimal(decimal), Currency.getInstance(currencyCode));
    }

    public static Money of(BigDecimal amount, Currency currency) {
        return new Money(
                amount.setScale(SCALE, RoundingMode.UNNECESSARY).unscaledValue().longValueExact(), currency);
    }

    public Money plus(Money other) {
        return new Money(Math.addExact(nanos, same(other).nanos), currency);
    }

    public Money minus(Money other) {
        return new Money(Math.subtractExact(nanos, same(other).nanos), currency);
    }

    public Money times(long units) {
        return new Money(Math.multiplyExact(nanos, units), currency);
    }

    public Money negated() {
        return new Money(Math.negateExact(nanos), currency);
    }

    public boolean isNegative() {
        return nanos < 0;
    }

    public BigDecimal amount() {
        return BigDecimal.valueOf(nanos, SCALE);
    }

    /// Rounded half up to the currency's own digits (2 for CNY): what stands on an invoice line, once.
    public BigDecimal rounded() {
        return amount().setScale(currency.getDefaultFractionDigits(), RoundingMode.HALF_UP);
    }

    @Override
    public int compareTo(Money other) {
        return Long.compare(nanos, same(other).nanos);
    }

    private Money same(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException("amounts of two currencies: " + this + " and " + other);
        }
        return other;
    }

    @Override
    public String toString() {
        return amount().stripTrailingZeros().toPlainString() + " " + currency.getCurrencyCode();
    }
}
