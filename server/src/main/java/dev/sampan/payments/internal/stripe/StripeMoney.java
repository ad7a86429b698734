package dev.sampan.payments.internal.stripe;

import dev.sampan.kernel.Money;
import dev.sampan.payments.internal.provider.Minor;
import java.util.Currency;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Stripe counts in the smallest unit, but ISK and UGX in hundredths, which they do not have
/// (https://docs.stripe.com/currencies#special-cases).
final class StripeMoney {
    private static final Set<String> HUNDREDTHS = Set.of("ISK", "UGX");

    private StripeMoney() {}

    static long minor(Money money) {
        long own = Minor.of(money);
        return HUNDREDTHS.contains(money.currency().getCurrencyCode()) ? Math.multiplyExact(own, 100L) : own;
    }

    static String currency(Money money) {
        return money.currency().getCurrencyCode().toLowerCase(Locale.ROOT);
    }

    /// Null for what is no amount of a currency we know.
    static @Nullable Money of(JsonNode minor, JsonNode code) {
        Currency currency = known(code.asString("").toUpperCase(Locale.ROOT));
        if (currency == null || !minor.isIntegralNumber() || !minor.canConvertToLong()) {
            return null;
        }
        long amount = minor.asLong();
        boolean hundredths = HUNDREDTHS.contains(currency.getCurrencyCode());
        return hundredths && amount % 100 != 0 ? null : Minor.money(hundredths ? amount / 100 : amount, currency);
    }

    private static @Nullable Currency known(String code) {
        return Currency.getAvailableCurrencies().stream()
                .filter(one -> one.getCurrencyCode().equals(code))
                .findFirst()
                .orElse(null);
    }
}
