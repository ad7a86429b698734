package dev.sampan.spec.internal;

import java.util.Currency;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An ISO 4217 code in capital letters.
record CurrencyType() implements Type<Currency> {
    @Override
    public @Nullable Currency read(Spot spot) {
        String code = TextTypes.textAt(spot);
        if (code == null) {
            return null;
        }
        for (Currency currency : Currency.getAvailableCurrencies()) {
            if (currency.getCurrencyCode().equals(code)) {
                return currency;
            }
        }
        spot.problem(
                Spot.OUT_OF_RANGE,
                spot.name() + " is " + Scalars.quoted(code) + ", which is no currency",
                "Write its three capital letters, such as CNY, EUR or USD");
        return null;
    }

    @Override
    public Object write(Currency value) {
        return value.getCurrencyCode();
    }

    @Override
    public Map<String, Object> schema() {
        return Map.of("type", "string", "pattern", "^[A-Z]{3}$");
    }
}
