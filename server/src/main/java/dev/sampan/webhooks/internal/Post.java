package dev.sampan.webhooks.internal;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Sends to an address that was judged before, under the name that was asked for: certificates are checked against
/// the name, the connection goes to the address. Redirects are answers like any other.
final class Post implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int HTTPS = 443;
    private static final int HTTP = 80;

    private final Vertx vertx =
            Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1));
    private final HttpClientAgent client = vertx.createHttpClient(new HttpClientOptions()
            .setConnectTimeout(5_000)
            .setKeepAlive(false)
            .setVerifyHost(true)
            .setMaxHeaderSize(16_384));

    /// What came back: the status, or 0 and why there is none.
    record Answer(int status, String words) {
        boolean taken() {
            return status >= 200 && status < 300;
        }
    }

    Answer send(URI address, InetAddress to, Map<String, String> headers, String body) {
        boolean secure = "https".equals(address.getScheme());
        int port = address.getPort() >= 0 ? address.getPort() : secure ? HTTPS : HTTP;
        String path = address.getRawPath() == null || address.getRawPath().isEmpty() ? "/" : address.getRawPath();
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setServer(SocketAddress.inetSocketAddress(port, to.getHostAddress()))
                .setHost(address.getHost())
                .setPort(port)
                .setSsl(secure)
                .setURI(address.getRawQuery() == null ? path : path + "?" + address.getRawQuery())
                .setFollowRedirects(false)
                .setTimeout(PATIENCE.toMillis());
        headers.forEach(options::putHeader);
        var status = client.request(options)
                .compose(request -> request.send(Buffer.buffer(body)).map(response -> {
                    int code = response.statusCode();
                    request.connection().close(); // what it says beyond its status is not read
                    return code;
                }))
                .toCompletionStage()
                .toCompletableFuture();
        try {
            int code = status.get(PATIENCE.toMillis() * 2, TimeUnit.MILLISECONDS);
            return new Answer(code, Integer.toString(code));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer(0, "interrupted");
        } catch (ExecutionException e) {
            return new Answer(0, String.valueOf(e.getMessage()));
        } catch (TimeoutException e) {
            return new Answer(0, "no answer in " + PATIENCE.toSeconds() + " s");
        }
    }

    @Override
    public void close() {
        vertx.close();
    }
}
