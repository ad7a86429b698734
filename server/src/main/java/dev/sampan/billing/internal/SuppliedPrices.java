package dev.sampan.billing.internal;

import dev.sampan.billing.Billing;
import dev.sampan.billing.Price.Tier;
import dev.sampan.gateway.Meter;
import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.Money;
import dev.sampan.spec.SuppliersSpec.Model;
import dev.sampan.spec.SuppliersSpec.Price;
import dev.sampan.spec.SuppliersSpec.Rate;
import dev.sampan.suppliers.Pricing;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Prices of supplied models, as their file states them.
final class SuppliedPrices implements Pricing {
    private final Billing billing;

    SuppliedPrices(Billing billing) {
        this.billing = billing;
    }

    @Override
    public void price(Model model, ActorId by) {
        Price price = Objects.requireNonNull(model.price());
        List<Tier> tiers = new ArrayList<>();
        tiers.add(new Tier(0, rates(price, price.rates())));
        price.tiers().forEach(tier -> tiers.add(new Tier(tier.fromPrompt(), rates(price, tier.rates()))));
        billing.setPrice(model.name(), model.name(), tiers, by);
    }

    private static Map<Meter, Money> rates(Price price, Map<Rate, BigDecimal> stated) {
        Map<Meter, Money> rates = new EnumMap<>(Meter.class);
        stated.forEach((rate, amount) -> rates.put(Meter.of(rate.code()), each(rate, amount, price.currency())));
        return rates;
    }

    /// Exact: the file's prices for a million have three decimals at the most.
    private static Money each(Rate rate, BigDecimal amount, Currency currency) {
        return Money.of(amount.divide(BigDecimal.valueOf(rate.priced())), currency);
    }
}
