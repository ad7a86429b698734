package dev.sampan.billing.internal;

import dev.sampan.kernel.Money;
import java.math.BigDecimal;

/// Amounts for programs: exact decimals without currency, at least with the currency's own digits.
final class Decimals {
    private Decimals() {}

    static String of(Money money) {
        BigDecimal exact = money.amount().stripTrailingZeros();
        int digits = money.currency().getDefaultFractionDigits();
        return (exact.scale() < digits ? exact.setScale(digits) : exact).toPlainString();
    }
}
