package dev.sampan.gateway.internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The answer to a call with an `Idempotency-Key` is durable before it leaves, so that whoever did not read it can
/// ask again. Whoever has gone meanwhile can, too.
final class Keep implements Step {
    private static final Logger LOG = LoggerFactory.getLogger(Keep.class);

    @Override
    public void take(Exchange exchange) {
        keep(exchange, exchange::next);
    }

    static void keep(Exchange exchange, Runnable then) {
        Repeat repeat = exchange.repeat;
        if (repeat == null) {
            then.run();
            return;
        }
        if (exchange.chargedNothing() && !repeat.paid()) {
            repeat.free(); // its supplier broke it off
            then.run();
            return;
        }
        repeat.keep(exchange.rest(), exchange.chargeText()).whenComplete((_, fault) -> {
            if (fault != null) {
                // It is paid for, so it leaves. Asked again, it is found to be paid for after the next start.
                LOG.warn("The answer of call {} could not be kept", exchange.id(), fault);
            }
            exchange.later(then);
        });
    }
}
