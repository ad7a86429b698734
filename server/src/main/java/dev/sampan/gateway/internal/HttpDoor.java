package dev.sampan.gateway.internal;

import dev.sampan.accounts.Principal;
import dev.sampan.gateway.internal.wire.ApiError;
import dev.sampan.kernel.Ulid;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// From a request to what answers it. Unknown paths and wrong methods are told as JSON too; there is no CORS:
/// keys do not belong into browsers.
final class HttpDoor {
    private static final String MODELS = "/v1/models";
    private static final String RESPONSES = "/v1/responses/";

    private final List<Step> steps;
    private final Pages pages;
    private final Replies replies;
    private final Connections connections;
    private final PrometheusMeterRegistry metrics;
    private final Executor blocking;
    private final InstantSource clock;

    /// What the door is made of.
    record Parts(
            List<Step> steps,
            Pages pages,
            Replies replies,
            Connections connections,
            PrometheusMeterRegistry metrics,
            Executor blocking) {}

    HttpDoor(Parts parts, InstantSource clock) {
        this.steps = parts.steps;
        this.pages = parts.pages;
        this.replies = parts.replies;
        this.connections = parts.connections;
        this.metrics = parts.metrics;
        this.blocking = parts.blocking;
        this.clock = clock;
    }

    /// @param ids random bits for request ids, one source for each event loop
    void handle(Vertx vertx, HttpServerRequest request, SplittableRandom ids) {
        Ulid id = Ulid.next(clock, ids);
        String path = request.path() == null ? "" : request.path();
        Endpoint endpoint = Endpoint.at(path);
        String allowed = endpoint == null ? allowed(path) : "POST, OPTIONS";
        HttpMethod method = request.method();
        if (allowed == null) {
            replies.error(request, id, unknown(method, path));
        } else if (method == HttpMethod.OPTIONS) {
            request.response().setStatusCode(204).putHeader("allow", allowed).end();
        } else if (endpoint != null) {
            if (method == HttpMethod.POST) {
                call(vertx.getOrCreateContext(), request, endpoint, id);
            } else {
                wrongMethod(request, id, allowed);
            }
        } else if (method == HttpMethod.GET || method == HttpMethod.HEAD) {
            get(vertx.getOrCreateContext(), request, path, id);
        } else {
            wrongMethod(request, id, allowed);
        }
    }

    /// Whatever the method: a response that was answered here is asked for in vain.
    private ApiError unknown(HttpMethod method, String path) {
        return path.startsWith(RESPONSES) && path.length() > RESPONSES.length()
                ? ApiError.notKept(path.substring(RESPONSES.length()))
                : ApiError.unknownPath(method.name(), path, pages.nearest(path));
    }

    /// For what is no HTTP at all.
    void refuseNonsense(HttpServerRequest request) {
        ApiError error = ApiError.badRequest("This is not an HTTP request we understand.", null, null);
        request.response().putHeader("connection", "close");
        replies.error(request, Ulid.next(), error);
    }

    /// How a page may be asked for; null where there is none.
    private @Nullable String allowed(String path) {
        boolean page = path.equals(MODELS)
                || path.startsWith(MODELS + "/") && path.length() > MODELS.length() + 1
                || path.equals("/health")
                || path.equals("/metrics")
                || pages.hasRoute(path);
        return page ? "GET, HEAD, OPTIONS" : null;
    }

    private void wrongMethod(HttpServerRequest request, Ulid id, String allowed) {
        request.response().putHeader("allow", allowed);
        replies.error(request, id, ApiError.wrongMethod(request.method().name(), request.path(), allowed));
    }

    private void call(Context context, HttpServerRequest request, Endpoint endpoint, Ulid id) {
        Connections.Connection connection = connections.of(request.connection());
        new Exchange(request, new Exchange.Surroundings(context, replies, connection, steps), endpoint, id).next();
    }

    private void get(Context context, HttpServerRequest request, String path, Ulid id) {
        connections.of(request.connection()).idle();
        if (path.equals("/health")) {
            show(request, id, pages.health());
            return;
        }
        if (path.equals("/metrics")) {
            metrics(request, id);
            return;
        }
        String secret = Identify.secret(request);
        Optional<Principal> principal = pages.principal(secret);
        if (principal.isEmpty()) {
            replies.error(request, id, ApiError.invalidKey(secret != null));
        } else if (path.equals(MODELS)) {
            show(request, id, pages.models());
        } else if (path.startsWith(MODELS + "/")) {
            show(request, id, pages.model(path.substring(MODELS.length() + 1)));
        } else {
            Map<String, String> query = new HashMap<>();
            request.params().forEach((name, value) -> query.putIfAbsent(name, value));
            blocking.execute(() -> {
                Pages.Page page = pages.route(path, principal.get(), query);
                context.runOnContext(_ -> show(request, id, page));
            });
        }
    }

    private void show(HttpServerRequest request, Ulid id, Pages.Page page) {
        switch (page) {
            case Pages.Body body -> replies.success(request, id, body.json(), null);
            case Pages.Error error -> replies.error(request, id, error.error());
        }
    }

    /// Figures of the business are for this machine alone, not for whoever reaches the API; a proxy on this
    /// machine names whom it speaks for.
    private void metrics(HttpServerRequest request, Ulid id) {
        String host = request.remoteAddress().hostAddress();
        boolean here =
                host != null && (host.startsWith("127.") || host.equals("0:0:0:0:0:0:0:1") || host.equals("::1"));
        boolean forwarded = request.getHeader("x-forwarded-for") != null || request.getHeader("forwarded") != null;
        if (!here || forwarded) {
            replies.error(request, id, ApiError.unknownPath(request.method().name(), request.path(), null));
            return;
        }
        request.response()
                .putHeader("content-type", "text/plain; version=0.0.4; charset=utf-8")
                .end(request.method() == HttpMethod.HEAD ? "" : metrics.scrape());
    }
}
