package dev.sampan.harness;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/// An upstream that streams nine chunks over a tenth of a second and counts what it began to answer.
final class SlowSupplier implements AutoCloseable {
    static final int INPUT = 7;
    static final int OUTPUT = 8;

    private static final String CHUNK = """
            data: {"id":"up","object":"chat.completion.chunk","created":1,"model":"m",\
            "choices":[{"index":0,"delta":{"content":"舢"},"finish_reason":null}]}

            """;
    private static final String END = """
            data: {"id":"up","object":"chat.completion.chunk","created":1,"model":"m",\
            "choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

            data: {"id":"up","object":"chat.completion.chunk","created":1,"model":"m","choices":[],\
            "usage":{"prompt_tokens":7,"completion_tokens":8,"total_tokens":15}}

            data: [DONE]

            """;

    private final HttpServer server;
    private final AtomicLong begun = new AtomicLong();

    SlowSupplier() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    long begun() {
        return begun.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        begun.incrementAndGet();
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().set("content-type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            for (int i = 0; i < OUTPUT; i++) {
                out.write(CHUNK.getBytes(StandardCharsets.UTF_8));
                out.flush();
                Thread.sleep(12);
            }
            out.write(END.getBytes(StandardCharsets.UTF_8));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
