package dev.sampan.gateway.internal;

import dev.sampan.limits.Limiter.Refused;

/// What may be spent has room for the dearest outcome of the call, which is known once it is held.
final class AllowSpend implements Step {
    @Override
    public void take(Exchange exchange) {
        Refused refused = exchange.allowance().spend(exchange.held().amount());
        if (refused != null) {
            exchange.refuse(refused);
        } else {
            exchange.next();
        }
    }
}
