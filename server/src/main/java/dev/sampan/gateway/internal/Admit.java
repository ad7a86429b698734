package dev.sampan.gateway.internal;

import dev.sampan.gateway.internal.supply.Relays;
import dev.sampan.gateway.internal.wire.ApiError;
import dev.sampan.gateway.internal.wire.BadBody;
import dev.sampan.gateway.internal.wire.ProxiedRequest;
import dev.sampan.gateway.internal.wire.Upload;
import dev.sampan.kernel.Sha256;
import dev.sampan.serving.Serving;
import dev.sampan.spec.SuppliersSpec.Use;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What is asked: how many calls run already, kind and size of the body, its shape, whether the model is there.
final class Admit implements Step {
    /// A client that sends too much reads no answer before it has sent it, so that much is received and
    /// thrown away.
    private static final long DISCARDED_BYTES_MAX = 64L << 20;

    private static final long BODY_MILLIS_MAX = 30_000;
    private static final long FORM_MILLIS_MAX = 120_000;

    private final Limits limits;
    private final Serving serving;
    private final Relays relays;
    private final InstantSource clock;
    private final Uploads uploads = new Uploads();

    Admit(Limits limits, Serving serving, Relays relays, InstantSource clock) {
        this.limits = limits;
        this.serving = serving;
        this.relays = relays;
        this.clock = clock;
    }

    @Override
    public void take(Exchange exchange) {
        ApiError error = kind(exchange.request(), exchange.endpoint());
        boolean ours = exchange.endpoint() == Endpoint.PREDICT;
        if (error == null && ours && serving.live(exchange.model()).isEmpty()) {
            error = absent(exchange.model());
        }
        if (error == null) {
            error = exchange.enter(limits);
        }
        if (error != null) {
            exchange.refuse(error);
            return;
        }
        exchange.by(
                clock.millis() + (exchange.endpoint().form() ? FORM_MILLIS_MAX : BODY_MILLIS_MAX), ApiError.tooSlow());
        if (exchange.endpoint().form()) {
            uploads.receive(exchange, upload -> parse(exchange, upload));
        } else {
            receive(exchange);
        }
    }

    /// A model that should answer and does not is our fault, and no reason to look for a typing error.
    private ApiError absent(String model) {
        boolean out = serving.outages().stream()
                .anyMatch(outage -> outage.deployment().publicModel().equals(model));
        return out
                ? ApiError.unavailable("The model '" + model + "' cannot answer at the moment.")
                : ApiError.modelNotFound(model);
    }

    private static @Nullable ApiError kind(HttpServerRequest request, Endpoint endpoint) {
        String type = request.getHeader("content-type");
        String encoding = request.getHeader("content-encoding");
        String wanted = endpoint.form() ? "multipart/form-data" : "application/json";
        if (type == null || !type.regionMatches(true, 0, wanted, 0, wanted.length())) {
            return ApiError.wrongContentType(type, wanted);
        }
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            return ApiError.wrongContentType(type + "; " + encoding, wanted);
        }
        return announced(request) > DISCARDED_BYTES_MAX ? ApiError.tooLarge(endpoint.bodyBytesMax()) : null;
    }

    private static long announced(HttpServerRequest request) {
        String length = request.getHeader("content-length");
        if (length == null || length.isEmpty() || length.length() > 18) {
            return length == null ? 0 : Long.MAX_VALUE;
        }
        long value = 0;
        for (int i = 0; i < length.length(); i++) {
            int digit = length.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return Long.MAX_VALUE;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    private void receive(Exchange exchange) {
        int bytesMax = exchange.endpoint().bodyBytesMax();
        HttpServerRequest request = exchange.request();
        Buffer body = Buffer.buffer();
        long[] received = {0};
        request.handler(piece -> {
            received[0] += piece.length();
            if (received[0] > DISCARDED_BYTES_MAX) {
                exchange.refuse(ApiError.tooLarge(bytesMax));
            } else if (received[0] <= bytesMax && !exchange.ended()) {
                if (exchange.keep(piece.length())) {
                    body.appendBuffer(piece);
                } else {
                    exchange.refuse(ApiError.overloaded("More is being sent than this server holds at once."));
                }
            }
        });
        request.endHandler(_ -> {
            if (received[0] > bytesMax) {
                exchange.refuse(ApiError.tooLarge(bytesMax));
            } else if (!exchange.ended()) {
                parse(exchange, body.getBytes());
            }
        });
    }

    /// Of what is asked and where.
    private static Sha256 hash(String path, byte[] body) {
        MessageDigest digest = Sha256.digest();
        digest.update((path + "\n").getBytes(StandardCharsets.UTF_8));
        return Sha256.finish(digest.digest(body));
    }

    private void parse(Exchange exchange, Upload upload) {
        try {
            Use use = Objects.requireNonNull(exchange.endpoint().use());
            ProxiedRequest asked = ProxiedRequest.read(use, upload, relays);
            exchange.asks(asked.model().name(), asked);
        } catch (BadBody e) {
            exchange.refuse(e.error());
            return;
        }
        exchange.next();
    }

    private void parse(Exchange exchange, byte[] body) {
        try {
            Use use = exchange.endpoint().use();
            if (use == null) {
                exchange.asks(exchange.model(), PredictRequest.read(body));
            } else {
                ProxiedRequest asked = ProxiedRequest.read(exchange.endpoint().dialect(), use, body, relays);
                exchange.asks(asked.model().name(), asked);
            }
            if (Recall.key(exchange) != null) {
                exchange.bodyHash = hash(exchange.request().path(), body);
            }
        } catch (BadBody e) {
            exchange.refuse(e.error());
            return;
        }
        exchange.next();
    }
}
