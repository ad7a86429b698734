package dev.sampan.gateway.internal;

import dev.sampan.gateway.Quantities;
import dev.sampan.gateway.Supply;
import dev.sampan.gateway.internal.supply.Caller;
import dev.sampan.gateway.internal.wire.ApiError;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import io.vertx.core.Context;
import java.util.function.BiConsumer;

/// An exchange as suppliers' answers see it.
final class ExchangeCaller implements Caller {
    private final Exchange exchange;
    private final BiConsumer<Exchange, Supply> attempts;

    /// @param attempts where those in vain are written down
    ExchangeCaller(Exchange exchange, BiConsumer<Exchange, Supply> attempts) {
        this.attempts = attempts;
        this.exchange = exchange;
    }

    @Override
    public Ulid id() {
        return exchange.id();
    }

    @Override
    public TenantId tenant() {
        return exchange.principal().tenant();
    }

    @Override
    public boolean wantsNew() {
        String control = exchange.request().getHeader("cache-control");
        return control != null && (control.contains("no-cache") || control.contains("no-store"));
    }

    @Override
    public void recalled() {
        exchange.request().response().putHeader("x-sampan-cache", "hit");
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
    public boolean remembers() {
        return exchange.repeat != null;
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
    public void attempted(Supply supply) {
        attempts.accept(exchange, supply);
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
