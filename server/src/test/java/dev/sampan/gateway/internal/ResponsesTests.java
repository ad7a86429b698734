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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.core.http.StreamResponse;
import com.openai.errors.NotFoundException;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseStatus;
import com.openai.models.responses.ResponseStreamEvent;
import dev.sampan.gateway.Meter;
import dev.sampan.gateway.Quantities;
import dev.sampan.kernel.Json;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// OpenAI's Responses, of suppliers who know them and of those who do not.
class ResponsesTests extends EndpointCalls {
    private static final String NATIVE = """
            {"id":"resp_up","object":"response","created_at":1,"status":"completed","model":"there","output":[
             {"type":"web_search_call","id":"ws_1","status":"completed"},
             {"type":"message","id":"m","status":"completed","role":"assistant","content":[
              {"type":"output_text","text":"native","annotations":[],"logprobs":[]}]}],
             "parallel_tool_calls":true,"tool_choice":"auto","tools":[],
             "usage":{"input_tokens":20,"input_tokens_details":{"cached_tokens":12},"output_tokens":5,
             "output_tokens_details":{"reasoning_tokens":2},"total_tokens":25}}""";

    private static ResponseCreateParams.Builder asked(String model) {
        return ResponseCreateParams.builder().model(model).input("你好");
    }

    private static String text(Response response) {
        return response.output().stream()
                .flatMap(item -> item.message().stream())
                .flatMap(message -> message.content().stream())
                .map(content -> content.asOutputText().text())
                .reduce("", String::concat);
    }

    @Test
    void aChatAnswersForAResponse() {
        Response response = openai.responses()
                .create(asked("chat").instructions("简短").maxOutputTokens(50).build());
        assertThat(response.id()).startsWith("resp_");
        assertThat(text(response)).isEqualTo("你好 there");
        assertThat(response.status()).hasValue(ResponseStatus.COMPLETED);
        assertThat(response.usage().orElseThrow().inputTokensDetails().cachedTokens())
                .isEqualTo(12);
        assertThat(one.last().path()).isEqualTo("/v1/chat/completions");
        assertThat(one.last().body().at("/messages/0/content").asString()).isEqualTo("简短");
        assertThat(one.last().body().path("max_tokens").asInt()).isEqualTo(50);
        assertThat(purse.charges.getFirst().used()).isEqualTo(Quantities.tokens(8, 12, 5));
    }

    @Test
    void callsOfToolsAndTheirResultsGoBothWays() {
        one.does(json(200, """
                {"choices":[{"index":0,"message":{"role":"assistant","content":null,"tool_calls":[{"id":"c9","type":
                "function","function":{"name":"order","arguments":"{}"}}]},"finish_reason":"tool_calls"}],
                "usage":{"prompt_tokens":9,"completion_tokens":3}}"""));
        JsonNode answer = Json.MAPPER.readTree(client.ask("/v1/responses", """
                {"model":"chat","tools":[{"type":"function","name":"order","parameters":{"type":"object"},
                  "strict":true}],
                 "tool_choice":{"type":"function","name":"order"},"text":{"format":{"type":"json_schema","name":"s",
                 "schema":{"type":"object"}}},"reasoning":{"effort":"low"},
                 "input":[{"role":"user","content":[{"type":"input_text","text":"看"},
                   {"type":"input_image","image_url":"data:image/png;base64,AAAA"}]},
                  {"type":"reasoning","id":"rs","summary":[]},
                  {"type":"function_call","call_id":"c1","name":"order","arguments":"{\\"id\\":7}"},
                  {"type":"function_call","call_id":"c2","name":"order","arguments":"{}"},
                  {"type":"function_call_output","call_id":"c1","output":"已发货"}]}""").body());
        JsonNode there = one.last().body();
        assertThat(there.at("/messages/0/content/1/image_url/url").asString()).isEqualTo("data:image/png;base64,AAAA");
        assertThat(there.at("/messages/1/tool_calls/1/id").asString()).isEqualTo("c2");
        assertThat(there.at("/messages/2/role").asString()).isEqualTo("tool");
        assertThat(there.at("/tools/0/function/strict").asBoolean()).isTrue();
        assertThat(there.at("/tool_choice/function/name").asString()).isEqualTo("order");
        assertThat(there.at("/response_format/json_schema/name").asString()).isEqualTo("s");
        assertThat(there.path("reasoning_effort").asString()).isEqualTo("low");
        assertThat(answer.at("/output/0/type").asString()).isEqualTo("function_call");
        assertThat(answer.at("/output/0/call_id").asString()).isEqualTo("c9");
        assertThat(answer.path("store").asBoolean()).isFalse();
    }

    @Test
    void aStreamOfChunksIsAStreamOfEvents() {
        one.does(stream(first(), delta("你"), delta("好"), finish(), usage(20, 0, 2), "[DONE]"));
        ResponseAccumulator whole = ResponseAccumulator.create();
        List<ResponseStreamEvent> events = new ArrayList<>();
        try (StreamResponse<ResponseStreamEvent> stream =
                openai.responses().createStreaming(asked("chat").build())) {
            stream.stream().forEach(event -> {
                events.add(event);
                whole.accumulate(event);
            });
        }
        assertThat(text(whole.response())).isEqualTo("你好");
        assertThat(events.getFirst().created()).isPresent();
        assertThat(events.getLast().completed()).isPresent();
        assertThat(events.stream().filter(event -> event.outputTextDelta().isPresent()))
                .hasSize(2);
        assertThat(whole.response().usage().orElseThrow().outputTokens()).isEqualTo(2);
        assertThat(purse.charges.getFirst().used()).isEqualTo(Quantities.tokens(20, 0, 2));
    }

    private List<JsonNode> events(String body) {
        HttpResponse<String> answer = client.ask("/v1/responses", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body()
                .lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> Json.MAPPER.readTree(line.substring(6)))
                .toList();
    }

    /// Anthropic's tool in pieces, asked for as a response: three dialects in one call.
    @Test
    void aCallOfAToolIsToldInPiecesAndOnceMoreAsAWhole() {
        one.does(json(500, "{}"));
        two.does(ForeignSpeech.messageEvents(ForeignSpeech.MESSAGE_EVENTS));
        List<JsonNode> events = events("{\"model\":\"chat\",\"input\":\"a\",\"stream\":true}");
        assertThat(events)
                .extracting(event -> event.path("type").asString())
                .containsExactly(
                        "response.created",
                        "response.in_progress",
                        "response.output_item.added",
                        "response.content_part.added",
                        "response.output_text.delta",
                        "response.output_text.delta",
                        "response.output_text.done",
                        "response.content_part.done",
                        "response.output_item.done",
                        "response.output_item.added",
                        "response.function_call_arguments.delta",
                        "response.function_call_arguments.delta",
                        "response.function_call_arguments.done",
                        "response.output_item.done",
                        "response.completed");
        assertThat(events)
                .extracting(event -> event.path("sequence_number").asInt())
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(events.getLast().at("/response/output/1/arguments").asString())
                .isEqualTo("{\"id\":7}");
    }

    /// Pitfall: a gateway that looks for one kind of end alone gives the others away.
    @Test
    void anAnswerThatWasCutShortIsIncompleteAndCharged() {
        one.does(stream(first(), delta("a"), finish().replace("\"stop\"", "\"length\""), usage(20, 0, 1), "[DONE]"));
        JsonNode last =
                events("{\"model\":\"chat\",\"input\":\"a\",\"stream\":true}").getLast();
        assertThat(last.path("type").asString()).isEqualTo("response.incomplete");
        assertThat(last.at("/response/incomplete_details/reason").asString()).isEqualTo("max_output_tokens");
        assertThat(purse.charges.getFirst().used()).isEqualTo(Quantities.tokens(20, 0, 1));
    }

    @Test
    void aCutIsAFailedResponseAndIsNotCharged() {
        one.does(stream(20, first(), delta("a"), FakeSupplier.HANG_UP));
        JsonNode last =
                events("{\"model\":\"chat\",\"input\":\"a\",\"stream\":true}").getLast();
        assertThat(last.path("type").asString()).isEqualTo("response.failed");
        assertThat(last.at("/response/error/message").asString()).contains("broke off");
        assertThat(purse.charges.getFirst().used()).isEqualTo(Quantities.NONE);
    }

    @Test
    void whereTheSupplierKnowsResponsesNothingIsTranslatedAndNothingIsKeptThere() {
        one.does(json(200, NATIVE));
        JsonNode answer = Json.MAPPER.readTree(client.ask(
                        "/v1/responses",
                        "{\"model\":\"native\",\"input\":\"a\",\"tools\":[{\"type\":\"web_search\"}],\"store\":true}")
                .body());
        assertThat(answer.at("/output/0/type").asString()).isEqualTo("web_search_call");
        assertThat(answer.path("id").asString()).isNotEqualTo("resp_up");
        assertThat(answer.path("model").asString()).isEqualTo("native");
        assertThat(one.last().path()).isEqualTo("/v1/responses");
        assertThat(one.last().body().path("store").asBoolean(true)).isFalse();
        assertThat(one.last().body().path("max_output_tokens").asInt()).isEqualTo(200);
        assertThat(purse.charges.getFirst().used())
                .isEqualTo(Quantities.tokens(8, 12, 3).with(Meter.REASONING, 2));
        assertError(client.ask("/v1/chat/completions", """
                {"model":"native","messages":[{"role":"user","content":"a"}]}"""), 400, "model_not_supported");
    }

    @ParameterizedTest
    @ValueSource(strings = {"response.completed", "response.incomplete"})
    void eitherEndOfItsOwnEventsIsAnEndAndCharged(String end) {
        one.does(stream(
                "{\"type\":\"response.created\",\"response\":{\"id\":\"up\",\"model\":\"there\"}}",
                "{\"type\":\"response.output_text.delta\",\"sequence_number\":1,\"delta\":\"x\"}",
                "{\"type\":\"" + end + "\",\"sequence_number\":2,\"response\":" + NATIVE.replace("\n", "") + "}"));
        List<JsonNode> events = events("{\"model\":\"native\",\"input\":\"a\",\"stream\":true}");
        assertThat(events).hasSize(3);
        assertThat(events.getLast().at("/response/model").asString()).isEqualTo("native");
        assertThat(events.getFirst().at("/response/id").asString())
                .isEqualTo(events.getLast().at("/response/id").asString())
                .isNotEqualTo("up");
        assertThat(purse.charges.getFirst().used().answer()).isEqualTo(5);
    }

    @Test
    void whatRefersToKeptResponsesIsRefused() {
        for (String field : List.of("\"previous_response_id\":\"resp_1\"", "\"background\":true")) {
            JsonNode told =
                    error(client.ask("/v1/responses", "{\"model\":\"chat\",\"input\":\"a\"," + field + "}"), 400);
            assertThat(told.path("code").asString()).isEqualTo("unsupported_parameter");
            assertThat(field).contains(told.path("param").asString());
        }
        assertThatThrownBy(() -> openai.responses().retrieve("resp_1")).isInstanceOf(NotFoundException.class);
        JsonNode told = error(
                client.ask(
                        "/v1/responses", "{\"model\":\"chat\",\"input\":\"a\",\"tools\":[{\"type\":\"web_search\"}]}"),
                400);
        assertThat(told.path("param").asString()).isEqualTo("tools");
        assertThat(one.received).isEmpty();
        assertThat(purse.charges).isEmpty();
    }
}
