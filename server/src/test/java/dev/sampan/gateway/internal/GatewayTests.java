package dev.sampan.gateway.internal;

import static dev.sampan.gateway.internal.DoorClient.assertError;
import static dev.sampan.gateway.internal.DoorClient.error;
import static dev.sampan.gateway.internal.DoorClient.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampan.accounts.Principal;
import dev.sampan.gateway.Purse;
import dev.sampan.gateway.Route;
import dev.sampan.kernel.Json;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Ulid;
import dev.sampan.model.DecisionThreshold;
import dev.sampan.runtime.Prediction;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class GatewayTests {
    private static final String GOOD = "{\"inputs\":[{\"text\":\"我要退款\"}],\"explain\":false,\"user\":null}";

    private final FakeKeys keys = new FakeKeys();
    private final FakeModels models = new FakeModels();
    private final FakePurse purse = new FakePurse();
    private OpenDoor door;
    private DoorClient client;

    private static final Route ECHO = new Route() {
        @Override
        public String path() {
            return "/v1/echo";
        }

        @Override
        public Object get(Principal principal, Map<String, String> query) {
            if (query.containsKey("bad")) {
                throw new ProblemException(
                        Problem.of("echo.bad", "'bad' is not wanted").at("bad"));
            }
            return query;
        }
    };

    @BeforeEach
    void open() {
        door = new OpenDoor(
                new OpenDoor.Behind(keys, models, purse, List.of(ECHO)),
                new GatewayProperties("127.0.0.1", 0, 2, 2, 2, 5, 4, 0));
        client = new DoorClient(door.address());
    }

    @AfterEach
    void close() {
        client.close();
        door.close();
    }

    @Test
    void aPricedCallIsAnsweredWithItsCharge() {
        HttpResponse<String> answer = client.post(GOOD);
        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode body = Json.MAPPER.readTree(answer.body());
        assertThat(body.at("/predictions/0/label").asString()).isEqualTo("退款");
        assertThat(body.at("/predictions/0/scores/物流").asDouble()).isEqualTo(0.25);
        assertThat(body.at("/usage/units").asInt()).isEqualTo(1);
        assertThat(body.at("/model").asString()).isEqualTo(FakeModels.MODEL);
        String id = header(answer, "x-request-id");
        assertThat(body.at("/id").asString()).isEqualTo(id);
        assertThat(header(answer, "x-sampan-charge")).isEqualTo("0.002 CNY");
        assertThat(Long.parseLong(header(answer, "openai-processing-ms"))).isNotNegative();
        assertThat(purse.settled).containsExactly(Map.entry(Ulid.parse(id), 1L));
    }

    @Test
    void inputsMayBePlainTexts() {
        assertThat(client.post("{\"inputs\":[\"我要退款\",\"b\"]}").statusCode()).isEqualTo(200);
        assertThat(purse.settled.values()).containsExactly(2L);
    }

    @Test
    void theAnswerWaitsForTheChargeToBeDurable() throws Exception {
        purse.force = new CompletableFuture<>();
        CompletableFuture<HttpResponse<String>> answer = client.later(GOOD);
        until(() -> !purse.settled.isEmpty());
        Thread.sleep(50);
        assertThat(answer).isNotDone();
        purse.force.complete(true);
        assertThat(answer.get().statusCode()).isEqualTo(200);
    }

    @Test
    void withoutADurableChargeNoAnswerLeaves() {
        purse.diskFails = true;
        assertError(client.post(GOOD), 503, "unavailable");
        assertError(client.get("/health"), 503, "unavailable");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "garbage",
                "[]",
                "null",
                "{}",
                "{\"inputs\":[]}",
                "{\"inputs\":{}}",
                "{\"inputs\":[null]}",
                "{\"inputs\":[[\"x\"]]}",
                "{\"inputs\":[{\"text\":{\"a\":1}}]}",
                "{\"inputs\":[\"a\"]",
                "{\"inputs\":[\"a\"]} {}",
                "{\"inputs\":[\"a\"],\"inputs\":[\"b\"]}",
                "{\"inputs\":[\"a\"],\"explain\":true}",
                "{\"inputs\":[\"a\"],\"explain\":\"yes\"}",
                "{\"inputs\":[\"a\"],\"n\":NaN}"
            })
    void aBodyThatIsNoRequestIsRefusedAndCostsNothing(String body) {
        JsonNode error = error(client.post(body), 400);
        assertThat(error.get("message").asString()).doesNotContain("garbage");
        assertThat(purse.held).isEmpty();
        assertThat(purse.settled).isEmpty();
    }

    @Test
    void aBodyTooDeepTooLongOrNotInUtf8IsRefused() {
        assertError(client.post("{\"x\":" + "[".repeat(100_000) + "]".repeat(100_000)), 400, "invalid_body");
        assertError(client.post("{\"n\":" + "9".repeat(10_000) + "}"), 400, "invalid_body");
        byte[] latin = "{\"inputs\":[\"café\"]}".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(error(client.post(latin), 400).get("message").asString()).contains("UTF-8");
        String many = "{\"inputs\":[" + "\"a\",".repeat(256) + "\"a\"]}";
        assertThat(error(client.post(many), 400).get("param").asString()).isEqualTo("inputs");
        assertThat(purse.held).isEmpty();
    }

    @Test
    void aBodyOfTenMegabytesIsReadToItsEndAndRefused() {
        HttpResponse<String> refused = client.post("{\"inputs\":[\"" + "a".repeat(10 << 20) + "\"]}");
        assertError(refused, 413, "request_too_large");
        assertThat(error(refused, 413).get("message").asString()).contains("larger than 8 MiB", "a smaller picture");
        assertThat(client.post(GOOD).statusCode()).isEqualTo(200);
    }

    @Test
    void aPictureOfFiveMegabytesFitsIntoABody() {
        String picture = "data:image/png;base64," + "A".repeat(5_000_000 / 3 * 4);
        assertThat(client.post("{\"inputs\":[{\"image\":\"" + picture + "\"}]}").statusCode())
                .isEqualTo(200);
    }

    @Test
    void anAnswerSaysWhatDecidedItAndWhatItsPartsHadToDoWithIt() {
        models.answer = () -> new Prediction.Category(
                "物流",
                0.25,
                new float[] {0.75f, 0.25f},
                new DecisionThreshold("物流", 0.2),
                List.of(new Prediction.Share("photo", 0.5), new Prediction.Share("table", 0.5)));
        JsonNode answer = Json.MAPPER.readTree(client.post(GOOD).body()).at("/predictions/0");

        assertThat(answer.at("/threshold/positive").asString()).isEqualTo("物流");
        assertThat(answer.at("/threshold/value").asDouble()).isEqualTo(0.2);
        assertThat(answer.at("/shares/photo").asDouble()).isEqualTo(0.5);
    }

    @Test
    void aRevokedKeyIsUnknown() {
        assertThat(client.post(GOOD).statusCode()).isEqualTo(200);
        keys.keys.clear();
        assertError(client.post(GOOD), 401, "invalid_api_key");
        assertError(client.get("/v1/models"), 401, "invalid_api_key");
        assertThat(models.runs).hasValue(1);
    }

    @Test
    void anEmptyWalletIsToldNotToTryAgain() {
        purse.refusal = new Purse.Refused(Purse.Reason.CREDIT_EXHAUSTED, "The credit balance does not cover this");
        HttpResponse<String> answer = client.post(GOOD);
        assertError(answer, 429, "credit_balance_exhausted");
        assertThat(error(answer, 429).get("type").asString()).isEqualTo("insufficient_quota");
        assertThat(header(answer, "x-should-retry")).isEqualTo("false");
        assertThat(models.runs).hasValue(0);
    }

    @Test
    void booksThatCannotBeWrittenAreWorthAnotherTry() {
        purse.refusal = new Purse.Refused(Purse.Reason.UNAVAILABLE, "Calls cannot be written down");
        HttpResponse<String> answer = client.post(GOOD);
        assertError(answer, 503, "unavailable");
        assertThat(header(answer, "retry-after")).isEqualTo("1");
        purse.refusal = new Purse.Refused(Purse.Reason.NO_PRICE, "No price");
        assertError(client.post(GOOD), 403, "model_not_priced");
    }

    @Test
    void unknownModelsPathsAndMethodsAreToldAsJson() {
        HttpRequest.BodyPublisher body = HttpRequest.BodyPublishers.ofString(GOOD);
        HttpRequest none =
                client.request("/v1/predict/none", FakeKeys.KEY).POST(body).build();
        assertError(client.send(none), 404, "model_not_found");
        assertError(client.get("/v1/models/none"), 404, "model_not_found");
        assertError(client.get("/v1/chat"), 404, "unknown_url");
        assertError(client.get("/v1/predict/a/b"), 404, "unknown_url");
        HttpResponse<String> wrong = client.get("/v1/predict/" + FakeModels.MODEL);
        assertError(wrong, 405, "method_not_supported");
        assertThat(header(wrong, "allow")).isEqualTo("POST, OPTIONS");
        HttpRequest form = client.request("/v1/predict/" + FakeModels.MODEL, FakeKeys.KEY)
                .setHeader("content-type", "application/x-www-form-urlencoded")
                .POST(body)
                .build();
        assertError(client.send(form), 415, "unsupported_media_type");
    }

    @Test
    void modelsAreListedAsOpenAisClientsExpect() {
        JsonNode list = Json.MAPPER.readTree(client.get("/v1/models").body());
        assertThat(list.get("object").asString()).isEqualTo("list");
        JsonNode one = Json.MAPPER.readTree(
                client.get("/v1/models/" + FakeModels.MODEL).body());
        assertThat(list.at("/data/0")).isEqualTo(one);
        assertThat(one.get("id").asString()).isEqualTo(FakeModels.MODEL);
        assertThat(one.get("object").asString()).isEqualTo("model");
        assertThat(one.get("created").asLong()).isEqualTo(1_700_000_000);
    }

    @Test
    void pagesOfOtherRoomsHangOnTheDoor() {
        JsonNode echo =
                Json.MAPPER.readTree(client.get("/v1/echo?a=%E9%80%80&a=2").body());
        assertThat(echo.get("a").asString()).isEqualTo("退");
        assertError(client.get("/v1/echo?bad=1"), 400, "echo.bad");
    }

    @Test
    void headAndOptionsAreAnsweredWithoutABody() {
        HttpResponse<String> head =
                client.send(client.request("/v1/models", FakeKeys.KEY).HEAD().build());
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        HttpResponse<String> options = client.send(client.request("/v1/models", FakeKeys.KEY)
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .build());
        assertThat(options.statusCode()).isEqualTo(204);
        assertThat(header(options, "allow")).isEqualTo("GET, HEAD, OPTIONS");
        assertThat(header(options, "access-control-allow-origin")).isEmpty();
    }

    @Test
    void figuresAreForThisMachineAlone() {
        client.post(GOOD);
        assertThat(client.get("/metrics").body()).contains("sampan_calls_seconds_count{outcome=\"answered\"} 1");
        HttpRequest forwarded = client.request("/metrics", FakeKeys.KEY)
                .header("x-forwarded-for", "1.2.3.4")
                .build();
        assertError(client.send(forwarded), 404, "unknown_url");
    }

    @Test
    void whatFailsInTheModelCostsNothing() {
        models.answer = () -> {
            throw new IllegalStateException("secret detail");
        };
        HttpResponse<String> answer = client.post(GOOD);
        assertError(answer, 500, "internal_error");
        assertThat(answer.body()).doesNotContain("secret");
        models.answer = () -> {
            throw new ProblemException(Problem.of("serving.overloaded", "Too much"));
        };
        assertError(client.post(GOOD), 503, "overloaded");
        models.answer = () -> {
            throw new ProblemException(Problem.of("input.missing_column", "The input has no column 'title'"));
        };
        assertError(client.post(GOOD), 400, "input.missing_column");
        assertThat(purse.released).hasSize(3);
        assertThat(purse.held).isEmpty();
    }

    @Test
    void moreCallsThanFitAreToldSo() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        models.answer = waitingFor(goOn);
        List<CompletableFuture<HttpResponse<String>>> running = new ArrayList<>();
        for (int i = 0; i < 4; i++) { // two run, two wait
            running.add(client.later(GOOD));
        }
        until(() -> purse.held.size() == 4);
        HttpResponse<String> oneTooMany = client.post(GOOD);
        assertError(oneTooMany, 429, "rate_limit_exceeded");
        assertThat(header(oneTooMany, "retry-after")).isEqualTo("1");
        keys.keys.put("sk-other", FakeKeys.someone());
        assertError(client.send(client.predict(GOOD, "sk-other")), 503, "overloaded");
        goOn.countDown();
        for (CompletableFuture<HttpResponse<String>> one : running) {
            assertThat(one.get().statusCode()).isEqualTo(200);
        }
        assertThat(purse.held).isEmpty();
    }

    @Test
    void aClientThatGoesBeforeTheChargePaysNothing() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        models.answer = waitingFor(goOn);
        try (Socket socket = new Socket(door.address().getHost(), door.address().getPort())) {
            int length = GOOD.getBytes(StandardCharsets.UTF_8).length;
            String head = "POST /v1/predict/helpdesk HTTP/1.1\r\nhost: x\r\nauthorization: bearer " + FakeKeys.KEY
                    + "\r\ncontent-type: application/json\r\ncontent-length: " + length + "\r\n\r\n";
            socket.getOutputStream().write((head + GOOD).getBytes(StandardCharsets.UTF_8));
            until(() -> models.runs.get() == 1);
        }
        until(() -> !purse.released.isEmpty());
        goOn.countDown();
        assertThat(purse.released.values()).containsExactly("the client went away");
        Thread.sleep(50);
        assertThat(purse.settled).isEmpty();
    }

    @Test
    void whatIsNoHttpIsRefused() throws IOException {
        try (Socket socket = new Socket(door.address().getHost(), door.address().getPort())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write("\u0016\u0003\u0001 nonsense\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            byte[] answer = socket.getInputStream().readAllBytes();
            assertThat(new String(answer, StandardCharsets.UTF_8)).contains(" 400 ", "\"error\":{");
        }
    }

    @Test
    void aPortInUseIsTold() {
        int taken = door.address().getPort();
        GatewayProperties same = new GatewayProperties("127.0.0.1", taken, 1, 2, 2, 5, 4, 0);
        assertThatThrownBy(() -> new OpenDoor(new OpenDoor.Behind(keys, models, purse, List.of()), same))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("127.0.0.1:" + taken)
                .hasMessageContaining("--port");
    }

    private static Supplier<Prediction> waitingFor(CountDownLatch goOn) {
        return () -> {
            try {
                goOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new FakeModels().answer.get();
        };
    }

    private static void until(BooleanSupplier holds) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!holds.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
            Thread.sleep(5);
        }
    }
}
