package dev.sampan.gateway.internal;

import dev.sampan.gateway.Call;
import dev.sampan.gateway.Purse;
import dev.sampan.gateway.internal.wire.ApiError;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Money for the dearest outcome: every input answered, every answer as long as it may be.
final class Reserve implements Step {
    private final Purse purse;

    Reserve(Purse purse) {
        this.purse = purse;
    }

    @Override
    public void take(Exchange exchange) {
        Call call = new Call(
                exchange.id(),
                exchange.principal(),
                exchange.model(),
                exchange.asked().most(),
                exchange.receivedAtMillis());
        CompletableFuture<Purse.Reservation> reservation = purse.reserve(call).toCompletableFuture();
        if (reservation.isDone() && !reservation.isCompletedExceptionally()) {
            hear(exchange, reservation.join(), null);
        } else {
            reservation.whenComplete((said, fault) -> exchange.later(() -> hear(exchange, said, fault)));
        }
    }

    private void hear(Exchange exchange, Purse.@Nullable Reservation said, @Nullable Throwable fault) {
        switch (said) {
            case null -> exchange.fail(fault);
            case Purse.Refused refused -> exchange.refuse(ApiError.of(refused));
            case Purse.Held held -> {
                exchange.hold(held, purse);
                exchange.next();
            }
        }
    }
}
