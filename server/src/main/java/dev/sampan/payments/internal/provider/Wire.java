package dev.sampan.payments.internal.provider;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CancellationException;

/// The way to providers: never longer than 20 seconds, never more than some megabytes, never to another address
/// than the one asked for.
public final class Wire implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int BYTES_MAX = 64 << 20;

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(5))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    /// An answer, whatever its status.
    public record Answer(int status, HttpHeaders headers, byte[] bytes) {
        public Answer {
            bytes = bytes.clone();
        }

        @Override
        public byte[] bytes() {
            return bytes.clone();
        }

        public String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        /// Empty where there is none.
        public String header(String name) {
            return headers.firstValue(name).orElse("");
        }

        /// Whether nobody knows what came of it: too many requests, or a fault over there.
        public boolean unsure() {
            return status == 429 || status == 409 || status >= 500;
        }
    }

    /// @throws ProviderTrouble.Away when no whole answer came
    public Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<InputStream> response =
                    client.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                byte[] bytes = body.readNBytes(BYTES_MAX + 1);
                if (bytes.length > BYTES_MAX) {
                    throw new ProviderTrouble.Away("The answer is longer than " + BYTES_MAX + " bytes", null);
                }
                return new Answer(response.statusCode(), response.headers(), bytes);
            }
        } catch (IOException e) {
            throw new ProviderTrouble.Away("No answer: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
