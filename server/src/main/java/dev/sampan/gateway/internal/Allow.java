package dev.sampan.gateway.internal;

import dev.sampan.gateway.internal.wire.ApiError;
import dev.sampan.limits.Limiter;
import dev.sampan.limits.Limiter.Admission;
import dev.sampan.limits.Limiter.Asking;
import dev.sampan.limits.Limiter.NotYet;
import dev.sampan.limits.Limiter.Refused;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Requests, tokens and calls at once: all limits that apply have room for the most that the call can use. Of spend it
/// is only looked at whether any is left; see [AllowSpend].
final class Allow implements Step {
    private static final Logger LOG = LoggerFactory.getLogger(Allow.class);

    private final Limiter limiter;

    Allow(Limiter limiter) {
        this.limiter = limiter;
    }

    @Override
    public void take(Exchange exchange) {
        Asking asking = new Asking(
                exchange.principal(), exchange.model(), exchange.asked().most().tokens(), exchange.receivedAtMillis());
        switch (limiter.admit(asking)) {
            case Admission admission -> {
                exchange.allowed(admission);
                exchange.next();
            }
            case Refused refused -> exchange.refuse(refused);
            case NotYet(var known) -> {
                exchange.ours(); // the client has sent all it has to send
                known.whenComplete((_, fault) -> exchange.later(() -> again(exchange, fault)));
            }
        }
    }

    private void again(Exchange exchange, @Nullable Throwable fault) {
        if (fault != null) {
            LOG.debug("What was used of the limits of call {} is not known", exchange.id(), fault);
            exchange.refuse(ApiError.unavailable("How much of your limits is used cannot be looked up now."));
        } else if (!exchange.ended()) {
            take(exchange);
        }
    }
}
