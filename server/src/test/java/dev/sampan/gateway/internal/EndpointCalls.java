package dev.sampan.gateway.internal;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import dev.sampan.suppliers.internal.SupplierBook;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// A door whose models have every use, with OpenAI's own client before it.
@SuppressWarnings("NullAway.Init")
abstract class EndpointCalls {
    final FakeSupplier one = new FakeSupplier();
    final FakeSupplier two = new FakeSupplier();
    final FakePurse purse = new FakePurse();
    private final SupplierBook book = FakeSuppliers.of("""
            suppliers:
              - {name: one, base_url: "%s", api_key_env: ONE}
              - {name: two, base_url: "%s"}
              - {name: claude, kind: anthropic, base_url: "%2$s"}
            models:
              - {name: chat, context_length: 1000, max_output_tokens: 200, routes: [{supplier: one, model: there},
                 {supplier: claude, model: claude-there, priority: 1}]}
              - {name: native, uses: [responses], context_length: 1000, max_output_tokens: 200,
                 routes: [{supplier: one, model: there}]}
              - {name: plain, uses: [moderations, rerank, images, speech, transcriptions, translations],
                 routes: [{supplier: one, model: there}, {supplier: two, model: elsewhere, priority: 1}]}
            """.formatted(one.url(), two.url()), Map.of("one", "sk-secret"));
    OpenDoor door;
    DoorClient client;
    OpenAIClient openai;

    @BeforeEach
    void open() {
        door = new OpenDoor(
                new OpenDoor.Behind(new FakeKeys(), new FakeModels(), book, purse, List.of()),
                new GatewayProperties("127.0.0.1", 0, 2, 2, 2, 50, 40, 0));
        client = new DoorClient(door.address());
        openai = OpenAIOkHttpClient.builder()
                .apiKey(FakeKeys.KEY)
                .baseUrl(door.address() + "/v1")
                .maxRetries(0)
                .build();
    }

    @AfterEach
    void close() {
        openai.close();
        client.close();
        door.close();
        one.close();
        two.close();
    }
}
