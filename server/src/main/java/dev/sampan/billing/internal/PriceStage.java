package dev.sampan.billing.internal;

import dev.sampan.billing.Billing;
import dev.sampan.billing.Price;
import dev.sampan.gateway.Meter;
import dev.sampan.spec.ProductSpec;
import dev.sampan.studio.Stage;
import dev.sampan.studio.StageName;
import dev.sampan.studio.StageProgress;
import dev.sampan.studio.Voyage;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Block `product`: what a call of the public model costs. Without the block the model has no price and is
/// not sold.
final class PriceStage implements Stage {
    private final Billing billing;
    private final InstantSource clock;

    PriceStage(Billing billing, InstantSource clock) {
        this.billing = billing;
        this.clock = clock;
    }

    @Override
    public StageName name() {
        return StageName.PRICE;
    }

    @Override
    public Outcome run(Voyage voyage, StageProgress progress) {
        @Nullable ProductSpec product = voyage.spec().product();
        String model = voyage.spec().serve().model();
        if (product == null) {
            progress.at("price", 1, 1, "no product: calls of " + model + " are refused");
            return new Outcome(voyage, false, Map.of("model", model, "sold", false));
        }
        Optional<Price> before = billing.price(model, clock.instant());
        Price price = billing.setPrice(model, product.name(), product.pricePerCall(), voyage.actor());
        String perCall = price.rate(Meter.UNIT).toString();
        progress.at("price", 1, 1, model + " " + perCall);
        return new Outcome(
                voyage,
                before.isPresent() && before.get().version().equals(price.version()),
                Map.of("model", model, "sold", true, "product", price.product(), "price_per_call", perCall));
    }
}
