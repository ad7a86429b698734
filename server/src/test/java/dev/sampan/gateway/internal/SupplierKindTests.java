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
import dev.sampan.suppliers.internal.SupplierBook;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Callers who speak OpenAI's dialect, suppliers who do not.
@SuppressWarnings("NullAway.Init")
class SupplierKindTests {
    private static final String TOOLS = """
            {"model":"%s","max_tokens":50,"temperature":0.5,"stop":"END","user":"u1","tool_choice":"required",
             "messages":[
             {"role":"system","content":"简短"},{"role":"user","content":[{"type":"text","text":"看"},
              {"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}}]},
             {"role":"assistant","content":null,"tool_calls":[
               {"id":"c1","type":"function","function":{"name":"order","arguments":"{\\"id\\":7}"},
                "extra_content":{"google":{"thought_signature":"c2ln"}}},
               {"id":"c2","type":"function","function":{"name":"stock","arguments":""}}]},
             {"role":"tool","tool_call_id":"c1","content":"已发货"},
             {"role":"tool","tool_call_id":"c2","content":"{\\"left\\":3}"}],
             "tools":[{"type":"function","function":{"name":"order","description":"d",
               "parameters":{"type":"object","properties":{"id":{"type":"integer"}}}}}]}""";
    private static final String ASKED = "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"你好\"}]%s}";

    private final FakeSupplier foreign = new FakeSupplier();
    private final FakeSupplier open = new FakeSupplier();
    private final FakePurse purse = new FakePurse();
    private final SupplierBook book = FakeSuppliers.of(
            """
            suppliers:
              - {name: anthropic, kind: anthropic, base_url: "%1$s", api_key_env: A}
              - {name: gemini, kind: gemini, base_url: "%1$s", api_key_env: G}
              - {name: azure, kind: azure, base_url: "%3$s", api_key_env: Z}
              - {name: open, base_url: "%2$s"}
            models:
              - {name: claude, context_length: 1000, routes: [{supplier: anthropic, model: claude-there}]}
              - {name: gemini, uses: [chat, embeddings], context_length: 1000,
                 routes: [{supplier: gemini, model: gemini-there}]}
              - {name: azure, uses: [chat, embeddings], context_length: 1000,
                 routes: [{supplier: azure, model: "my deployment"}]}
              - {name: any, context_length: 1000, routes: [{supplier: anthropic, model: claude-there},
                 {supplier: gemini, model: gemini-there, priority: 1}, {supplier: open, model: there, priority: 2}]}
            """.formatted(foreign.url(), open.url(), foreign.url().replace("/v1", "")),
            Map.of("anthropic", "sk-ant", "gemini", "AIza", "azure", "az"));
    private OpenDoor door;
    private DoorClient client;

    @BeforeEach
    void open() {
        door = new OpenDoor(
                new OpenDoor.Behind(new FakeKeys(), new FakeModels(), book, purse, List.of()),
                new GatewayProperties("127.0.0.1", 0, 2, 2, 2, 50, 40, 0));
        client = new DoorClient(door.address());
    }

    @AfterEach
    void close() {
        client.close();
        door.close();
        foreign.close();
        open.close();
    }

    private HttpResponse<String> chat(String body) {
        return client.ask("/v1/chat/completions", body);
    }

    private static JsonNode read(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.MAPPER.readTree(answer.body());
    }

    @Test
    void anthropicIsAskedInItsOwnWordsAndAnswersInOpenAis() {
        foreign.does(json(200, ForeignSpeech.MESSAGE));
        JsonNode answer = read(chat(TOOLS.formatted("claude")));
        FakeSupplier.Received there = foreign.last();
        assertThat(there.path()).isEqualTo("/v1/messages");
        assertThat(there.header("x-api-key")).isEqualTo("sk-ant");
        assertThat(there.header("anthropic-version")).isEqualTo("2023-06-01");
        assertThat(there.authorization()).isEqualTo("null");
        assertThat(there.body()).isEqualTo(Json.MAPPER.readTree("""
                {"model":"claude-there","max_tokens":50,"temperature":0.5,"stop_sequences":["END"],
                 "metadata":{"user_id":"u1"},"system":"简短","tool_choice":{"type":"any"},
                 "messages":[{"role":"user","content":[{"type":"text","text":"看"},
                   {"type":"image","source":{"type":"base64","media_type":"image/png","data":"AAAA"}}]},
                  {"role":"assistant","content":[{"type":"tool_use","id":"c1","name":"order","input":{"id":7}},
                    {"type":"tool_use","id":"c2","name":"stock","input":{}}]},
                  {"role":"user","content":[{"type":"tool_result","tool_use_id":"c1","content":"已发货"},
                    {"type":"tool_result","tool_use_id":"c2","content":"{\\"left\\":3}"}]}],
                 "tools":[{"name":"order","description":"d",
                   "input_schema":{"type":"object","properties":{"id":{"type":"integer"}}}}]}"""));
        assertThat(answer.path("model").asString()).isEqualTo("claude");
        assertThat(answer.at("/choices/0/message/content").asString()).isEqualTo("你好 claude");
        assertThat(answer.at("/choices/0/message/reasoning_content").asString()).isEqualTo("hm");
        assertThat(answer.at("/choices/0/message/tool_calls/0/function/arguments")
                        .asString())
                .isEqualTo("{\"id\":7}");
        assertThat(answer.at("/choices/0/finish_reason").asString()).isEqualTo("tool_calls");
        assertThat(answer.at("/usage/prompt_tokens").asInt()).isEqualTo(20);
        assertThat(answer.at("/usage/prompt_tokens_details/cache_write_tokens").asInt())
                .isEqualTo(3);
        assertThat(purse.charges.getFirst().used().prompt()).isEqualTo(20);
    }

    @Test
    void anthropicsEventsAreChunks() {
        foreign.does(ForeignSpeech.messageEvents(ForeignSpeech.MESSAGE_EVENTS));
        List<String> events = SuppliedCalls.events(
                chat(ASKED.formatted("claude", ",\"stream\":true,\"stream_options\":{\"include_usage\":true}")));
        assertThat(events).last().isEqualTo("[DONE]");
        List<JsonNode> chunks = events.subList(0, events.size() - 1).stream()
                .map(Json.MAPPER::readTree)
                .toList();
        assertThat(text(chunks, "/choices/0/delta/content")).isEqualTo("查一下");
        assertThat(text(chunks, "/choices/0/delta/tool_calls/0/function/arguments"))
                .isEqualTo("{\"id\":7}");
        assertThat(text(chunks, "/choices/0/delta/tool_calls/0/id")).isEqualTo("toolu_1");
        assertThat(text(chunks, "/choices/0/finish_reason")).isEqualTo("tool_calls");
        assertThat(chunks.getLast().at("/usage/prompt_tokens").asInt()).isEqualTo(30);
        assertThat(purse.charges.getFirst().used()).isEqualTo(Quantities.tokens(25, 5, 15));
    }

    private static String text(List<JsonNode> chunks, String at) {
        return String.join(
                "", chunks.stream().map(chunk -> chunk.at(at).asString("")).toList());
    }

    @Test
    void anAnthropicStreamThatBreaksIsToldAsACut() {
        foreign.does(ForeignSpeech.messageEvents(List.of(
                ForeignSpeech.MESSAGE_EVENTS.get(0),
                ForeignSpeech.MESSAGE_EVENTS.get(1),
                ForeignSpeech.MESSAGE_EVENTS.get(3),
                ForeignSpeech.OVERLOADED)));
        List<String> events = SuppliedCalls.events(chat(ASKED.formatted("claude", ",\"stream\":true")));
        assertThat(events.getLast()).contains("upstream_cut");
        assertThat(purse.charges.getFirst().used()).isEqualTo(Quantities.NONE);
    }

    @Test
    void geminiIsAskedInItsOwnWordsAndAnswersInOpenAis() {
        foreign.does(json(200, ForeignSpeech.CONTENT));
        JsonNode answer = read(chat(TOOLS.formatted("gemini")));
        FakeSupplier.Received there = foreign.last();
        assertThat(there.path()).isEqualTo("/v1/models/gemini-there:generateContent");
        assertThat(there.header("x-goog-api-key")).isEqualTo("AIza");
        assertThat(there.body()).isEqualTo(Json.MAPPER.readTree("""
                {"systemInstruction":{"parts":[{"text":"简短"}]},
                 "contents":[{"role":"user","parts":[{"text":"看"},
                   {"inlineData":{"mimeType":"image/png","data":"AAAA"}}]},
                  {"role":"model","parts":[
                    {"functionCall":{"name":"order","args":{"id":7}},"thoughtSignature":"c2ln"},
                    {"functionCall":{"name":"stock","args":{}}}]},
                  {"role":"user","parts":[{"functionResponse":{"name":"order","response":{"result":"已发货"}}},
                    {"functionResponse":{"name":"stock","response":{"left":3}}}]}],
                 "tools":[{"functionDeclarations":[{"name":"order","description":"d",
                   "parametersJsonSchema":{"type":"object","properties":{"id":{"type":"integer"}}}}]}],
                 "toolConfig":{"functionCallingConfig":{"mode":"ANY"}},
                 "generationConfig":{"maxOutputTokens":50,"temperature":0.5,"stopSequences":["END"]}}"""));
        assertThat(answer.at("/choices/0/message/content").asString()).isEqualTo("你好 gemini");
        assertThat(answer.at("/choices/0/message/tool_calls/0/extra_content/google/thought_signature")
                        .asString())
                .isEqualTo("c2ln");
        assertThat(answer.at("/choices/0/finish_reason").asString()).isEqualTo("tool_calls");
        assertThat(answer.at("/usage/completion_tokens").asInt()).isEqualTo(9);
        assertThat(answer.at("/usage/completion_tokens_details/reasoning_tokens")
                        .asInt())
                .isEqualTo(4);
    }

    @Test
    void geminisStreamEndsWithoutAWordAndIsWhole() {
        foreign.does(ForeignSpeech.contentEvents());
        List<String> events = SuppliedCalls.events(chat(ASKED.formatted("gemini", ",\"stream\":true")));
        assertThat(foreign.last().path()).isEqualTo("/v1/models/gemini-there:streamGenerateContent?alt=sse");
        assertThat(events).last().isEqualTo("[DONE]");
        assertThat(purse.charges.getFirst().used()).isEqualTo(Quantities.tokens(9, 0, 2));
    }

    @Test
    void geminiMakesVectorsToo() {
        foreign.does(json(200, "{\"embeddings\":[{\"values\":[0.5,0.25]},{\"values\":[1,2]}]}"));
        JsonNode answer =
                read(client.ask("/v1/embeddings", "{\"model\":\"gemini\",\"input\":[\"a\",\"b\"],\"dimensions\":2}"));
        assertThat(answer.at("/data/1/embedding/0").asDouble()).isEqualTo(1);
        assertThat(foreign.last().path()).isEqualTo("/v1/models/gemini-there:batchEmbedContents");
        assertThat(foreign.last().body().at("/requests/1/content/parts/0/text").asString())
                .isEqualTo("b");
    }

    @Test
    void azureIsAskedAtItsDeployment() {
        foreign.does(json(200, FakeSupplier.WHOLE));
        assertThat(chat(ASKED.formatted("azure", "")).statusCode()).isEqualTo(200);
        assertThat(foreign.last().path())
                .isEqualTo("/openai/deployments/my%20deployment/chat/completions?api-version=2024-10-21");
        assertThat(foreign.last().header("api-key")).isEqualTo("az");
        assertThat(foreign.last().authorization()).isEqualTo("null");
    }

    /// Anthropic is overloaded, Gemini is out of quota: OpenAI's dialect answers, in pieces and in one.
    @Test
    void oneKindAnswersWhenAnotherDoesNot() {
        foreign.does((_, request) -> {
            boolean anthropic = request.path().endsWith("/messages");
            request.response().setStatusCode(anthropic ? 529 : 429).end(anthropic ? ForeignSpeech.OVERLOADED : """
                            {"error":{"code":429,"message":"quota","status":"RESOURCE_EXHAUSTED","details":[
                             {"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"34s"}]}}""");
        });
        open.does(stream(first(), delta("b"), finish(), usage(1, 0, 1), "[DONE]"));
        assertThat(SuppliedCalls.events(chat(ASKED.formatted("any", ",\"stream\":true"))))
                .last()
                .isEqualTo("[DONE]");
        assertThat(foreign.received).hasSize(2);
        open.does(json(200, FakeSupplier.WHOLE));
        assertThat(chat(ASKED.formatted("any", "")).statusCode()).isEqualTo(200);
        assertThat(purse.charges)
                .allSatisfy(charge -> assertThat(charge.supply().supplier()).isEqualTo("open"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            claude | ,"n":2                                     | n
            claude | ,"logprobs":true                           | logprobs
            claude | ,"logit_bias":{"7":1}                      | logit_bias
            claude | ,"presence_penalty":0.5                    | presence_penalty
            claude | ,"temperature":1.5                         | temperature
            claude | ,"response_format":{"type":"json_object"}  | response_format
            claude | ,"tools":[{"type":"custom","custom":{}}]   | tools
            gemini | ,"parallel_tool_calls":false               | parallel_tool_calls
            gemini | ,"top_logprobs":2,"logprobs":true          | top_logprobs
            """)
    void whatADialectCannotCarryIsRefusedBeforeAnythingIsSent(String model, String field, String param) {
        JsonNode told = error(chat(ASKED.formatted(model, field)), 400);
        assertThat(told.path("param").asString()).isEqualTo(param);
        assertThat(told.path("code").asString()).isEqualTo("unsupported_parameter");
        assertThat(foreign.received).isEmpty();
        assertThat(purse.charges).isEmpty();
        assertThat(purse.held).isEmpty();
    }

    @Test
    void aRouteThatCannotBeToldAllOfItIsPassedOver() {
        open.does(json(200, FakeSupplier.WHOLE));
        assertThat(chat(ASKED.formatted("any", ",\"logprobs\":true")).statusCode())
                .isEqualTo(200);
        assertThat(foreign.received).isEmpty();
        assertThat(open.last().body().path("logprobs").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            claude | 400 | {"error":{"type":"invalid_request_error","message":"credit balance is too low"}}
            claude | 401 | {"type":"error","error":{"type":"authentication_error","message":"invalid x-api-key"}}
            gemini | 400 | {"error":{"code":400,"status":"INVALID_ARGUMENT","details":[{"reason":"API_KEY_INVALID"}]}}
            """)
    void whenOurAccountIsNotInOrderTheCallerIsNotToldOfIt(String model, int status, String said) {
        foreign.does(json(status, said));
        assertError(chat(ASKED.formatted(model, "")), 503, "overloaded");
    }

    @Test
    void aCallersMistakeIsToldInOurShape() {
        foreign.does(json(400, """
                {"type":"error","error":{"type":"invalid_request_error","message":"prompt is too long: 9 > 8"}}"""));
        JsonNode told = error(chat(ASKED.formatted("claude", "")), 400);
        assertThat(told.path("code").asString()).isEqualTo("context_length_exceeded");
        foreign.does(json(400, """
                {"error":{"code":400,"message":"contents is not specified","status":"INVALID_ARGUMENT"}}"""));
        assertThat(error(chat(ASKED.formatted("gemini", "")), 400)
                        .path("message")
                        .asString())
                .isEqualTo("contents is not specified");
    }

    /// Thinking, cache marks, tools that run there: between two who speak the same dialect nothing is lost.
    @Test
    void anthropicsCallersAndModelsSpeakWithoutATranslator() {
        foreign.does(json(200, ForeignSpeech.MESSAGE));
        String body = """
                {"model":"claude","max_tokens":70,"thinking":{"type":"enabled","budget_tokens":64},"system":
                 [{"type":"text","text":"s","cache_control":{"type":"ephemeral"}}],"messages":[{"role":"user",
                 "content":[{"type":"document","source":{"type":"text","media_type":"text/plain","data":"d"}}]}],
                 "tools":[{"type":"web_search_20250305","name":"web_search"}]}""";
        JsonNode answer = read(client.ask("/v1/messages", body));
        JsonNode there = foreign.last().body();
        assertThat(there.at("/thinking/budget_tokens").asInt()).isEqualTo(64);
        assertThat(there.at("/system/0/cache_control/type").asString()).isEqualTo("ephemeral");
        assertThat(there.path("model").asString()).isEqualTo("claude-there");
        assertThat(answer.at("/content/0/signature").asString()).isEqualTo("EqQB");
        assertThat(answer.path("model").asString()).isEqualTo("claude");
        assertThat(purse.charges.getFirst().used().prompt()).isEqualTo(20);
        JsonNode refused = Json.MAPPER.readTree(client.ask("/v1/messages", body.replace("\"claude\"", "\"gemini\""))
                .body());
        assertThat(refused.at("/error/type").asString()).isEqualTo("invalid_request_error");
        assertThat(refused.at("/error/message").asString()).contains("document");
    }

    @Test
    void anthropicsOwnEventsComeThroughUnderOurNames() {
        foreign.does(ForeignSpeech.messageEvents(ForeignSpeech.MESSAGE_EVENTS));
        HttpResponse<String> answer =
                client.ask("/v1/messages", ASKED.formatted("claude", ",\"max_tokens\":70,\"stream\":true"));
        assertThat(answer.body())
                .contains("event: content_block_delta\n", "\"model\":\"claude\"", "event: message_stop\n")
                .doesNotContain("claude-there");
        assertThat(purse.charges.getFirst().used()).isEqualTo(Quantities.tokens(25, 5, 15));
    }
}
