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
import java.util.concurrent.TimeUnit;

/// Customers who go on calling whatever happens, and keep the number of every answer that they read to its end.
final class Callers implements AutoCloseable {
    private static final long PAUSE_MILLIS = 10;
    private static final long PATIENCE_SECONDS = 90;

    /// What is called, and how one knows that an answer was read to its end.
    enum Asking {
        PREDICTION("/v1/predict/helpdesk", "{\"inputs\":[{\"text\":\"我的订单什么时候到\"}]}", "}"),
        STREAM(
                "/v1/chat/completions",
                "{\"model\":\"chat\",\"stream\":true,\"max_tokens\":64,"
                        + "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}",
                "data: [DONE]");

        private final String path;
        private final String body;
        private final String end;

        Asking(String path, String body, String end) {
            this.path = path;
            this.body = body;
            this.end = end;
        }
    }

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final Set<String> answered = ConcurrentHashMap.newKeySet();
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final Asking asking;
    private final int callerCount;
    private final HttpRequest request;
    private volatile boolean closing;
    private volatile String lastRefusal = "none";

    Callers(Asking asking, int count, String address, String secret) {
        this.asking = asking;
        this.callerCount = count;
        request = HttpRequest.newBuilder(URI.create(address + asking.path))
                .header("Authorization", "Bearer " + secret)
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(10))
                .POST(HttpRequest.BodyPublishers.ofString(asking.body))
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
            if (answer.statusCode() == 200 && answer.body().strip().endsWith(asking.end)) {
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

    /// Waits until so many more than there are callers have been answered, so that some were asked after now.
    void awaitMore(int more) throws InterruptedException {
        int wanted = count() + callerCount + more;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (count() < wanted) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("no answers within " + PATIENCE_SECONDS + " s: " + lastRefusal);
            }
            Thread.sleep(20);
        }
    }

    String lastRefusal() {
        return lastRefusal;
    }

    /// Every call that was begun has ended when this returns.
    void stop() {
        closing = true;
        callers.close();
    }

    @Override
    public void close() {
        stop();
        client.close();
    }
}
