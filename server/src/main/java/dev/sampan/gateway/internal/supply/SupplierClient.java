package dev.sampan.gateway.internal.supply;

import dev.sampan.gateway.internal.tongue.Spoken;
import dev.sampan.kernel.Ulid;
import dev.sampan.spec.SuppliersSpec.Supplier;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
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
    private volatile @Nullable Vertx vertx;

    /// Before the door opens; closed with it.
    public void open(Vertx made) {
        vertx = made;
        http = made.createHttpClient(
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
                .putHeader("accept", "application/json, text/event-stream")
                .putHeader("user-agent", "sampan");
        if (spoken.form() == null) {
            options.putHeader("content-type", "application/json");
        }
        spoken.headers().forEach(options::putHeader);
        return Objects.requireNonNull(http, "the door is not open").request(options);
    }

    Future<HttpClientResponse> send(HttpClientRequest request, Spoken spoken) {
        Spoken.Form form = spoken.form();
        if (form == null) {
            return request.send(Buffer.buffer(spoken.body()));
        }
        FormBody body = new FormBody(form, Ulid.next().toString());
        request.putHeader("content-type", body.type());
        body.send(Objects.requireNonNull(vertx, "the door is not open"), request)
                .onFailure(_ -> request.reset());
        return request.response();
    }
}
