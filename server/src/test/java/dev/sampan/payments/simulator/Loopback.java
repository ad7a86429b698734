package dev.sampan.payments.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// A server on loopback; what it is told to fail, it fails once.
abstract class Loopback implements AutoCloseable {
    private final HttpServer server;
    private final Deque<Integer> failures = new ArrayDeque<>();

    /// @param body null: none
    record Said(int status, @Nullable String body) {}

    Loopback() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /// The next request is done, but its answer is lost: the caller sees this status.
    public synchronized void loseNextAnswer(int status) {
        failures.add(status);
    }

    private synchronized @Nullable Integer failure() {
        return failures.poll();
    }

    abstract Said answer(HttpExchange exchange, byte[] body);

    /// Before an answer leaves.
    void sign(HttpExchange exchange, byte[] body) {}

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Said said = answer(exchange, body);
            Integer lost = failure();
            byte[] bytes = said.body == null ? new byte[0] : said.body.getBytes(StandardCharsets.UTF_8);
            if (lost != null) {
                exchange.sendResponseHeaders(lost, -1);
                return;
            }
            sign(exchange, bytes);
            exchange.sendResponseHeaders(said.status, bytes.length == 0 ? -1 : bytes.length);
            if (bytes.length > 0) {
                exchange.getResponseBody().write(bytes);
            }
        }
    }

    static Map<String, String> form(@Nullable String text) {
        Map<String, String> form = new LinkedHashMap<>();
        if (text == null || text.isEmpty()) {
            return form;
        }
        for (String field : text.split("&")) {
            String[] parts = field.split("=", 2);
            form.put(decode(parts[0]), decode(parts[1]));
        }
        return form;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
