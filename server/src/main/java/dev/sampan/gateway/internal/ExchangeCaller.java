package dev.sampan.gateway.internal;

import dev.sampan.gateway.Quantities;
import dev.sampan.gateway.Supply;
import dev.sampan.gateway.internal.supply.Caller;
import dev.sampan.gateway.internal.wire.ApiError;
import dev.sampan.kernel.Ulid;
import io.vertx.core.Context;

/// An exchange as suppliers' answers see it.
final class ExchangeCaller implements Caller {
    private final Exchange exchange;

    ExchangeCaller(Exchange exchange) {
        this.exchange = exchange;
    }

    @Override
    public Ulid id() {
        return exchange.id();
    }

    @Override
    public Context context() {
        return exchange.context();
    }

    @Override
    public void begin(String type) {
        exchange.begin(type);
    }

    @Override
    public void write(byte[] frame) {
        exchange.write(frame);
    }

    @Override
    public boolean full() {
        return exchange.request().response().writeQueueFull();
    }

    @Override
    public void whenDrained(Runnable then) {
        exchange.request().response().drainHandler(_ -> then.run());
    }

    @Override
    public void whenGone(Runnable then) {
        exchange.whenGone(then);
    }

    @Override
    public void finish(Rest rest, Quantities used, Supply supply) {
        exchange.answer(rest, used, supply);
        exchange.next();
    }

    @Override
    public void refuse(ApiError error) {
        exchange.refuse(error);
    }

    @Override
    public void abandon() {
        exchange.abandon();
    }
}
