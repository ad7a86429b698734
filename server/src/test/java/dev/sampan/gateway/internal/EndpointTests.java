package dev.sampan.gateway.internal;

import static dev.sampan.gateway.internal.DoorClient.assertError;
import static dev.sampan.gateway.internal.DoorClient.error;
import static dev.sampan.gateway.internal.FakeSupplier.json;
import static dev.sampan.gateway.internal.FakeSupplier.says;
import static org.assertj.core.api.Assertions.assertThat;

import com.openai.core.http.HttpResponse;
import com.openai.models.audio.AudioResponseFormat;
import com.openai.models.audio.speech.SpeechCreateParams;
import com.openai.models.audio.transcriptions.TranscriptionCreateParams;
import com.openai.models.images.ImageGenerateParams;
import com.openai.models.moderations.ModerationCreateParams;
import dev.sampan.gateway.Meter;
import dev.sampan.gateway.Quantities;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Everything else that can be asked, by OpenAI's own client where it knows it.
class EndpointTests extends EndpointCalls {
    private static Quantities requests(long count) {
        return Quantities.NONE.with(Meter.REQUEST, count);
    }

    @Test
    void moderationsNeedNameNoModel() {
        one.does(json(200, """
                {"id":"modr-up","model":"there","results":[{"flagged":true,"categories":{},"category_scores":{},
                 "category_applied_input_types":{}}]}"""));
        var answer = openai.moderations()
                .create(ModerationCreateParams.builder().input("坏话").build());
        assertThat(answer.results().getFirst().flagged()).isTrue();
        assertThat(answer.model()).isEqualTo("plain");
        assertThat(one.last().body().path("model").asString()).isEqualTo("there");
        assertThat(purse.charges.getFirst().used()).isEqualTo(requests(1));
    }

    @Test
    void rerankingIsCountedAsItsSupplierCounts() {
        String asked = "{\"model\":\"plain\",\"query\":\"a\",\"documents\":[\"b\",{\"text\":\"c\"}],\"top_n\":1}";
        one.does(json(200, """
                {"id":"up","results":[{"index":1,"relevance_score":0.9}],
                 "meta":{"billed_units":{"search_units":1}}}"""));
        assertThat(client.ask("/v1/rerank", asked).body()).contains("relevance_score");
        assertThat(one.last().path()).isEqualTo("/v1/rerank");
        one.does(json(200, """
                {"model":"there","object":"list","usage":{"total_tokens":15},
                 "results":[{"index":1,"relevance_score":0.9}]}"""));
        assertThat(client.ask("/v1/rerank", asked).body()).contains("\"plain\"");
        assertThat(purse.charges)
                .extracting(FakePurse.Charged::used)
                .containsExactly(requests(1), requests(1).with(Meter.INPUT, 15));
    }

    @Test
    void picturesAreCounted() {
        one.does(json(200, """
                {"created":1,"data":[{"b64_json":"AAAA"},{"b64_json":"AAAA"}],
                 "usage":{"input_tokens":9,"output_tokens":100,
                 "total_tokens":109,"input_tokens_details":{"text_tokens":9,"image_tokens":0}}}"""));
        var answer = openai.images()
                .generate(ImageGenerateParams.builder()
                        .model("plain")
                        .prompt("舢板")
                        .n(2)
                        .build());
        assertThat(answer.data().orElseThrow()).hasSize(2);
        assertThat(purse.charges.getFirst().used())
                .isEqualTo(Quantities.tokens(9, 0, 100).with(Meter.IMAGE, 2).with(Meter.REQUEST, 1));
        assertThat(purse.holds.getFirst().of(Meter.IMAGE)).isEqualTo(2);
    }

    private static SpeechCreateParams spoken() {
        return SpeechCreateParams.builder()
                .model("plain")
                .input("你好, harbour")
                .voice("alloy")
                .build();
    }

    @Test
    void speechComesAsItIsAndIsCountedByTheLetter() throws IOException {
        one.does((vertx, request) -> {
            request.response().setChunked(true).putHeader("content-type", "audio/mpeg");
            request.response().write("ID3");
            vertx.setTimer(30, _ -> request.response().end("more"));
        });
        try (HttpResponse answer = openai.audio().speech().create(spoken())) {
            assertThat(answer.headers().values("content-type")).containsExactly("audio/mpeg");
            assertThat(new String(answer.body().readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("ID3more");
        }
        assertThat(purse.charges.getFirst().used()).isEqualTo(requests(1).with(Meter.INPUT, 11));
    }

    /// A sound that just ends would be taken for the whole.
    @Test
    void speechThatBreaksOffCutsTheConnectionAndIsNotCharged() throws IOException {
        one.does((vertx, request) -> {
            request.response().setChunked(true).putHeader("content-type", "audio/mpeg");
            request.response().write("ID3");
            vertx.setTimer(50, _ -> request.response().write("x"));
            vertx.setTimer(150, _ -> request.connection().close());
        });
        try (HttpResponse answer = openai.audio().speech().create(spoken());
                InputStream body = answer.body()) {
            assertThat(org.assertj.core.api.Assertions.catchThrowable(body::readAllBytes))
                    .isInstanceOf(IOException.class);
        }
        SuppliedCalls.until(() -> !purse.charges.isEmpty());
        assertThat(purse.charges.getFirst().used()).isEqualTo(Quantities.NONE);
    }

    /// One second and a half of 8 kHz, one channel, 16 bits.
    private static byte[] wave() {
        byte[] sound = new byte[24_000];
        return Buffer.buffer("RIFF")
                .appendIntLE(36 + sound.length)
                .appendString("WAVEfmt ")
                .appendIntLE(16)
                .appendShortLE((short) 1)
                .appendShortLE((short) 1)
                .appendIntLE(8000)
                .appendIntLE(16_000)
                .appendShortLE((short) 2)
                .appendShortLE((short) 16)
                .appendString("data")
                .appendIntLE(sound.length)
                .appendBytes(sound)
                .getBytes();
    }

    @TempDir
    private Path folder;

    private TranscriptionCreateParams.Builder heard() throws IOException {
        return TranscriptionCreateParams.builder().model("plain").file(Files.write(folder.resolve("a.wav"), wave()));
    }

    private static List<Path> left() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("sampan-upload-"))
                    .toList();
        }
    }

    @Test
    void aRecordingIsToldToTheNextSupplierTooAndItsFileGoesWithTheCall() throws IOException {
        List<Path> before = left();
        one.does(json(500, "{}"));
        two.does(json(200, "{\"text\":\"你好\"}"));
        var answer =
                openai.audio().transcriptions().create(heard().prompt("p\nq").build());
        assertThat(answer.asTranscription().text()).isEqualTo("你好");
        assertThat(two.last().path()).isEqualTo("/v1/audio/transcriptions");
        assertThat(two.last().header("content-type")).startsWith("multipart/form-data");
        assertThat(two.last().text()).contains("elsewhere", "p\nq", "RIFF").doesNotContain("plain");
        assertThat(one.last().authorization()).isEqualTo("Bearer sk-secret");
        assertThat(purse.charges.getFirst().used()).isEqualTo(requests(1).with(Meter.SECOND, 2));
        SuppliedCalls.until(() -> leftNoMoreThan(before));
    }

    private static boolean leftNoMoreThan(List<Path> before) {
        try {
            return left().size() <= before.size();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void secondsAreCountedAsTheSupplierHeardThem() throws IOException {
        one.does(json(200, """
                {"task":"transcribe","language":"english","duration":1.2,"text":"hi","segments":[]}"""));
        openai.audio()
                .transcriptions()
                .create(heard().responseFormat(AudioResponseFormat.VERBOSE_JSON).build());
        one.does(json(200, "{\"text\":\"hi\",\"usage\":{\"type\":\"duration\",\"seconds\":1}}"));
        openai.audio().transcriptions().create(heard().build());
        one.does(json(200, """
                {"text":"hi","usage":{"type":"tokens","input_tokens":14,"output_tokens":5,"total_tokens":19}}"""));
        openai.audio().transcriptions().create(heard().build());
        assertThat(purse.charges)
                .extracting(charge -> charge.used().of(Meter.SECOND))
                .containsExactly(2L, 1L, 2L);
        assertThat(purse.charges.getLast().used().prompt()).isEqualTo(14);
    }

    @Test
    void textsAndStreamsOfTranscriptionsComeAsTheyAre() {
        one.does(says("text/plain", "1\n00:00:00,000 --> 00:00:01,000\nhi\n"));
        assertThat(form("/v1/audio/translations", "response_format", "srt").body())
                .contains("-->");
        one.does(FakeSupplier.stream(
                "{\"type\":\"transcript.text.delta\",\"delta\":\"h\"}",
                "{\"type\":\"transcript.text.done\",\"text\":\"hi\",\"usage\":{\"type\":\"tokens\",\"input_tokens\":14,"
                        + "\"output_tokens\":5,\"total_tokens\":19}}"));
        assertThat(form("/v1/audio/transcriptions", "stream", "true").body())
                .contains("transcript.text.delta", "transcript.text.done");
        assertThat(purse.charges.getLast().used().answer()).isEqualTo(5);
    }

    private java.net.http.HttpResponse<String> form(String path, String name, String value) {
        String part = "--b\r\ncontent-disposition: form-data; name=\"%s\"%s\r\n\r\n%s\r\n";
        String body = part.formatted("model", "", "plain") + part.formatted(name, "", value)
                + part.formatted("file", "; filename=\"a\\\"b.mp3\"\r\ncontent-type: audio/mpeg", "ID3") + "--b--\r\n";
        return client.send(HttpRequest.newBuilder(client.at(path))
                .header("authorization", "Bearer " + FakeKeys.KEY)
                .header("content-type", "multipart/form-data; boundary=b")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    @Test
    void aFormThatIsWrongIsToldWhatIsWrong() {
        assertThat(error(form("/v1/audio/transcriptions", "stream", "perhaps"), 400)
                        .path("param")
                        .asString())
                .isEqualTo("stream");
        assertError(client.ask("/v1/audio/transcriptions", "{}"), 415, "unsupported_media_type");
        assertThat(error(form("/v1/audio/transcriptions", "x".repeat(70_000), "y"), 400)
                        .path("message")
                        .asString())
                .contains("form");
        assertThat(one.received).isEmpty();
        assertThat(purse.held).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /v1/rerank              | {"model":"plain","query":"a"}                    | documents
            /v1/rerank              | {"model":"plain","documents":["a"]}              | query
            /v1/images/generations  | {"model":"plain"}                                | prompt
            /v1/images/generations  | {"model":"plain","prompt":"a","n":11}            | n
            /v1/audio/speech        | {"model":"plain","input":"","voice":"a"}         | input
            /v1/moderations         | {"model":"plain"}                                | input
            /v1/embeddings          | {"model":"plain","input":"a"}                    | model
            /v1/responses           | {"model":"chat","input":[]}                      | input
            /v1/responses           | {"model":"chat","input":"a","max_output_tokens":201} | max_output_tokens
            """)
    void aMistakeIsToldWithItsField(String path, String body, String param) {
        assertThat(error(client.ask(path, body), 400).path("param").asString()).isEqualTo(param);
        assertThat(one.received).isEmpty();
        assertThat(purse.held).isEmpty();
    }

    @Test
    void anUnknownPathNamesTheNearestAndAWrongMethodTheRightOne() {
        var told = error(client.ask("/v1/chat/completion", "{}"), 404);
        assertThat(told.path("code").asString()).isEqualTo("unknown_url");
        assertThat(told.path("message").asString()).endsWith("Did you mean /v1/chat/completions?");
        assertError(client.get("/v1/images/generations"), 405, "method_not_supported");
    }
}
