package dev.sampan.gateway.internal;

import dev.sampan.gateway.Purse;
import dev.sampan.gateway.Quantities;
import dev.sampan.gateway.internal.wire.ApiError;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What was used is charged. The next step comes when the charge is durable, not before; when it cannot be made
/// durable, no answer leaves.
final class Settle implements Step {
    private static final Logger LOG = LoggerFactory.getLogger(Settle.class);

    private final Purse purse;

    Settle(Purse purse) {
        this.purse = purse;
    }

    @Override
    public void take(Exchange exchange) {
        Quantities used = exchange.repeat != null && exchange.repeat.paid() ? Quantities.NONE : exchange.used();
        purse.settle(exchange.settling(), used, exchange.supply())
                .whenComplete((charge, fault) -> exchange.later(() -> hear(exchange, charge, fault)));
    }

    private static void hear(Exchange exchange, Purse.@Nullable Charge charge, @Nullable Throwable fault) {
        if (charge == null) {
            LOG.error("The charge of call {} could not be written down", exchange.id(), fault);
            exchange.uncharged();
            exchange.refuse(ApiError.unavailable("The charge could not be written down, so there is no answer."));
            return;
        }
        exchange.charged(charge);
        if (exchange.ended()) {
            Keep.keep(exchange, () -> {}); // whoever has gone may ask again
        } else {
            exchange.next();
        }
    }
}
