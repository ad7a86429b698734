package dev.sampan.gateway.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampan.limits.Limiter;
import dev.sampan.suppliers.internal.SupplierBook;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// A door with two suppliers behind it.
@SuppressWarnings("NullAway.Init")
abstract class SuppliedCalls {
    static final String ASKED = "{\"model\":\"chat\",\"messages\":[{\"role\":\"user\",\"content\":\"你好\"}]";
    static final String WHOLE = ASKED + "}";
    static final String STREAM = ASKED + ",\"stream\":true}";
    static final String KEY = "sk-supplier-secret";

    final FakeSupplier one = new FakeSupplier();
    final FakeSupplier two = new FakeSupplier();
    final FakePurse purse = new FakePurse();
    final FakeOnce once = new FakeOnce();
    final SupplierBook book = FakeSuppliers.of("""
            suppliers:
              - {name: one, base_url: "%s", api_key_env: ONE, timeout: 1}
              - {name: two, base_url: "%s", output_limit_key: max_completion_tokens}
            models:
              - name: chat
                uses: [chat, completions]
                context_length: 1000
                max_output_tokens: 200
                routes:
                  - {supplier: one, model: there, cost: {input: 2, cached_input: 0.5, output: 8}}
                  - {supplier: two, model: elsewhere, priority: 1}
                price: {input: 4, cached_input: 1, output: 12}
              - name: void
                context_length: 1000
                on_abort: void
                routes: [{supplier: one, model: there}]
              - name: relayed
                context_length: 1000
                on_abort: bill_relayed
                routes: [{supplier: one, model: there}]
              - name: kept
                context_length: 1000
                cache: {ttl: 60}
                routes: [{supplier: one, model: there}]
              - name: vectors
                uses: [embeddings]
                context_length: 1000
                routes: [{supplier: two, model: vec}]
            """.formatted(one.url(), two.url()), Map.of("one", KEY));
    OpenDoor door;
    DoorClient client;

    @BeforeEach
    void open() {
        door = new OpenDoor(
                new OpenDoor.Behind(new FakeKeys(), new FakeModels(), book, purse, List.of()),
                new GatewayProperties("127.0.0.1", 0, 2, 2, 2, 50, 40, 0),
                Limiter.OPEN,
                once);
        client = new DoorClient(door.address());
    }

    @AfterEach
    void close() {
        client.close();
        door.close();
        one.close();
        two.close();
    }

    HttpResponse<String> ask(String path, String body) {
        return client.ask(path, body);
    }

    HttpResponse<String> chat(String body) {
        return ask("/v1/chat/completions", body);
    }

    /// The data of the events of a stream.
    static List<String> events(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).hasValue("text/event-stream; charset=utf-8");
        assertThat(answer.body()).endsWith("\n\n");
        return answer.body()
                .lines()
                .filter(line -> !line.isEmpty())
                .map(line -> line.substring("data: ".length()))
                .toList();
    }

    static void until(BooleanSupplier holds) {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!holds.getAsBoolean()) {
            assertThat(System.nanoTime()).as("it takes too long").isLessThan(end);
            Thread.onSpinWait();
        }
    }
}
