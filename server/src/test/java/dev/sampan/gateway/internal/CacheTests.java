package dev.sampan.gateway.internal;

import static dev.sampan.gateway.internal.FakeSupplier.delta;
import static dev.sampan.gateway.internal.FakeSupplier.finish;
import static dev.sampan.gateway.internal.FakeSupplier.first;
import static dev.sampan.gateway.internal.FakeSupplier.json;
import static dev.sampan.gateway.internal.FakeSupplier.stream;
import static dev.sampan.gateway.internal.FakeSupplier.usage;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sampan.gateway.Meter;
import dev.sampan.gateway.Quantities;
import dev.sampan.kernel.Json;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/// Equal calls of one customer are answered from memory.
class CacheTests extends SuppliedCalls {
    private static final String COLD =
            "{\"model\":\"kept\",\"temperature\":0,\"messages\":[{\"role\":\"user\",\"content\":\"你好\"}]%s}";

    private static final Quantities CALL = Quantities.NONE.with(Meter.REQUEST, 1);

    private static String hit(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return DoorClient.header(answer, "x-sampan-cache");
    }

    @Test
    void theSameCallIsAnsweredFromMemoryUnderItsOwnIdAndForACallAlone() {
        assertThat(hit(chat(COLD.formatted("")))).isEmpty();
        HttpResponse<String> again = chat("""
                {"messages":[{"content":"你好","role":"user"}],"temperature":0,"model":"kept"}""");
        assertThat(hit(again)).isEqualTo("hit");
        assertThat(Json.MAPPER.readTree(again.body()).path("id").asString())
                .isEqualTo("chatcmpl-" + DoorClient.header(again, "x-request-id"));
        assertThat(Json.MAPPER
                        .readTree(again.body())
                        .at("/choices/0/message/content")
                        .asString())
                .isEqualTo("你好 there");
        assertThat(one.received).hasSize(1);
        assertThat(purse.charges.getLast().used()).isEqualTo(CALL);
        assertThat(purse.charges.getLast().supply().supplier()).isEqualTo("cache");
        assertThat(purse.holds.getLast().of(Meter.REQUEST)).isEqualTo(1);
    }

    /// Never across customers, whatever they ask.
    @Test
    void anotherCustomerIsAnsweredBySupplierAgain() {
        chat(COLD.formatted(""));
        HttpResponse<String> other = client.send(client.request("/v1/chat/completions", FakeKeys.OTHER)
                .POST(HttpRequest.BodyPublishers.ofString(COLD.formatted("")))
                .build());
        assertThat(hit(other)).isEmpty();
        assertThat(one.received).hasSize(2);
    }

    @Test
    void whatMayDifferEachTimeIsAskedEachTime() {
        chat(COLD.formatted(""));
        assertThat(hit(chat(COLD.formatted(",\"seed\":1")))).isEmpty();
        assertThat(hit(chat(COLD.formatted("").replace("\"temperature\":0", "\"temperature\":0.1"))))
                .isEmpty();
        assertThat(hit(chat(COLD.formatted("").replace("\"temperature\":0", "\"temperature\":0.1"))))
                .isEmpty();
        HttpResponse<String> fresh = client.send(client.request("/v1/chat/completions", FakeKeys.KEY)
                .header("cache-control", "no-cache")
                .POST(HttpRequest.BodyPublishers.ofString(COLD.formatted("")))
                .build());
        assertThat(hit(fresh)).isEmpty();
        assertThat(one.received).hasSize(5);
    }

    @Test
    void aStreamIsKeptWholeAndABrokenOneIsNot() {
        one.does(stream(20, first(), delta("a"), FakeSupplier.HANG_UP));
        assertThat(hit(chat(COLD.formatted(",\"stream\":true")))).isEmpty();
        one.does(stream(first(), delta("a"), delta("b"), finish(), usage(9, 0, 2), "[DONE]"));
        HttpResponse<String> whole = chat(COLD.formatted(",\"stream\":true"));
        assertThat(hit(whole)).isEmpty();
        HttpResponse<String> again = chat(COLD.formatted(",\"stream\":true"));
        assertThat(hit(again)).isEqualTo("hit");
        assertThat(again.body())
                .isEqualTo(whole.body()
                        .replace(DoorClient.header(whole, "x-request-id"), DoorClient.header(again, "x-request-id")));
        assertThat(events(again)).last().isEqualTo("[DONE]");
    }

    @Test
    void aNewSetOfSuppliersForgetsAll() {
        chat(COLD.formatted(""));
        book.apply(
                book.directory().spec(),
                java.util.Map.of("one", KEY),
                new dev.sampan.kernel.ActorId(new dev.sampan.kernel.Ulid(9, 9)));
        one.does(json(200, FakeSupplier.WHOLE));
        assertThat(hit(chat(COLD.formatted("")))).isEmpty();
    }
}
