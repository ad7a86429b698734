package dev.sampan.harness;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Calls of which each is waited for, so that their number is known exactly.
final class CountedCalls {
    private static final int CALLS_EACH = 200;

    private CountedCalls() {}

    /// @param callers who call at the same time, each one call after another
    /// @return how many answers with status 200 were read to their end
    static long answered(String target, String secret, String body, int callers) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(target))
                .header("Authorization", "Bearer " + secret)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        long answered = 0;
        try (HttpClient client = HttpClient.newHttpClient();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> parts = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                parts.add(threads.submit(() -> callOn(client, request)));
            }
            for (Future<Integer> part : parts) {
                answered += part.get();
            }
        }
        return answered;
    }

    private static int callOn(HttpClient client, HttpRequest request) throws IOException, InterruptedException {
        int answered = 0;
        for (int i = 0; i < CALLS_EACH; i++) {
            if (client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode() == 200) {
                answered++;
            }
        }
        return answered;
    }
}
