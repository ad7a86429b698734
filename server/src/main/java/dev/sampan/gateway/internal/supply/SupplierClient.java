package dev.sampan.gateway.internal.supply;

import dev.sampan.gateway.internal.tongue.Spoken;
import dev.sampan.spec.SuppliersSpec.Supplier;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Connections to suppliers, on the door's own event loops.
public final class SupplierClient {
    private static final int CONNECT_MILLIS = 5_000;
    private static final int CONNECTIONS_MAX = 512; // to one supplier from one event loop

    private volatile @Nullable HttpClient http;

    /// Before the door opens; closed with it.
    public void open(Vertx vertx) {
        http = vertx.createHttpClient(
                new HttpClientOptions()
                        .setConnectTimeout(CONNECT_MILLIS)
                        .setTcpNoDelay(true)
                        .setMaxHeaderSize(64 << 10)
                        .setKeepAliveTimeout(30),
                new PoolOptions().setHttp1MaxSize(CONNECTIONS_MAX));
    }

    /// A request whose head is not sent yet; fails when the supplier cannot be reached.
    Future<HttpClientRequest> post(Supplier supplier, Spoken spoken) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(supplier.baseUrl() + spoken.path())
                .setConnectTimeout(CONNECT_MILLIS)
                .setIdleTimeout(supplier.silenceSeconds() * 1000L)
                .setFollowRedirects(false)
                .putHeader("content-type", "application/json")
                .putHeader("accept", "application/json, text/event-stream")
                .putHeader("user-agent", "sampan");
        spoken.headers().forEach(options::putHeader);
        return Objects.requireNonNull(http, "the door is not open").request(options);
    }

    static Future<io.vertx.core.http.HttpClientResponse> send(HttpClientRequest request, byte[] body) {
        return request.send(Buffer.buffer(body));
    }
}
