package dev.sampan.gateway.internal;

import dev.sampan.kernel.Json;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.JsonNode;

/// Somebody else's API on loopback, which does as it is told.
public final class FakeSupplier implements AutoCloseable {
    /// An answer in one piece.
    public static final String WHOLE = """
            {"id":"up-1","object":"chat.completion","created":1,"model":"there","system_fingerprint":"fp",
             "choices":[{"index":0,"message":{"role":"assistant","content":"你好 there"},"finish_reason":"stop"}],
             "usage":{"prompt_tokens":20,"completion_tokens":5,"total_tokens":25,
                      "prompt_tokens_details":{"cached_tokens":12}}}""";

    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;
    final List<Received> received = new CopyOnWriteArrayList<>();
    volatile int gone;
    private volatile Behaviour behaviour = json(200, WHOLE);

    /// @param path with its query
    record Received(String path, String text, MultiMap headers) {
        JsonNode body() {
            return Json.MAPPER.readTree(text);
        }

        String authorization() {
            return header("authorization");
        }

        String header(String name) {
            return String.valueOf(headers.get(name));
        }
    }

    /// What it does with a request that has come whole.
    public interface Behaviour {
        void answer(Vertx vertx, HttpServerRequest request);
    }

    public FakeSupplier() {
        server = vertx.createHttpServer().requestHandler(this::handle);
        await(server.listen(0, "127.0.0.1"));
    }

    private static <T> void await(io.vertx.core.Future<T> future) {
        try {
            future.await(10, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    private void handle(HttpServerRequest request) {
        request.response().closeHandler(_ -> {
            if (!request.response().ended()) {
                gone++;
            }
        });
        request.body().onSuccess(body -> {
            received.add(new Received(
                    request.uri(),
                    body.toString(StandardCharsets.UTF_8),
                    MultiMap.caseInsensitiveMultiMap().addAll(request.headers())));
            behaviour.answer(vertx, request);
        });
    }

    public void does(Behaviour wanted) {
        behaviour = wanted;
    }

    public String url() {
        return "http://127.0.0.1:" + server.actualPort() + "/v1";
    }

    Received last() {
        return received.getLast();
    }

    public static Behaviour json(int status, String body) {
        return (_, request) -> request.response()
                .setStatusCode(status)
                .putHeader("content-type", "application/json")
                .end(body);
    }

    static Behaviour tired(int seconds) {
        return (_, request) -> request.response()
                .setStatusCode(429)
                .putHeader("retry-after", Integer.toString(seconds))
                .end("{\"error\":{\"message\":\"slow down\",\"code\":\"rate_limit_exceeded\"}}");
    }

    static Behaviour hangsUp() {
        return (_, request) -> request.connection().close();
    }

    static Behaviour says(String type, String body) {
        return (_, request) ->
                request.response().putHeader("content-type", type).end(body);
    }

    /// What is given to a stream one after the other; `null` hangs up, and after the last it ends in order.
    public static Behaviour stream(String... events) {
        return stream(0, events);
    }

    /// @param pauseMillis before each event
    public static Behaviour stream(long pauseMillis, String... events) {
        return (vertx, request) -> {
            HttpServerResponse response = request.response().setChunked(true);
            response.putHeader("content-type", "text/event-stream");
            send(vertx, request, List.of(events).iterator(), pauseMillis);
        };
    }

    static final String HANG_UP = "hang up";

    private static void send(Vertx vertx, HttpServerRequest request, Iterator<String> events, long pauseMillis) {
        HttpServerResponse response = request.response();
        if (response.closed()) {
            return;
        }
        if (!events.hasNext()) {
            response.end();
            return;
        }
        String event = events.next();
        if (event.equals(HANG_UP)) {
            request.connection().close();
            return;
        }
        response.write("data: " + event + "\n\n").onComplete(_ -> {
            if (pauseMillis == 0) {
                send(vertx, request, events, pauseMillis);
            } else {
                vertx.setTimer(pauseMillis, _ -> send(vertx, request, events, pauseMillis));
            }
        });
    }

    public static String delta(String content) {
        return chunk("{\"index\":0,\"delta\":{\"content\":\"" + content + "\"},\"finish_reason\":null}");
    }

    static String first() {
        return chunk("{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"finish_reason\":null}");
    }

    public static String finish() {
        return chunk("{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}");
    }

    private static String chunk(String choice) {
        return "{\"id\":\"up\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"there\",\"choices\":["
                + choice + "],\"usage\":null}";
    }

    public static String usage(int prompt, int cached, int output) {
        return "{\"id\":\"up\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"there\",\"choices\":[],"
                + "\"usage\":{\"prompt_tokens\":" + prompt + ",\"completion_tokens\":" + output + ",\"total_tokens\":"
                + (prompt + output) + ",\"prompt_tokens_details\":{\"cached_tokens\":" + cached + "}}}";
    }

    @Override
    public void close() {
        await(vertx.close());
    }
}
