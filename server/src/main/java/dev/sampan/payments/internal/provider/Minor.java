package dev.sampan.payments.internal.provider;

import dev.sampan.kernel.Money;
import java.math.BigDecimal;
import java.util.Currency;

/// Amounts in the smallest unit of their currency, as providers count: 1,234 fen are 12.34 CNY, 500 are 500
/// JPY.
public final class Minor {
    private Minor() {}

    /// @throws ArithmeticException when the amount has a part of the smallest unit
    public static long of(Money money) {
        return money.amount()
                .movePointRight(money.currency().getDefaultFractionDigits())
                .longValueExact();
    }

    /// @throws ArithmeticException beyond the range of money
    public static Money money(long minor, Currency currency) {
        return Money.of(BigDecimal.valueOf(minor, currency.getDefaultFractionDigits()), currency);
    }

    /// Whether it can be paid: more than nothing, in whole smallest units.
    public static boolean payable(Money money) {
        return money.nanos() > 0
                && money.amount().stripTrailingZeros().scale()
                        <= money.currency().getDefaultFractionDigits();
    }
}
