package dev.sampan.gateway.internal;

import static dev.sampan.gateway.internal.DoorClient.assertError;
import static dev.sampan.gateway.internal.DoorClient.header;
import static dev.sampan.gateway.internal.FakeSupplier.delta;
import static dev.sampan.gateway.internal.FakeSupplier.finish;
import static dev.sampan.gateway.internal.FakeSupplier.first;
import static dev.sampan.gateway.internal.FakeSupplier.json;
import static dev.sampan.gateway.internal.FakeSupplier.stream;
import static dev.sampan.gateway.internal.FakeSupplier.usage;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sampan.gateway.Quantities;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Calls with an `Idempotency-Key`: sent again they are answered again, and charged once.
class IdempotentCallTests extends SuppliedCalls {
    private HttpResponse<String> send(String key, String body) {
        return client.send(client.request("/v1/chat/completions", FakeKeys.KEY)
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    @Test
    void theSameCallIsAnsweredByteForByteAndChargedOnce() {
        HttpResponse<String> answer = send("one", WHOLE);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        HttpResponse<String> again = send("one", WHOLE);
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(answer.body());
        assertThat(header(again, "content-type")).isEqualTo(header(answer, "content-type"));
        assertThat(header(again, "x-sampan-charge")).isEqualTo(header(answer, "x-sampan-charge"));
        assertThat(header(again, "idempotent-replayed")).isEqualTo("true");
        assertThat(header(answer, "idempotent-replayed")).isEmpty();
        assertThat(purse.charges).hasSize(1);
        assertThat(one.received).hasSize(1);
        assertThat(send("two", WHOLE).body()).isNotEqualTo(answer.body());
    }

    @Test
    void aStreamIsAnsweredAgainAsItWas() {
        one.does(stream(first(), delta("你"), delta("好"), finish(), usage(9, 0, 2), "[DONE]"));
        HttpResponse<String> answer = send("one", STREAM);
        assertThat(events(answer)).last().isEqualTo("[DONE]");
        HttpResponse<String> again = send("one", STREAM);
        assertThat(again.body()).isEqualTo(answer.body());
        assertThat(header(again, "content-type")).isEqualTo(header(answer, "content-type"));
        assertThat(purse.charges).hasSize(1);
    }

    @Test
    void anotherBodyUnderTheSameKeyIsRefusedForGood() {
        send("one", WHOLE);
        HttpResponse<String> refused = send("one", STREAM);
        assertError(refused, 409, "idempotency_key_mismatch");
        assertThat(header(refused, "x-should-retry")).isEqualTo("false");
    }

    @Test
    void whileTheFirstRunsTheSecondIsToldToComeBack() {
        once.running.put(
                "one",
                new dev.sampan.gateway.Once.Ask(
                        new FakeKeys().tenant(),
                        "one",
                        dev.sampan.kernel.Sha256.of("/v1/chat/completions\n" + WHOLE),
                        dev.sampan.kernel.Ulid.next()));
        HttpResponse<String> refused = send("one", WHOLE);
        assertError(refused, 409, "idempotency_key_in_use");
        assertThat(header(refused, "retry-after")).isEqualTo("1");
        assertThat(header(refused, "x-should-retry")).isEmpty();
        assertThat(purse.asked).hasValue(0);
    }

    @Test
    void aCallThatFailedMayBeMadeAgainUnderItsKey() {
        one.does(json(400, "{\"error\":{\"message\":\"no\"}}"));
        assertThat(send("one", WHOLE).statusCode()).isEqualTo(400);
        one.does(json(200, FakeSupplier.WHOLE));
        until(() -> !once.running.containsKey("one"));
        assertThat(send("one", WHOLE).statusCode()).isEqualTo(200);
        assertThat(purse.charges).hasSize(1);
    }

    @Test
    void aCallThatWasPaidForBeforeItsProcessDiedRunsAgainAndIsNotChargedAgain() {
        once.paid = true;
        HttpResponse<String> answer = send("one", WHOLE);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(purse.charges)
                .singleElement()
                .satisfies(charge -> assertThat(charge.used()).isEqualTo(Quantities.NONE));
        assertThat(send("one", WHOLE).body()).isEqualTo(answer.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"with blank", "ключ"})
    void aKeyThatIsNoneIsRefused(String key) {
        assertThat(Recall.wellFormed(key)).isFalse();
        assertThat(Recall.wellFormed("k".repeat(255))).isTrue();
        assertThat(Recall.wellFormed("k".repeat(256))).isFalse();
        assertError(send("k".repeat(256), WHOLE), 400, "idempotency_key_invalid");
    }
}
