package dev.sampan.gateway.internal;

import dev.sampan.gateway.Once;
import dev.sampan.gateway.Purse;
import dev.sampan.gateway.internal.wire.ApiError;
import dev.sampan.gateway.internal.wire.Dialect;
import dev.sampan.gateway.internal.wire.WholeAnswer;
import dev.sampan.kernel.Ulid;
import dev.sampan.limits.Levels;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Writes answers, with the headers every answer has, and counts them.
final class Replies {
    private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
    private static final CharSequence REQUEST_ID = HttpHeaders.createOptimized("x-request-id");
    private static final CharSequence PROCESSING = HttpHeaders.createOptimized("openai-processing-ms");
    private static final CharSequence CHARGE = HttpHeaders.createOptimized("x-sampan-charge");

    private final InstantSource clock;
    private final Timer answered;
    private final Timer refused;
    private final Timer failed;
    private final Timer gone;

    Replies(InstantSource clock, MeterRegistry metrics) {
        this.clock = clock;
        this.answered = timer(metrics, "answered");
        this.refused = timer(metrics, "refused");
        this.failed = timer(metrics, "failed");
        this.gone = timer(metrics, "gone");
    }

    private static Timer timer(MeterRegistry metrics, String outcome) {
        return Timer.builder("sampan_calls")
                .description("Requests at the door by outcome")
                .tag("outcome", outcome)
                .serviceLevelObjectives(
                        Duration.ofMillis(1),
                        Duration.ofMillis(5),
                        Duration.ofMillis(20),
                        Duration.ofMillis(100),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(10))
                .register(metrics);
    }

    /// @param charge null for what costs nothing
    void success(HttpServerRequest request, Ulid id, byte[] body, Purse.@Nullable Charge charge) {
        success(request, id, WholeAnswer.JSON, body, charge);
    }

    /// @param type its `content-type`
    void success(HttpServerRequest request, Ulid id, String type, byte[] body, Purse.@Nullable Charge charge) {
        HttpServerResponse response = request.response();
        long millis = head(response, id, type.equals(WholeAnswer.JSON) ? JSON : type);
        if (charge != null) {
            response.putHeader(CHARGE, charge.amount().toString());
        }
        write(request, body);
        answered.record(millis, TimeUnit.MILLISECONDS);
    }

    /// An answer that was given before.
    void again(HttpServerRequest request, Ulid id, Once.Answered before) {
        request.response().putHeader(CHARGE, before.charge()).putHeader("idempotent-replayed", "true");
        success(request, id, before.type(), before.body(), null);
    }

    /// How the limits of the call stand; before its head.
    void rates(HttpServerRequest request, Levels levels, Dialect dialect) {
        if (levels != Levels.NONE) {
            RateHeaders.put(request.response(), levels, dialect, clock);
        }
    }

    /// The head of a stream.
    void begin(HttpServerRequest request, Ulid id, String type) {
        HttpServerResponse response = request.response();
        if (response.headWritten() || response.closed()) {
            return;
        }
        head(response, id, type);
        response.putHeader("cache-control", "no-cache");
        response.putHeader("x-accel-buffering", "no");
        response.setChunked(true);
    }

    /// The last of a stream.
    void streamed(HttpServerRequest request, Ulid id, byte[] rest) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed()) {
            gone();
            return;
        }
        response.end(Buffer.buffer(rest));
        answered.record(Math.max(0, clock.millis() - id.epochMillis()), TimeUnit.MILLISECONDS);
    }

    void error(HttpServerRequest request, Ulid id, ApiError error) {
        error(request, id, error, Dialect.OPENAI);
    }

    void error(HttpServerRequest request, Ulid id, ApiError error, Dialect dialect) {
        HttpServerResponse response = request.response().setStatusCode(error.status());
        long millis = head(response, id, JSON);
        switch (error.retry()) {
            case NEVER -> response.putHeader("x-should-retry", "false");
            case SOON ->
                response.putHeader("retry-after", Long.toString(Math.ceilDiv(error.waitMillis(), 1000)))
                        .putHeader("retry-after-ms", Long.toString(error.waitMillis()));
            case BY_STATUS -> {
                // the status says it all
            }
        }
        if (error.status() == 408 || error.status() == 413) {
            response.putHeader("connection", "close");
        }
        write(request, error.body(dialect));
        (error.status() >= 500 ? failed : refused).record(millis, TimeUnit.MILLISECONDS);
    }

    void gone() {
        gone.record(0, TimeUnit.MILLISECONDS);
    }

    private long head(HttpServerResponse response, Ulid id, CharSequence type) {
        long millis = Math.max(0, clock.millis() - id.epochMillis());
        response.putHeader(HttpHeaders.CONTENT_TYPE, type);
        response.putHeader(REQUEST_ID, id.toString());
        response.putHeader(PROCESSING, Long.toString(millis));
        return millis;
    }

    /// To HEAD only the head is answered, with the length the body would have.
    private static void write(HttpServerRequest request, byte[] body) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed()) {
            return;
        }
        if (request.method() == HttpMethod.HEAD) {
            response.putHeader("content-length", Integer.toString(body.length));
            response.end();
        } else {
            response.end(Buffer.buffer(body));
        }
    }
}
