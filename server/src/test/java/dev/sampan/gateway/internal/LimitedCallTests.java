package dev.sampan.gateway.internal;

import static dev.sampan.gateway.internal.DoorClient.assertError;
import static dev.sampan.gateway.internal.DoorClient.error;
import static dev.sampan.gateway.internal.DoorClient.header;
import static dev.sampan.limits.internal.FakeLimits.each;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.errors.RateLimitException;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.sampan.limits.internal.FakeLimits;
import dev.sampan.spec.LimitsSpec.Limit;
import dev.sampan.spec.LimitsSpec.Measure;
import dev.sampan.spec.LimitsSpec.Scope;
import dev.sampan.spec.LimitsSpec.Window;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Limits as callers see them. A prompt of `WHOLE` may have as many tokens as bytes and its answer 200.
class LimitedCallTests extends SuppliedCalls {
    private void limit(Limit... limits) {
        close(client, door);
        door = new OpenDoor(
                new OpenDoor.Behind(new FakeKeys(), new FakeModels(), book, purse, List.of()),
                new GatewayProperties("127.0.0.1", 0, 2, 2, 2, 50, 40, 0),
                new FakeLimits(limits).limiter());
        client = new DoorClient(door.address());
    }

    private static void close(DoorClient client, OpenDoor door) {
        client.close();
        door.close();
    }

    @Test
    void anAnswerSaysHowItsLimitsStandAfterIt() {
        limit(
                each(Scope.KEY, Measure.REQUESTS, Window.MINUTE, 60),
                each(Scope.CUSTOMER, Measure.TOKENS, Window.MINUTE, 6000));
        HttpResponse<String> answer = chat(WHOLE);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(header(answer, "x-ratelimit-limit-requests")).isEqualTo("60");
        assertThat(header(answer, "x-ratelimit-remaining-requests")).isEqualTo("59");
        assertThat(header(answer, "x-ratelimit-reset-requests")).isEqualTo("1s");
        assertThat(header(answer, "x-ratelimit-limit-tokens")).isEqualTo("6000");
        assertThat(header(answer, "x-ratelimit-remaining-tokens")).isEqualTo("5975");
        assertThat(header(answer, "x-ratelimit-reset-tokens")).isEqualTo("250ms");
        assertThat(header(answer, "retry-after")).isEmpty();
    }

    @Test
    void withoutLimitsAnAnswerSaysNothingOfThem() {
        assertThat(chat(WHOLE).headers().map().keySet()).noneMatch(name -> name.contains("ratelimit"));
    }

    @Test
    void whoIsOverALimitIsToldWhenToComeBack() {
        limit(each(Scope.KEY, Measure.REQUESTS, Window.MINUTE, 1));
        assertThat(chat(WHOLE).statusCode()).isEqualTo(200);
        HttpResponse<String> refused = chat(WHOLE);
        assertError(refused, 429, "rate_limit_exceeded");
        assertThat(error(refused, 429).get("type").asString()).isEqualTo("requests");
        assertThat(header(refused, "retry-after")).isEqualTo("60");
        assertThat(header(refused, "retry-after-ms")).isEqualTo("60000");
        assertThat(header(refused, "x-ratelimit-remaining-requests")).isEqualTo("0");
        assertThat(header(refused, "x-ratelimit-reset-requests")).isEqualTo("1m0s");
        assertThat(header(refused, "x-should-retry")).isEmpty();
        assertThat(purse.asked).hasValue(1); // no money was held for it
    }

    @Test
    void whatIsUsedUpForLongIsToldToStopAndTheOfficialClientStops() {
        limit(each(Scope.CUSTOMER, Measure.SPEND, Window.MONTH, 1));
        HttpResponse<String> refused = chat(WHOLE);
        assertError(refused, 429, "organization_spend_limit_exceeded");
        assertThat(header(refused, "x-should-retry")).isEqualTo("false");
        assertThat(header(refused, "retry-after")).isEmpty();
        assertThat(purse.held).isEmpty();

        int before = purse.asked.get();
        var official = OpenAIOkHttpClient.builder()
                .baseUrl(door.address() + "/v1")
                .apiKey(FakeKeys.KEY)
                .build();
        assertThatThrownBy(() -> official.chat()
                        .completions()
                        .create(ChatCompletionCreateParams.builder()
                                .model("chat")
                                .addUserMessage("你好")
                                .build()))
                .isInstanceOfSatisfying(
                        RateLimitException.class,
                        e -> assertThat(e.code()).hasValue("organization_spend_limit_exceeded"));
        official.close();
        assertThat(purse.asked.get() - before).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "KEY, REQUESTS, DAY, 0, organization_usage_limit_exceeded, insufficient_quota",
        "KEY, SPEND, WEEK, 0, project_spend_limit_exceeded, insufficient_quota",
        "INSTALLATION, SPEND, DAY, 0, organization_spend_limit_exceeded, insufficient_quota",
        "KEY, TOKENS, MINUTE, 50, rate_limit_exceeded, tokens",
        "KEY, CONCURRENT, NOW, 0, rate_limit_exceeded, requests"
    })
    void eachLimitHasItsCode(Scope scope, Measure measure, Window window, long amount, String code, String type) {
        limit(each(scope, measure, window, amount));
        HttpResponse<String> refused = chat(WHOLE);
        assertError(refused, 429, code);
        assertThat(error(refused, 429).get("type").asString()).isEqualTo(type);
        assertThat(header(refused, "x-should-retry")).isEqualTo(measure == Measure.CONCURRENT ? "" : "false");
    }

    @Test
    void aCallThatFailsGivesItsTokensBack() {
        limit(each(Scope.KEY, Measure.TOKENS, Window.MINUTE, 1000));
        one.does(FakeSupplier.json(400, "{\"error\":{\"message\":\"no\"}}"));
        HttpResponse<String> failed = chat(WHOLE);
        assertThat(failed.statusCode()).isEqualTo(400);
        one.does(FakeSupplier.json(200, FakeSupplier.WHOLE));
        assertThat(header(chat(WHOLE), "x-ratelimit-remaining-tokens")).isEqualTo("975");
    }

    @Test
    void anthropicsClientsReadTheirOwnHeaders() {
        limit(each(Scope.KEY, Measure.REQUESTS, Window.MINUTE, 1));
        String asked = "{\"model\":\"chat\",\"max_tokens\":100,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
        HttpResponse<String> answer = ask("/v1/messages", asked);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(header(answer, "anthropic-ratelimit-requests-remaining")).isEqualTo("0");
        assertThat(Instant.parse(header(answer, "anthropic-ratelimit-requests-reset")))
                .isAfter(Instant.now());
        assertThat(header(answer, "x-ratelimit-limit-requests")).isEmpty();
        HttpResponse<String> refused = ask("/v1/messages", asked);
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.body()).contains("\"rate_limit_error\"");
        assertThat(header(refused, "retry-after")).isEqualTo("60");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0s",
        "20, 20ms",
        "1000, 1s",
        "8640, 8.64s",
        "360000, 6m0s",
        "3600000, 1h0m0s",
        "90061005, 25h1m1.005s"
    })
    void durationsAreWrittenAsOpenAiDoes(long millis, String text) {
        assertThat(RateHeaders.duration(millis)).isEqualTo(text);
    }
}
