package dev.sampan.gateway.internal;

import dev.sampan.gateway.internal.wire.ApiError;
import dev.sampan.serving.Deployment;
import dev.sampan.serving.Serving;
import java.util.Optional;

/// Which deployment answers: the live one of the public name. It may have gone since the call was admitted.
final class Choose implements Step {
    private final Serving serving;

    Choose(Serving serving) {
        this.serving = serving;
    }

    @Override
    public void take(Exchange exchange) {
        if (exchange.endpoint() != Endpoint.PREDICT) {
            exchange.next(); // suppliers are chosen one after the other, as they answer
            return;
        }
        Optional<Deployment> live = serving.live(exchange.model());
        if (live.isEmpty()) {
            exchange.refuse(ApiError.modelNotFound(exchange.model()));
            return;
        }
        exchange.next();
    }
}
