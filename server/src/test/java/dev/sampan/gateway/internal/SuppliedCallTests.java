package dev.sampan.gateway.internal;

import static dev.sampan.gateway.internal.FakeSupplier.delta;
import static dev.sampan.gateway.internal.FakeSupplier.finish;
import static dev.sampan.gateway.internal.FakeSupplier.first;
import static dev.sampan.gateway.internal.FakeSupplier.json;
import static dev.sampan.gateway.internal.FakeSupplier.stream;
import static dev.sampan.gateway.internal.FakeSupplier.usage;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sampan.gateway.Quantities;
import dev.sampan.gateway.Supply;
import dev.sampan.kernel.Json;
import dev.sampan.kernel.Money;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Calls that suppliers answer: what reaches them, what comes back, what is charged.
class SuppliedCallTests extends SuppliedCalls {
    @Test
    void aWholeAnswerIsUnderOurNameAndChargedAsItsSupplierCounts() {
        HttpResponse<String> answer = chat(WHOLE);
        JsonNode body = Json.MAPPER.readTree(answer.body());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(body.path("model").asString()).isEqualTo("chat");
        assertThat(body.path("id").asString()).isEqualTo("chatcmpl-" + DoorClient.header(answer, "x-request-id"));
        assertThat(body.at("/choices/0/message/content").asString()).isEqualTo("你好 there");
        assertThat(body.at("/usage/prompt_tokens").asInt()).isEqualTo(20);
        assertThat(purse.charges).singleElement().satisfies(charge -> {
            assertThat(charge.used()).isEqualTo(Quantities.tokens(8, 12, 5));
            assertThat(charge.supply())
                    .isEqualTo(new Supply("one", Money.of("0.000062", "CNY"), Supply.Source.PROVIDER));
        });
        FakeSupplier.Received there = one.last();
        assertThat(there.path()).isEqualTo("/v1/chat/completions");
        assertThat(there.authorization()).isEqualTo("Bearer " + KEY);
        assertThat(there.body().path("model").asString()).isEqualTo("there");
        assertThat(there.body().path("max_tokens").asInt()).isEqualTo(200);
        assertThat(purse.holds).singleElement().satisfies(most -> {
            assertThat(most.of(dev.sampan.gateway.Meter.OUTPUT)).isEqualTo(200);
            assertThat(most.prompt()).isBetween(20L, 1000L);
        });
    }

    /// Whoever names two limits is held, and asked for, by the greater: one that is small on purpose buys nothing.
    @Test
    void ofTwoLimitsOneGoesToTheSupplierAndItIsTheOneThatIsHeld() {
        one.does(json(500, "{}"));
        chat(ASKED + ",\"n\":2,\"max_tokens\":1,\"max_completion_tokens\":150}");
        JsonNode there = two.last().body();
        assertThat(there.path("max_completion_tokens").asInt()).isEqualTo(150);
        assertThat(there.has("max_tokens")).isFalse();
        assertThat(two.last().authorization()).isEqualTo("null");
        assertThat(purse.holds.getFirst().of(dev.sampan.gateway.Meter.OUTPUT)).isEqualTo(300);
    }

    @Test
    void aStreamIsOursFromItsFirstChunkToDoneAndSaysNoUsageUnasked() {
        one.does(stream(first(), delta("你"), delta("好"), finish(), usage(20, 0, 2), "[DONE]"));
        HttpResponse<String> answer = chat(STREAM);
        List<String> events = events(answer);
        assertThat(events).hasSize(5).last().isEqualTo("[DONE]");
        for (String event : events.subList(0, 4)) {
            JsonNode chunk = Json.MAPPER.readTree(event);
            assertThat(chunk.path("id").asString()).isEqualTo("chatcmpl-" + DoorClient.header(answer, "x-request-id"));
            assertThat(chunk.path("model").asString()).isEqualTo("chat");
            assertThat(chunk.path("created").asLong()).isGreaterThan(1_700_000_000);
            assertThat(chunk.has("usage")).isFalse();
        }
        assertThat(one.last().body().at("/stream_options/include_usage").asBoolean())
                .isTrue();
        assertThat(purse.charges)
                .singleElement()
                .satisfies(charge -> assertThat(charge.used()).isEqualTo(Quantities.tokens(20, 0, 2)));
    }

    @Test
    void usageIsTheLastChunkWhereItIsWanted() {
        one.does(stream(first(), delta("a"), finish(), usage(20, 4, 1), "[DONE]"));
        List<String> events = events(chat(ASKED + ",\"stream\":true,\"stream_options\":{\"include_usage\":true}}"));
        assertThat(Json.MAPPER.readTree(events.getFirst()).get("usage").isNull())
                .isTrue();
        JsonNode last = Json.MAPPER.readTree(events.get(events.size() - 2));
        assertThat(last.path("choices").isEmpty()).isTrue();
        assertThat(last.at("/usage/prompt_tokens_details/cached_tokens").asInt())
                .isEqualTo(4);
    }

    /// The end of an answer leaves when its charge is durable, not before.
    @Test
    void theEndOfAStreamWaitsForTheCharge() throws Exception {
        purse.force = new java.util.concurrent.CompletableFuture<>();
        one.does(stream(first(), delta("a"), finish(), usage(20, 0, 1), "[DONE]"));
        HttpResponse<InputStream> answer = open(STREAM);
        byte[] seen = new byte[4096];
        int length = 0;
        while (!new String(seen, 0, length, java.nio.charset.StandardCharsets.UTF_8).contains("\"a\"")) {
            length += answer.body().read(seen, length, seen.length - length);
        }
        until(() -> !purse.charges.isEmpty());
        assertThat(new String(seen, 0, length, java.nio.charset.StandardCharsets.UTF_8))
                .doesNotContain("stop");
        purse.force.complete(true);
        assertThat(new String(answer.body().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
                .contains("\"stop\"")
                .endsWith("data: [DONE]\n\n");
    }

    private HttpResponse<InputStream> open(String body) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        client.request("/v1/chat/completions", FakeKeys.KEY)
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofInputStream());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
    void whileNothingIsVisibleTheNextSupplierAnswers(int fault) {
        one.does(
                switch (fault) {
                    case 0 -> json(500, "{}");
                    case 1 -> FakeSupplier.hangsUp();
                    case 2 -> FakeSupplier.tired(7);
                    case 3 -> json(401, "{\"error\":{\"message\":\"no key\"}}");
                    case 4 -> (_, _) -> {}; // says nothing
                    case 5 -> FakeSupplier.says("text/html", "<html>maintenance</html>");
                    case 6 -> json(200, "{\"choices\":[]}");
                    default -> json(200, "{\"choices\":[{\"message\":{\"content\":\"cut of");
                });
        two.does(json(200, FakeSupplier.WHOLE));
        assertThat(chat(WHOLE).statusCode()).isEqualTo(200);
        assertThat(purse.charges)
                .singleElement()
                .satisfies(charge -> assertThat(charge.supply().supplier()).isEqualTo("two"));
        two.does(stream(first(), delta("b"), finish(), usage(1, 0, 1), "[DONE]"));
        assertThat(events(chat(STREAM))).last().isEqualTo("[DONE]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hang up", "{\"error\":{\"message\":\"boom\"}}", "no json", "end"})
    void aCutBecomesAnErrorChunkWithoutDoneAndIsNotCharged(String how) {
        one.does(how.equals("end") ? stream(first(), delta("a")) : stream(20, first(), delta("a"), how));
        List<String> events = events(chat(STREAM));
        assertThat(Json.MAPPER.readTree(events.getLast()).at("/error/code").asString())
                .isEqualTo("upstream_cut");
        assertThat(two.received).isEmpty();
        assertThat(purse.charges).singleElement().satisfies(charge -> {
            assertThat(charge.used()).isEqualTo(Quantities.NONE);
            assertThat(charge.supply().source()).isEqualTo(Supply.Source.ESTIMATED);
        });
    }

    /// Two oddities that are no cut: an end without [DONE], and [DONE] without a reason.
    @Test
    void anEndThatIsOnlyUnusualIsMadeStrict() {
        one.does(stream(first(), delta("a"), finish(), usage(9, 0, 1)));
        assertThat(events(chat(STREAM))).last().isEqualTo("[DONE]");
        one.does(stream(first(), delta("a"), "[DONE]"));
        assertThat(events(chat(STREAM))).last().isEqualTo("[DONE]");
        assertThat(purse.charges.getFirst().used()).isEqualTo(Quantities.tokens(9, 0, 1));
    }

    @Test
    void anExplicitNothingIsNothingAndAMissingUsageIsEstimatedNeverTooHigh() {
        one.does(stream(first(), finish(), usage(0, 0, 0), "[DONE]"));
        chat(STREAM);
        one.does(stream(first(), delta("a"), delta("b"), finish(), "[DONE]"));
        chat(STREAM);
        assertThat(purse.charges.getFirst().used()).isEqualTo(Quantities.NONE);
        assertThat(purse.charges.getFirst().supply().source()).isEqualTo(Supply.Source.PROVIDER);
        assertThat(purse.charges.getLast().used().of(dev.sampan.gateway.Meter.OUTPUT))
                .isEqualTo(2);
        assertThat(purse.charges.getLast().used().prompt()).isBetween(1L, 60L);
        assertThat(purse.charges.getLast().supply().source()).isEqualTo(Supply.Source.ESTIMATED);
    }

    @Test
    void noMoreThanWasHeldIsChargedWhateverASupplierCounts() {
        one.does(json(
                200,
                FakeSupplier.WHOLE
                        .replace("\"prompt_tokens\":20", "\"prompt_tokens\":2000000")
                        .replace("\"completion_tokens\":5", "\"completion_tokens\":4000")));
        chat(WHOLE);
        Quantities most = purse.holds.getFirst();
        assertThat(purse.charges.getFirst().used())
                .isEqualTo(purse.charges.getFirst().used().within(most));
        assertThat(purse.charges.getFirst().used().of(dev.sampan.gateway.Meter.OUTPUT))
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"chat, 3", "relayed, 1", "void, 0"})
    void whenTheCallerGoesAwayTheModelsPolicySaysWhatIsCharged(String model, int output) throws Exception {
        one.does(stream(150, first(), delta("a"), delta("b"), delta("c"), finish(), usage(20, 0, 3), "[DONE]"));
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<InputStream> answer = http.send(
                    client.request("/v1/chat/completions", FakeKeys.KEY)
                            .POST(HttpRequest.BodyPublishers.ofString(STREAM.replace("\"chat\"", "\"" + model + "\"")))
                            .build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            byte[] seen = new byte[4096];
            int length = 0;
            while (!new String(seen, 0, length, java.nio.charset.StandardCharsets.UTF_8).contains("\"a\"")) {
                length += answer.body().read(seen, length, seen.length - length);
            }
            answer.body().close();
            http.shutdownNow();
        }
        if (output == 0) {
            until(() -> !purse.released.isEmpty());
            assertThat(purse.charges).isEmpty();
        } else {
            until(() -> !purse.charges.isEmpty());
            assertThat(purse.charges.getFirst().used().of(dev.sampan.gateway.Meter.OUTPUT))
                    .isGreaterThanOrEqualTo(output)
                    .isLessThanOrEqualTo(3);
            assertThat(purse.charges.getFirst().supply().source())
                    .isEqualTo(model.equals("chat") ? Supply.Source.PROVIDER : Supply.Source.ESTIMATED);
        }
        until(() -> purse.held.isEmpty());
        if (!model.equals("chat")) {
            until(() -> one.gone > 0); // the supplier was told to stop
        }
    }
}
