package dev.sampan.gateway.internal;

import static dev.sampan.gateway.internal.FakeSupplier.delta;
import static dev.sampan.gateway.internal.FakeSupplier.finish;
import static dev.sampan.gateway.internal.FakeSupplier.first;
import static dev.sampan.gateway.internal.FakeSupplier.json;
import static dev.sampan.gateway.internal.FakeSupplier.stream;
import static dev.sampan.gateway.internal.FakeSupplier.usage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.errors.BadRequestException;
import com.anthropic.errors.NotFoundException;
import com.anthropic.errors.RateLimitException;
import com.anthropic.errors.UnauthorizedException;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.StopReason;
import dev.sampan.gateway.Purse;
import dev.sampan.gateway.Quantities;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Anthropic's own client for Java, unchanged, asks models that speak OpenAI's way.
@SuppressWarnings("NullAway.Init")
class AnthropicClientTests extends SuppliedCalls {
    private AnthropicClient anthropic;

    @BeforeEach
    void connect() {
        anthropic = client(FakeKeys.KEY);
    }

    @AfterEach
    void disconnect() {
        anthropic.close();
    }

    private AnthropicClient client(String key) {
        return AnthropicOkHttpClient.builder()
                .apiKey(key)
                .baseUrl(door.address().toString())
                .maxRetries(1)
                .build();
    }

    private static MessageCreateParams.Builder asked() {
        return MessageCreateParams.builder()
                .model("chat")
                .maxTokens(100)
                .system("简短回答")
                .addUserMessage("你好");
    }

    @Test
    void anAnswerIsAMessageAndItsPromptHasTwoParts() {
        Message message = anthropic.messages().create(asked().build());
        assertThat(message.content().getFirst().asText().text()).isEqualTo("你好 there");
        assertThat(message.stopReason()).hasValue(StopReason.END_TURN);
        assertThat(message.model().asString()).isEqualTo("chat");
        assertThat(message.usage().inputTokens()).isEqualTo(8);
        assertThat(message.usage().cacheReadInputTokens()).hasValue(12L);
        assertThat(one.last().body().at("/messages/0/role").asString()).isEqualTo("system");
        assertThat(one.last().body().path("max_tokens").asInt()).isEqualTo(100);
        assertThat(purse.charges.getFirst().used()).isEqualTo(Quantities.tokens(8, 12, 5));
    }

    @Test
    void aStreamIsReadToAWholeMessage() {
        one.does(stream(first(), delta("你"), delta("好"), finish(), usage(20, 0, 2), "[DONE]"));
        MessageAccumulator whole = MessageAccumulator.create();
        try (StreamResponse<RawMessageStreamEvent> events = anthropic.messages().createStreaming(asked().build())) {
            events.stream().forEach(whole::accumulate);
        }
        Message message = whole.message();
        assertThat(message.content().getFirst().asText().text()).isEqualTo("你好");
        assertThat(message.stopReason()).hasValue(StopReason.END_TURN);
        assertThat(message.usage().outputTokens()).isEqualTo(2);
        assertThat(purse.charges).hasSize(1);
    }

    @Test
    void aToolIsCalledInPiecesBehindAText() {
        String call = """
                {"id":"up","object":"chat.completion.chunk","created":1,"model":"there","choices":[{"index":0,"delta":
                {"tool_calls":[{"index":0,%s"function":{%s"arguments":"%s"}}]},"finish_reason":%s}]}""";
        call = call.replace("\n", "");
        one.does(stream(
                first(),
                delta("查一下"),
                call.formatted("\"id\":\"c1\",\"type\":\"function\",", "\"name\":\"order\",", "", "null"),
                call.formatted("", "", "{\\\"id\\\":", "null"),
                call.formatted("", "", "7}", "\"tool_calls\""),
                usage(9, 0, 6),
                "[DONE]"));
        MessageAccumulator whole = MessageAccumulator.create();
        try (StreamResponse<RawMessageStreamEvent> events = anthropic.messages().createStreaming(asked().build())) {
            events.stream().forEach(whole::accumulate);
        }
        Message message = whole.message();
        assertThat(message.content()).hasSize(2);
        assertThat(message.content().getLast().asToolUse().name()).isEqualTo("order");
        assertThat(message.content().getLast().asToolUse()._input().toString()).contains("7");
        assertThat(message.stopReason()).hasValue(StopReason.TOOL_USE);
    }

    /// What a tool answered goes back as a message of its own, before what the user says beside it.
    @Test
    void resultsOfToolsAndPicturesAreHandedOn() {
        String body = """
                {"model":"chat","max_tokens":50,"tools":[{"name":"order","input_schema":{"type":"object"}}],
                 "tool_choice":{"type":"any"},"messages":[
                 {"role":"user","content":[{"type":"text","text":"看"},{"type":"image","source":
                   {"type":"base64","media_type":"image/png","data":"AAAA"}}]},
                 {"role":"assistant","content":[{"type":"tool_use","id":"c1","name":"order","input":{"id":7}}]},
                 {"role":"user","content":[{"type":"tool_result","tool_use_id":"c1","content":"已发货"},
                   {"type":"text","text":"谢谢"}]}]}""";
        assertThat(ask("/v1/messages", body).statusCode()).isEqualTo(200);
        var there = one.last().body();
        assertThat(there.at("/messages/0/content/1/image_url/url").asString()).isEqualTo("data:image/png;base64,AAAA");
        assertThat(there.at("/messages/1/tool_calls/0/function/arguments").asString())
                .isEqualTo("{\"id\":7}");
        assertThat(there.at("/messages/2/role").asString()).isEqualTo("tool");
        assertThat(there.at("/messages/2/content").asString()).isEqualTo("已发货");
        assertThat(there.at("/messages/3/content").asString()).isEqualTo("谢谢");
        assertThat(there.path("tool_choice").asString()).isEqualTo("required");
        assertThat(there.at("/tools/0/function/parameters/type").asString()).isEqualTo("object");
    }

    @Test
    void errorsAreThoseOfItsKind() {
        assertThatThrownBy(
                        () -> anthropic.messages().create(asked().model("gpt").build()))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() ->
                        anthropic.messages().create(asked().maxTokens(5000).build()))
                .isInstanceOf(BadRequestException.class);
        AnthropicClient stranger = client("sk-nobody");
        assertThatThrownBy(() -> stranger.messages().create(asked().build())).isInstanceOf(UnauthorizedException.class);
        stranger.close();
        purse.refusal = new Purse.Refused(Purse.Reason.CREDIT_EXHAUSTED, "The credit balance does not cover this call");
        assertThatThrownBy(() -> anthropic.messages().create(asked().build())).isInstanceOf(RateLimitException.class);
        assertThat(purse.asked).hasValue(1);
        assertThat(ask("/v1/messages", "{\"model\":\"chat\",\"messages\":[]}").body())
                .startsWith("{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\"");
    }

    @Test
    void aCutIsAnErrorEvent() {
        one.does(stream(20, first(), delta("a"), FakeSupplier.HANG_UP));
        assertThat(ask(
                                "/v1/messages",
                                "{\"model\":\"chat\",\"max_tokens\":9,\"stream\":true,"
                                        + "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}")
                        .body())
                .contains("event: error\ndata: {\"type\":\"error\"")
                .doesNotContain("message_stop");
        one.does(json(500, "{}"));
    }
}
