package dev.sampan.harness;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Customers who go on calling whatever happens, and keep the number of every answer that they read to its end.
final class Callers implements AutoCloseable {
    private static final String BODY = "{\"inputs\":[{\"text\":\"我的订单什么时候到\"}]}";
    private static final long PAUSE_MILLIS = 10;

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final Set<String> answered = ConcurrentHashMap.newKeySet();
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpRequest request;
    private volatile boolean closing;
    private volatile String lastRefusal = "none";

    Callers(int count, String address, String secret) {
        request = HttpRequest.newBuilder(URI.create(address + "/v1/predict/helpdesk"))
                .header("Authorization", "Bearer " + secret)
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(10))
                .POST(HttpRequest.BodyPublishers.ofString(BODY))
                .build();
        for (int i = 0; i < count; i++) {
            callers.execute(this::callOn);
        }
    }

    private void callOn() {
        while (!closing) {
            try {
                call();
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void call() throws InterruptedException {
        try {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() == 200) {
                answered.add(answer.headers().firstValue("x-request-id").orElse("an answer without a number"));
            } else {
                lastRefusal = answer.statusCode() + " " + answer.body();
            }
        } catch (IOException e) {
            lastRefusal = e.toString(); // killed, or not there yet
        }
    }

    /// Numbers of the answers so far.
    Set<String> answered() {
        return Set.copyOf(answered);
    }

    int count() {
        return answered.size();
    }

    String lastRefusal() {
        return lastRefusal;
    }

    /// Every call that was begun has ended when this returns.
    @Override
    public void close() {
        closing = true;
        callers.close();
        client.close();
    }
}
