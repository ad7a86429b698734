package dev.sampan.gateway.internal;

import dev.sampan.gateway.Once;
import dev.sampan.gateway.internal.wire.ApiError;
import dev.sampan.kernel.Sha256;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether the call was made before: by its `Idempotency-Key`. Calls without pay nothing for it.
final class Recall implements Step {
    private static final Logger LOG = LoggerFactory.getLogger(Recall.class);
    private static final String HEADER = "idempotency-key";
    private static final int KEY_LETTERS_MAX = 255;

    private final Supplier<@Nullable Once> once;

    /// @param once null while no room keeps answers
    Recall(Supplier<@Nullable Once> once) {
        this.once = once;
    }

    static @Nullable String key(Exchange exchange) {
        return exchange.request().getHeader(HEADER);
    }

    @Override
    public void take(Exchange exchange) {
        String key = key(exchange);
        if (key == null) {
            exchange.next();
            return;
        }
        Sha256 body = exchange.bodyHash;
        Once behind = once.get();
        if (!wellFormed(key)) {
            exchange.refuse(ApiError.badRequest(
                    "An Idempotency-Key has 1 to 255 visible ASCII letters and no blanks.",
                    null,
                    "idempotency_key_invalid"));
        } else if (body == null || behind == null) {
            exchange.refuse(ApiError.badRequest(
                    "An Idempotency-Key is not understood for this endpoint.", null, "idempotency_not_supported"));
        } else {
            exchange.ours(); // the client has sent all it has to send
            Once.Ask ask = new Once.Ask(exchange.principal().tenant(), key, body, exchange.id());
            behind.begin(ask)
                    .whenComplete((found, fault) -> exchange.later(() -> hear(exchange, behind, ask, found, fault)));
        }
    }

    static boolean wellFormed(String key) {
        return !key.isEmpty()
                && key.length() <= KEY_LETTERS_MAX
                && key.chars().allMatch(letter -> letter > ' ' && letter < 0x7f);
    }

    private static void hear(
            Exchange exchange, Once once, Once.Ask ask, Once.@Nullable Found found, @Nullable Throwable fault) {
        switch (found) {
            case null -> {
                LOG.debug("Whether call {} was made before is not known", exchange.id(), fault);
                exchange.refuse(ApiError.unavailable("Whether this call was made before cannot be looked up now."));
            }
            case Once.Fresh fresh -> {
                Repeat repeat = new Repeat(once, ask, fresh.paid());
                if (exchange.ended()) {
                    repeat.free(); // the client has gone meanwhile
                } else {
                    exchange.repeat = repeat;
                    exchange.next();
                }
            }
            case Once.Kept kept -> exchange.replay(kept.answer());
            case Once.Refused refused -> exchange.refuse(ApiError.of(refused));
        }
    }
}
