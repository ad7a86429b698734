package dev.sampan.gateway.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampan.kernel.Json;
import dev.sampan.kernel.Ulid;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;

/// A client of the door with a key.
final class DoorClient implements AutoCloseable {
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI door;

    DoorClient(URI door) {
        this.door = door;
    }

    HttpRequest.Builder request(String path, String key) {
        return HttpRequest.newBuilder(URI.create(door + path))
                .timeout(Duration.ofSeconds(20))
                .header("authorization", "Bearer " + key)
                .header("content-type", "application/json");
    }

    HttpResponse<String> get(String path) {
        return send(request(path, FakeKeys.KEY).GET().build());
    }

    HttpResponse<String> post(String body) {
        return send(predict(body, FakeKeys.KEY));
    }

    HttpResponse<String> post(byte[] body) {
        return send(request("/v1/predict/" + FakeModels.MODEL, FakeKeys.KEY)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build());
    }

    URI at(String path) {
        return URI.create(door + path);
    }

    HttpResponse<String> ask(String path, String body) {
        return send(request(path, FakeKeys.KEY)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    HttpRequest predict(String body, String key) {
        return request("/v1/predict/" + FakeModels.MODEL, key)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    CompletableFuture<HttpResponse<String>> later(String body) {
        return http.sendAsync(predict(body, FakeKeys.KEY), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(request + " was not answered", e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    /// All four keys are there, and the headers every answer has.
    static JsonNode error(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(header(answer, "content-type")).isEqualTo("application/json");
        assertThat(Ulid.parse(header(answer, "x-request-id"))).isNotNull();
        JsonNode error = Json.MAPPER.readTree(answer.body()).get("error");
        assertThat(error.propertyNames()).containsExactlyInAnyOrder("message", "type", "param", "code");
        return error;
    }

    static void assertError(HttpResponse<String> answer, int status, String code) {
        assertThat(error(answer, status).get("code").asString()).isEqualTo(code);
    }

    @Override
    public void close() {
        http.close();
    }
}
