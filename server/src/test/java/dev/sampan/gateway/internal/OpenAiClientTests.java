package dev.sampan.gateway.internal;

import static dev.sampan.gateway.internal.FakeSupplier.delta;
import static dev.sampan.gateway.internal.FakeSupplier.finish;
import static dev.sampan.gateway.internal.FakeSupplier.first;
import static dev.sampan.gateway.internal.FakeSupplier.json;
import static dev.sampan.gateway.internal.FakeSupplier.stream;
import static dev.sampan.gateway.internal.FakeSupplier.usage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.errors.RateLimitException;
import com.openai.errors.SseException;
import com.openai.errors.UnauthorizedException;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.embeddings.EmbeddingCreateParams;
import dev.sampan.gateway.Purse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// OpenAI's own client for Java, unchanged: what it sends is understood, what it reads is as it expects, and it tries
/// again when that helps and only then.
@SuppressWarnings("NullAway.Init")
class OpenAiClientTests extends SuppliedCalls {
    private OpenAIClient openai;

    @BeforeEach
    void connect() {
        openai = client(FakeKeys.KEY);
    }

    @AfterEach
    void disconnect() {
        openai.close();
    }

    private OpenAIClient client(String key) {
        return OpenAIOkHttpClient.builder()
                .apiKey(key)
                .baseUrl(door.address() + "/v1")
                .maxRetries(2)
                .build();
    }

    private static ChatCompletionCreateParams.Builder asked() {
        return ChatCompletionCreateParams.builder().model("chat").addUserMessage("你好");
    }

    @Test
    void answersAndModelsAreRead() {
        ChatCompletion answer = openai.chat().completions().create(asked().build());
        assertThat(answer.model()).isEqualTo("chat");
        assertThat(answer.choices().getFirst().message().content()).hasValue("你好 there");
        assertThat(answer.usage().orElseThrow().totalTokens()).isEqualTo(25);
        assertThat(openai.models().list().data())
                .extracting(model -> model.id())
                .contains("chat", "vectors");
    }

    @Test
    void aStreamIsReadToItsEndWithItsUsage() {
        one.does(stream(first(), delta("你"), delta("好"), finish(), usage(20, 0, 2), "[DONE]"));
        List<ChatCompletionChunk> chunks = new ArrayList<>();
        try (StreamResponse<ChatCompletionChunk> stream = openai.chat()
                .completions()
                .createStreaming(asked().streamOptions(ChatCompletionStreamOptions.builder()
                                .includeUsage(true)
                                .build())
                        .build())) {
            stream.stream().forEach(chunks::add);
        }
        String text = String.join(
                "",
                chunks.stream()
                        .flatMap(chunk -> chunk.choices().stream())
                        .map(choice -> choice.delta().content())
                        .flatMap(Optional::stream)
                        .toList());
        assertThat(text).isEqualTo("你好");
        assertThat(chunks.getLast().usage().orElseThrow().completionTokens()).isEqualTo(2);
    }

    @Test
    void aCutIsAnErrorAndNotTheEnd() {
        one.does(stream(20, first(), delta("a"), FakeSupplier.HANG_UP));
        assertThatThrownBy(() -> {
                    try (StreamResponse<ChatCompletionChunk> stream =
                            openai.chat().completions().createStreaming(asked().build())) {
                        stream.stream().forEach(_ -> {});
                    }
                })
                .isInstanceOf(SseException.class)
                .hasMessageContaining("broke off");
    }

    @Test
    void toolsGoThroughBothWays() {
        one.does(json(200, """
                {"id":"u","object":"chat.completion","created":1,"model":"there","choices":[{"index":0,"message":
                {"role":"assistant","content":null,"refusal":null,"tool_calls":[{"id":"c1","type":"function","function":
                {"name":"order","arguments":"{\\"id\\":7}"}}]},"finish_reason":"tool_calls"}],
                "usage":{"prompt_tokens":9,"completion_tokens":3,"total_tokens":12}}"""));
        ChatCompletion answer = openai.chat()
                .completions()
                .create(asked().addFunctionTool(FunctionDefinition.builder()
                                .name("order")
                                .parameters(FunctionParameters.builder()
                                        .putAdditionalProperty("type", JsonValue.from("object"))
                                        .putAdditionalProperty(
                                                "properties", JsonValue.from(Map.of("id", Map.of("type", "integer"))))
                                        .build())
                                .build())
                        .build());
        assertThat(one.last().body().at("/tools/0/function/name").asString()).isEqualTo("order");
        assertThat(answer.choices().getFirst().message().toolCalls().orElseThrow())
                .singleElement()
                .satisfies(
                        call -> assertThat(call.asFunction().function().name()).isEqualTo("order"));
    }

    @Test
    void vectorsAreRead() {
        two.does(json(200, """
                {"object":"list","data":[{"object":"embedding","index":0,"embedding":[0.5,0.25]}],"model":"vec",
                 "usage":{"prompt_tokens":3,"total_tokens":3}}"""));
        assertThat(openai.embeddings()
                        .create(EmbeddingCreateParams.builder()
                                .model("vectors")
                                .input("a")
                                .build())
                        .data()
                        .getFirst()
                        .embedding())
                .containsExactly(0.5f, 0.25f);
    }

    @Test
    void mistakesHaveTheirOwnExceptionsAndAreNotTriedAgain() {
        assertThatThrownBy(() ->
                        openai.chat().completions().create(asked().model("gpt").build()))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> openai.chat()
                        .completions()
                        .create(asked().maxCompletionTokens(5000).build()))
                .isInstanceOf(BadRequestException.class);
        OpenAIClient stranger = client("sk-nobody");
        assertThatThrownBy(() -> stranger.chat().completions().create(asked().build()))
                .isInstanceOf(UnauthorizedException.class);
        stranger.close();
        assertThat(one.received).isEmpty();
    }

    @Test
    void withoutCreditItDoesNotTryAgainAndWhenSuppliersFailItDoes() {
        purse.refusal = new Purse.Refused(Purse.Reason.CREDIT_EXHAUSTED, "The credit balance does not cover this call");
        assertThatThrownBy(() -> openai.chat().completions().create(asked().build()))
                .isInstanceOfSatisfying(
                        RateLimitException.class, e -> assertThat(e.code()).hasValue("credit_balance_exhausted"));
        assertThat(purse.asked).hasValue(1);
        purse.refusal = null;
        one.does(json(500, "{}"));
        two.does(json(500, "{}"));
        assertThatThrownBy(() -> openai.chat().completions().create(asked().build()))
                .hasMessageContaining("503");
        assertThat(purse.released).hasSize(3);
    }
}
