package dev.sampan.data;

import static dev.sampan.data.DataFixture.TEXT_STEPS;
import static dev.sampan.data.DataFixture.aSpec;
import static dev.sampan.data.DataFixture.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Progress;
import dev.sampan.spec.CleanStep;
import dev.sampan.spec.ModelSpec;
import dev.sampan.spec.ModelSpec.Tokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeaturesTests {
    @TempDir
    Path folder;

    private TokenFeatures fit(String csv, Tokenizer tokenizer, int size) {
        write(folder, "data.csv", csv);
        Dataset made = Datasets.prepare(aSpec("data.csv").in(folder), folder.resolve("out"), Progress.NONE);
        List<CleanStep> clean = new ArrayList<>(TEXT_STEPS);
        clean.add(new CleanStep.Dedupe(1));
        return TokenFeatures.fit(made, clean, new ModelSpec.BiLstm(tokenizer, size, 4, 8, 8, 8, 0));
    }

    private static TokenFeatures words(String... vocabulary) {
        return new TokenFeatures(
                List.of("text"), List.of("a", "b"), TEXT_STEPS, Tokenizer.WORDS, List.of(vocabulary), 4);
    }

    @Test
    void ordersTheVocabularyByFrequencyThenCodePoint() {
        TokenFeatures features = fit("text,label\nB c 😀 ～ b,x\n\"C, d!\",y\n", Tokenizer.AUTO, 5);

        assertThat(features.tokenizer()).isEqualTo(Tokenizer.WORDS);
        assertThat(features.vocabulary()).containsExactly("b", "c", "!", ",", "d");
        assertThat(features.clean()).isEqualTo(TEXT_STEPS);
        assertThat(features.labels()).containsExactly("x", "y");
    }

    @Test
    void cutsChineseIntoCharacters() {
        TokenFeatures features = fit("text,label\n我要退货 ok,x\n我的货呢,y\n", Tokenizer.AUTO, 100);

        assertThat(features.tokenizer()).isEqualTo(Tokenizer.CHARACTERS);
        assertThat(features.vocabulary())
                .startsWith("我", "货")
                .contains("o", "k")
                .hasSize(8);
    }

    @Test
    void padsToTheLongestCutsAtTheLimitAndGivesAnEmptyTextOneUnknown() {
        TokenBatch batch = words("hello", "you").tokens(List.of("hello you", "", "Hello HELLO hi hello you"));

        assertThat(batch.length()).isEqualTo(4);
        assertThat(batch.ids()).containsExactly(2, 3, 0, 0, 1, 0, 0, 0, 2, 2, 1, 2);
        assertThat(batch.mask()).containsExactly(1, 1, 0, 0, 1, 0, 0, 0, 1, 1, 1, 1);
        assertThat(words("a").tokens(List.of()).rows()).isZero();
    }

    @Test
    void joinsCleanedInputsByOneBlankAndNamesTheMissingOne() {
        TokenFeatures features =
                new TokenFeatures(List.of("title", "body"), List.of("a"), TEXT_STEPS, Tokenizer.WORDS, List.of(), 4);

        assertThat(features.text(Map.of("title", " Ｏｎｅ ", "body", "two\t\nthree")))
                .isEqualTo("One two three");
        assertThat(features.text(Map.of("title", "", "body", "two"))).isEqualTo("two");
        assertThatThrownBy(() -> features.text(Map.of("title", "", "bdy", "two")))
                .hasMessage("The input has no 'body'. Did you mean 'bdy'?");
    }

    @Test
    void readsBackWhatItWrote() throws IOException {
        TokenFeatures features = words("hello", "饺子", "😀", "\"");

        features.write(folder);

        assertThat(Features.read(folder)).isEqualTo(features).hasSameHashCodeAs(features);
        assertThat(Files.readString(folder.resolve("features.json"))).contains("\"format\" : 1", "饺子");
    }

    @Test
    void refusesWhatItDoesNotKnow() throws IOException {
        words("hello").write(folder);
        Path file = folder.resolve("features.json");
        String json = Files.readString(file);

        refused(file, json.replace("\"format\" : 1", "\"format\" : 2"), "model.newer");
        refused(file, json.replace("\"words\"", "\"syllables\""), "model.corrupt");
        refused(file, json.replace("\"vocabulary\"", "\"dictionary\""), "model.corrupt");
        refused(file, json.substring(10), "model.corrupt");
        Files.delete(file);
        assertThatThrownBy(() -> Features.read(folder)).isInstanceOf(ProblemException.class);
    }

    private void refused(Path file, String json, String code) throws IOException {
        Files.writeString(file, json);
        assertThatThrownBy(() -> Features.read(folder))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problems().getFirst().code()).isEqualTo(code));
    }

    private static String tokenizerJson(String resource) throws IOException {
        try (InputStream in = FeaturesTests.class.getResourceAsStream(resource)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static SubwordFeatures minilm(int maxLength) throws IOException {
        return new SubwordFeatures(
                List.of("text"),
                List.of("a", "b"),
                TEXT_STEPS,
                tokenizerJson("/all-minilm-l6-v2-tokenizer.json"),
                maxLength);
    }

    @Test
    void cutsSubwordsAsTheEncodersOwnTokenizerDoes() throws IOException {
        TokenBatch batch = minilm(6).tokens(List.of("Hello world", "", "I am still waiting on my card"));

        assertThat(batch.length()).isEqualTo(6);
        assertThat(batch.ids())
                .containsExactly(101, 7592, 2088, 102, 0, 0, 101, 102, 0, 0, 0, 0, 101, 1045, 2572, 2145, 3403, 102);
        assertThat(batch.mask()).containsExactly(1, 1, 1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1);
    }

    @Test
    void subwordsTravelWithTheirTokenizer() throws IOException {
        SubwordFeatures features = minilm(8);
        features.write(folder);

        assertThat(Features.read(folder)).isEqualTo(features);
        Files.writeString(folder.resolve("tokenizer.json"), "{}");
        assertThatThrownBy(() -> Features.read(folder)).isInstanceOf(ProblemException.class);
    }

    @Test
    void manyThreadsEncodeAlike() throws IOException {
        SubwordFeatures features = minilm(16);
        long[] expected = features.tokens(List.of("many threads at once")).ids();

        assertThat(IntStream.range(0, 200)
                        .parallel()
                        .mapToObj(_ ->
                                features.tokens(List.of("many threads at once")).ids()))
                .allSatisfy(ids -> assertThat(ids).containsExactly(expected));
    }

    @Test
    void piecesAreWordsWithTheirBlanksAndSingleChineseCharacters() {
        assertThat(words().pieces("Don't pay 3.50, 我要 iPhone15！ naïve e\u0301"))
                .containsExactly("Don't ", "pay ", "3.50", ", ", "我", "要 ", "iPhone15", "！ ", "naïve ", "e\u0301");
        assertThat(words().pieces("")).isEmpty();
        assertThat(words().pieces("  ")).containsExactly("  ");
    }
}
