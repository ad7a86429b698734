package dev.sampan.harness;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import java.net.URI;

/// The peer: a Vert.x server that forwards every request to an upstream and its answer back. No key, no limit, no
/// money, no disk. Says its address on standard output and lives until its standard input ends.
public final class BareProxy {
    private static final int CONNECTIONS = 64;

    private BareProxy() {}

    public static void main(String[] arguments) throws Exception {
        URI upstream = URI.create(arguments[0]);
        Vertx vertx = Vertx.vertx();
        HttpClient client =
                vertx.createHttpClient(new HttpClientOptions(), new PoolOptions().setHttp1MaxSize(CONNECTIONS));
        HttpServer server = vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> forward(client, upstream, request, body)));
        server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().get();
        System.out.println("http://127.0.0.1:" + server.actualPort());
        while (System.in.read() >= 0) {
            // until the one who started it is gone
        }
        System.exit(0);
    }

    private static void forward(HttpClient client, URI upstream, HttpServerRequest request, Buffer body) {
        client.request(HttpMethod.POST, upstream.getPort(), upstream.getHost(), request.uri())
                .compose(outgoing ->
                        outgoing.putHeader("content-type", "application/json").send(body))
                .compose(answer -> answer.body())
                .onSuccess(answer -> request.response()
                        .putHeader("content-type", "application/json")
                        .end(answer))
                .onFailure(_ -> request.response().setStatusCode(502).end());
    }
}
