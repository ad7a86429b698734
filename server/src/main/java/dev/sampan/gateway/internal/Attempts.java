package dev.sampan.gateway.internal;

import dev.sampan.gateway.Call;
import dev.sampan.gateway.Meter;
import dev.sampan.gateway.Purse;
import dev.sampan.gateway.Quantities;
import dev.sampan.gateway.Supply;
import dev.sampan.kernel.Ulid;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Suppliers that were asked in vain and may count it: each time is a row of usage of its own, with a cost and
/// for nothing, so that our books can be held against the supplier's bill. The call goes on without waiting for it.
final class Attempts implements BiConsumer<Exchange, Supply> {
    private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

    /// What is held for it, since a call that can use nothing is none; nothing of it is charged.
    private static final Quantities CALL = Quantities.NONE.with(Meter.REQUEST, 1);

    private final Purse purse;

    Attempts(Purse purse) {
        this.purse = purse;
    }

    @Override
    public void accept(Exchange exchange, Supply supply) {
        Call attempt = new Call(Ulid.next(), exchange.principal(), exchange.model(), CALL, exchange.receivedAtMillis());
        purse.reserve(attempt).whenComplete((said, fault) -> {
            if (said instanceof Purse.Held held) {
                purse.settle(held, Quantities.NONE, supply).whenComplete((charge, lost) -> told(charge, lost, supply));
            } else {
                told(null, fault, supply);
            }
        });
    }

    private static void told(Purse.@Nullable Charge charge, @Nullable Throwable fault, Supply supply) {
        if (charge == null) {
            LOG.warn("An attempt of {} that may cost {} was not written down", supply.supplier(), supply.cost(), fault);
        }
    }
}
