package dev.sampan.gateway.internal.supply;

import dev.sampan.gateway.Quantities;
import dev.sampan.gateway.internal.tongue.Spoken;
import dev.sampan.gateway.internal.tongue.Target;
import dev.sampan.gateway.internal.tongue.Tongue;
import dev.sampan.gateway.internal.wire.AnswerId;
import dev.sampan.gateway.internal.wire.ApiError;
import dev.sampan.gateway.internal.wire.Dialect;
import dev.sampan.gateway.internal.wire.Incoming;
import dev.sampan.gateway.internal.wire.ProxiedRequest;
import dev.sampan.gateway.internal.wire.SseReader;
import dev.sampan.gateway.internal.wire.WholeAnswer;
import dev.sampan.spec.SuppliersSpec.Route;
import dev.sampan.spec.SuppliersSpec.Supplier;
import io.vertx.core.AsyncResult;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One route asked once. After [#over] nothing that still arrives counts.
final class Attempt {
    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
    static final String EVENTS = "text/event-stream; charset=utf-8";
    private static final int ANSWER_BYTES_MAX = 64 << 20;
    private static final int ERROR_BYTES_MAX = 64 << 10;

    private final Relay relay;
    private final Route route;
    private final ProxiedRequest asked;
    private final Target target;
    private final Tongue tongue;
    private final AnswerId id;
    private final Incoming incoming;
    private final SseReader events = new SseReader();
    private @Nullable HttpClientRequest request;
    private @Nullable HttpClientResponse response;
    private @Nullable ByteAnswer bytes;
    private long askedAt;
    private boolean sent;
    private boolean paused;
    private boolean over;

    Attempt(Relay relay, Route route) {
        this.relay = relay;
        this.route = route;
        this.asked = relay.asked();
        Supplier supplier = Objects.requireNonNull(relay.directory().supplier(route.supplier()));
        this.target = new Target(supplier, route.model(), relay.directory().key(route.supplier()));
        this.tongue = Tongue.of(supplier.kind(), asked);
        this.id =
                new AnswerId(relay.caller().id().toString(), relay.caller().id().epochMillis() / 1000);
        this.incoming = tongue.stream(asked, id);
    }

    Route route() {
        return route;
    }

    Quantities relayed() {
        return bytes == null ? incoming.relayed() : Quantities.NONE;
    }

    /// What the caller hears when the answer breaks off; null where it cannot be told in words.
    byte @Nullable [] failed(ApiError error) {
        return asked.dialect() == Dialect.BYTES ? null : incoming.failed(error);
    }

    void start() {
        if (target.key() == null && target.supplier().keyVariable() != null) {
            refused(new Refusal.OfUs(401, Refusal.LONG));
            return;
        }
        Spoken spoken = tongue.say(asked, target);
        askedAt = relay.relays().health().now();
        relay.relays().client().post(target.supplier(), spoken).onComplete(made -> {
            if (made.failed()) {
                unanswered();
                return;
            }
            request = made.result();
            if (over) {
                request.reset();
                return;
            }
            sent = true;
            relay.relays().client().send(request, spoken).onComplete(this::head);
        });
    }

    private void head(AsyncResult<HttpClientResponse> answered) {
        if (answered.failed()) {
            unanswered();
            return;
        }
        HttpClientResponse head = answered.result();
        response = head;
        if (over) {
            return;
        }
        String type = Objects.requireNonNullElse(head.getHeader("content-type"), "");
        if (head.statusCode() == 200) {
            relay.relays().health().began(route, asked.stream(), askedAt);
        }
        if (head.statusCode() != 200) {
            String wait = head.getHeader("retry-after");
            collect(head, ERROR_BYTES_MAX, text -> refused(Refusal.of(head.statusCode(), tongue.error(text), wait)));
        } else if (asked.dialect() == Dialect.BYTES) {
            bytes = new ByteAnswer(relay, type.isEmpty() ? "application/octet-stream" : type);
            head.handler(this::sound);
            head.endHandler(_ -> ended());
            head.exceptionHandler(_ -> cut());
        } else if (!asked.stream()) {
            collect(head, ANSWER_BYTES_MAX, this::whole);
        } else if (type.startsWith("text/event-stream")) {
            head.handler(this::piece);
            head.endHandler(_ -> cut());
            head.exceptionHandler(_ -> cut());
        } else {
            unanswered();
        }
    }

    /// The whole body, if it comes whole and is not too long.
    private void collect(HttpClientResponse head, int bytesMax, Consumer<String> then) {
        Buffer body = Buffer.buffer();
        head.handler(piece -> {
            if (body.length() + piece.length() > bytesMax) {
                unanswered();
                reset();
            } else {
                body.appendBuffer(piece);
            }
        });
        head.exceptionHandler(_ -> unanswered());
        head.endHandler(_ -> {
            if (!over) {
                then.accept(body.toString(StandardCharsets.UTF_8));
            }
        });
    }

    private void whole(String text) {
        WholeAnswer answer = tongue.whole(asked, text, id);
        if (answer == null) {
            unanswered();
            return;
        }
        over = true;
        relay.relays().health().answered(route);
        relay.answered(route, new Caller.Rest(answer.body(), answer.type()), answer.used(), asked.atLeast());
    }

    private void refused(Refusal refusal) {
        over = true;
        switch (refusal) {
            case Refusal.OfTheCall mistake -> {
                relay.relays().health().answered(route);
                relay.refuse(mistake.error(route.model(), asked.model().name(), target.key()));
            }
            case Refusal.OfUs pause -> {
                LOG.warn(
                        "The supplier {} refused a call with {}; it is left alone for {} s",
                        route.supplier(),
                        pause.status(),
                        pause.alone().toSeconds());
                relay.relays().health().refused(route, pause.alone());
                relay.next();
            }
            case Refusal.Fault _ -> {
                relay.relays().health().failed(route, false);
                relay.next();
            }
        }
    }

    private void piece(Buffer bytes) {
        try {
            for (String data : events.feed(bytes.getBytes())) {
                if (over) {
                    return;
                }
                take(data);
            }
        } catch (Incoming.Broken | IllegalStateException e) {
            LOG.debug("The stream of {} broke: {}", route.supplier(), e.getMessage());
            cut();
            reset();
        }
    }

    private void take(String data) throws Incoming.Broken {
        byte[] frame = incoming.take(data);
        if (frame != null) {
            relay.show(frame, EVENTS);
            hold();
        }
        if (incoming.done()) {
            complete();
        }
    }

    private void sound(Buffer piece) {
        ByteAnswer answer = Objects.requireNonNull(bytes);
        if (!over && answer.take(piece)) {
            hold();
        }
    }

    private void ended() {
        ByteAnswer answer = Objects.requireNonNull(bytes);
        if (over) {
            return;
        }
        if (answer.empty()) {
            unanswered();
            return;
        }
        over = true;
        relay.relays().health().answered(route);
        relay.answered(route, answer.rest(), asked.atLeast(), asked.atLeast());
    }

    /// Reads no faster than the caller does.
    private void hold() {
        HttpClientResponse stream = response;
        if (stream != null && !relay.gone() && relay.caller().full()) {
            paused = true;
            stream.pause();
            relay.caller().whenDrained(this::goOn);
        }
    }

    void goOn() {
        HttpClientResponse stream = response;
        if (paused && stream != null) {
            paused = false;
            stream.resume();
        }
    }

    private void complete() {
        if (!over) {
            over = true;
            relay.relays().health().answered(route);
            relay.answered(route, new Caller.Rest(incoming.end(), EVENTS), incoming.usage(), incoming.relayed());
        }
    }

    /// The stream ended, in whatever way, without saying that this was all.
    private void cut() {
        if (over) {
            return;
        }
        if (bytes == null && incoming.complete()) {
            complete();
        } else if (relay.visible()) {
            over = true;
            if (!paused) {
                relay.relays().health().failed(route, false); // what it costs is told with the call
            }
            relay.broken(this, paused);
        } else {
            unanswered();
        }
    }

    /// Before it was asked nothing is lost; after that it may have done its work, so the attempt has a cost of
    /// its own.
    private void unanswered() {
        if (!over) {
            over = true;
            relay.relays().health().failed(route, sent);
            relay.next();
            if (sent) {
                relay.uncertain(route);
            }
        }
    }

    void stop() {
        over = true;
        relay.relays().health().left(route);
        reset();
    }

    private void reset() {
        HttpClientRequest sent = request;
        if (sent != null) {
            sent.reset();
        }
    }
}
