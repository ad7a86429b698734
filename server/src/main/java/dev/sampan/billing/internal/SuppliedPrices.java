package dev.sampan.billing.internal;

import dev.sampan.billing.Billing;
import dev.sampan.gateway.Meter;
import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.Money;
import dev.sampan.spec.SuppliersSpec.Model;
import dev.sampan.spec.SuppliersSpec.Price;
import dev.sampan.suppliers.Pricing;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Objects;

/// Prices of supplied models, as their file states them for a million tokens.
final class SuppliedPrices implements Pricing {
    private final Billing billing;

    SuppliedPrices(Billing billing) {
        this.billing = billing;
    }

    @Override
    public void price(Model model, ActorId by) {
        Price price = Objects.requireNonNull(model.price());
        Map<Meter, Money> rates = Map.of(
                Meter.INPUT, perToken(price, price.input()),
                Meter.CACHED_INPUT, perToken(price, price.cachedInput()),
                Meter.OUTPUT, perToken(price, price.output()));
        billing.setPrice(model.name(), model.name(), rates, by);
    }

    /// Exact: the file's prices have three decimals at the most.
    private static Money perToken(Price price, BigDecimal perMillion) {
        return Money.of(perMillion.divide(Price.TOKENS), price.currency());
    }
}
