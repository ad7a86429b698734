package dev.sampan.gateway.internal;

import static dev.sampan.gateway.internal.DoorClient.assertError;
import static dev.sampan.gateway.internal.DoorClient.error;
import static dev.sampan.gateway.internal.FakeSupplier.delta;
import static dev.sampan.gateway.internal.FakeSupplier.finish;
import static dev.sampan.gateway.internal.FakeSupplier.first;
import static dev.sampan.gateway.internal.FakeSupplier.json;
import static dev.sampan.gateway.internal.FakeSupplier.stream;
import static dev.sampan.gateway.internal.FakeSupplier.usage;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sampan.gateway.Quantities;
import dev.sampan.kernel.Json;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Suppliers that refuse, callers that err, and the other endpoints.
class SupplierFaultTests extends SuppliedCalls {
    /// Callers who see nothing of it are answered by the other one; those in the middle hear of it; nobody
    /// hangs, and no money stays held.
    @Test
    void aSupplierThatDiesUnderLoadCostsNobodyAnAnswerThatHadNotBegun() throws Exception {
        String[] events = {first(), delta("a"), delta("b"), finish(), usage(9, 0, 2), "[DONE]"};
        one.does(stream(10, events));
        two.does(stream(1, events));
        AtomicInteger whole = new AtomicInteger();
        AtomicInteger cut = new AtomicInteger();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                all.add(callers.submit(() -> {
                    for (int k = 0; k < 12; k++) {
                        String body = chat(STREAM).body();
                        (body.endsWith("data: [DONE]\n\n") ? whole : cut).incrementAndGet();
                        assertThat(body)
                                .satisfiesAnyOf(
                                        text -> assertThat(text).endsWith("data: [DONE]\n\n"),
                                        text -> assertThat(text).contains("upstream_cut"));
                    }
                }));
            }
            until(() -> whole.get() > 40);
            one.close();
            for (Future<?> caller : all) {
                caller.get(30, TimeUnit.SECONDS);
            }
        }
        assertThat(whole.get() + cut.get()).isEqualTo(24 * 12);
        assertThat(cut.get()).as("those that were in the middle").isLessThanOrEqualTo(24);
        assertThat(two.received).isNotEmpty();
        assertThat(purse.charges).hasSize(24 * 12);
        assertThat(purse.charges)
                .filteredOn(charge -> charge.used().equals(Quantities.NONE))
                .hasSize(cut.get());
        assertThat(purse.held).isEmpty();
    }

    /// Pitfall: who asks another after a timeout may pay two. The caller pays one, and the books know of both.
    @Test
    void whatASupplierMayHaveDoneInVainIsWrittenDownAndNotCharged() {
        one.does((_, _) -> {}); // says nothing
        assertThat(chat(WHOLE).statusCode()).isEqualTo(200);
        assertThat(purse.charges)
                .singleElement()
                .satisfies(charge -> assertThat(charge.supply().supplier()).isEqualTo("two"));
        assertThat(purse.attempts).singleElement().satisfies(attempt -> {
            assertThat(attempt.used()).isEqualTo(Quantities.NONE);
            assertThat(attempt.supply().supplier()).isEqualTo("one");
            assertThat(attempt.supply().source()).isEqualTo(dev.sampan.gateway.Supply.Source.ESTIMATED);
            assertThat(java.util.Objects.requireNonNull(attempt.supply().cost()).nanos())
                    .isGreaterThanOrEqualTo(200 * 8_000); // the longest answer
        });
        one.does(json(500, "{}")); // says that it did nothing
        chat(WHOLE);
        one.close(); // cannot be asked at all
        chat(WHOLE);
        assertThat(purse.attempts).hasSize(1);
    }

    @Test
    void aTiredSupplierIsLeftAloneForAsLongAsItAsks() {
        one.does(FakeSupplier.tired(60));
        two.does(json(200, FakeSupplier.WHOLE));
        for (int i = 0; i < 5; i++) {
            assertThat(chat(WHOLE).statusCode()).isEqualTo(200);
        }
        assertThat(one.received).hasSize(1);
        assertThat(door.health()
                        .state(
                                "chat",
                                book.directory()
                                        .spec()
                                        .models()
                                        .getFirst()
                                        .routes()
                                        .getFirst())
                        .pausedUntil())
                .isAfter(java.time.Instant.now().plusSeconds(30));
    }

    @Test
    void whenNoSupplierAnswersTheCallerIsToldToComeBackAndPaysNothing() {
        one.does(json(500, "{}"));
        two.does(FakeSupplier.hangsUp());
        HttpResponse<String> answer = chat(WHOLE);
        assertError(answer, 503, "overloaded");
        assertThat(answer.headers().firstValue("retry-after")).hasValue("1");
        assertThat(purse.charges).isEmpty();
        assertThat(purse.released).hasSize(1);
    }

    @Test
    void aCallersMistakeComesBackFromTheSupplierWithoutOurNamesAndKeys() {
        one.does(json(400, """
                {"error":{"message":"there: too long","param":"messages","code":"context_length_exceeded"}}"""));
        JsonNode told = error(chat(WHOLE), 400);
        assertThat(told.path("message").asString()).isEqualTo("chat: too long");
        assertThat(told.path("code").asString()).isEqualTo("context_length_exceeded");
        assertThat(two.received).isEmpty();
        one.does(json(400, "{\"error\":{\"message\":\"your key " + KEY + " is odd\"}}"));
        assertThat(chat(WHOLE).body()).doesNotContain(KEY);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"messages":[{"role":"user"}]}                          | 400 | model
            {"model":"gpt","messages":[{"role":"user"}]}            | 404 | model
            {"model":"vectors","messages":[{"role":"user"}]}        | 400 | model
            {"model":"chat"}                                        | 400 | messages
            {"model":"chat","messages":[]}                          | 400 | messages
            {"model":"chat","messages":["hi"]}                      | 400 | messages
            {"model":"chat","messages":[{"role":"user"}],"n":0}     | 400 | n
            {"model":"chat","messages":[{"role":"user"}],"max_tokens":201}   | 400 | max_tokens
            {"model":"chat","messages":[{"role":"user"}],"max_tokens":1.5}   | 400 | max_tokens
            {"model":"chat","messages":[{"role":"user"}],"stream":"yes"}     | 400 | stream
            {"model":"chat","messages":[{"role":"user"}],"stream_options":{}} | 400 | stream_options
            """)
    void aMistakeIsToldWithItsField(String body, int status, String param) {
        assertThat(error(chat(body), status).path("param").asString()).isEqualTo(param);
        assertThat(purse.held).isEmpty();
        assertThat(one.received).isEmpty();
    }

    @Test
    void embeddingsAndCompletionsGoTheSameWay() {
        two.does(json(200, """
                {"object":"list","data":[{"object":"embedding","index":0,"embedding":[0.1,0.2]}],"model":"vec",
                 "usage":{"prompt_tokens":3,"total_tokens":3}}"""));
        HttpResponse<String> vectors = ask("/v1/embeddings", "{\"model\":\"vectors\",\"input\":[\"a\",\"b\"]}");
        assertThat(Json.MAPPER.readTree(vectors.body()).path("model").asString())
                .isEqualTo("vectors");
        assertThat(two.last().body().has("max_tokens")).isFalse();
        assertThat(purse.charges.getFirst().used()).isEqualTo(Quantities.tokens(3, 0, 0));
        one.does(json(200, """
                {"id":"c","object":"text_completion","choices":[{"index":0,"text":"!","finish_reason":"stop"}],
                 "usage":{"prompt_tokens":2,"completion_tokens":1}}"""));
        assertThat(ask("/v1/completions", "{\"model\":\"chat\",\"prompt\":\"hi\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(one.last().body().path("max_tokens").asInt()).isEqualTo(16);
    }

    @Test
    void suppliedModelsAreListedAmongTheOthers() {
        assertThat(client.get("/v1/models").body()).contains("\"helpdesk\"", "\"chat\"", "\"vectors\"");
        assertThat(client.get("/v1/models/chat").body()).contains("\"object\":\"model\"");
    }

    @Test
    void aSuppliersEventsMayComeInAnyPieces() {
        String text = "data: " + first() + "\r\n\r\n: ping\n\ndata:" + delta("你") + "\n\nevent: x\ndata: " + finish()
                + "\n\ndata: [DONE]\n\n";
        byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        one.does((vertx, request) -> {
            var response = request.response().setChunked(true).putHeader("content-type", "text/event-stream");
            for (byte b : bytes) {
                response.write(io.vertx.core.buffer.Buffer.buffer(new byte[] {b}));
            }
            response.end();
        });
        assertThat(events(chat(STREAM))).hasSize(4).anyMatch(event -> event.contains("你"));
    }
}
