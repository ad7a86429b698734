package dev.sampan.data;

import static dev.sampan.data.DataFixture.TEXT_STEPS;
import static dev.sampan.data.DataFixture.aSpec;
import static dev.sampan.data.DataFixture.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Progress;
import dev.sampan.spec.ModelSpec.NgramSpec;
import dev.sampan.spec.ModelSpec.NgramUnit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Golden numbers: scikit-learn 1.7, `TfidfVectorizer(sublinear_tf=True, min_df=2, ngram_range=(1, 2))` and
/// `TfidfVectorizer(sublinear_tf=True, analyzer='char', ngram_range=(2, 3), max_features=12)` fitted on [#TEXTS].
class NgramFeaturesTests {
    private static final List<String> TEXTS = List.of(
            "Don't lose my card, CARD card!",
            "my  new card_1 arrived today",
            "酒店 的 房间 很 ok",
            "today I lost my new card");

    @TempDir
    Path folder;

    private Dataset dataset(List<String> texts) {
        StringBuilder csv = new StringBuilder("text,label\n");
        for (int i = 0; i < texts.size(); i++) {
            csv.append('"').append(texts.get(i)).append("\",").append(i % 2).append('\n');
        }
        write(folder, "data.csv", csv.toString());
        return Datasets.prepare(aSpec("data.csv").in(folder), folder.resolve("out"), Progress.NONE);
    }

    private NgramFeatures fit(NgramSpec spec, List<String> texts) {
        return NgramFeatures.fit(dataset(texts), TEXT_STEPS, spec);
    }

    @Test
    void weighsWordsAsScikitLearnDoes() {
        NgramFeatures features = fit(new NgramSpec(List.of(1, 2), List.of(), 2, 1000), TEXTS);

        assertThat(features.tables().getFirst().grams()).containsExactly("card", "my", "my new", "new", "today");
        assertThat(features.tables().getFirst().idf())
                .containsExactly(
                        new float[] {1.5108256f, 1.2231436f, 1.5108256f, 1.5108256f, 1.5108256f}, within(1e-6f));
        NamedTensors made =
                features.encode(TEXTS.stream().map(text -> Map.of("text", text)).toList());
        assertThat(longs(made, NgramFeatures.IDS))
                .containsExactly(0, 1, 0, 0, 0, 1, 2, 3, 4, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4)
                .hasSize(20);
        assertThat(floats(made, NgramFeatures.WEIGHTS))
                .containsExactly(
                        new float[] {
                            0.9329835f,
                            0.3599191f,
                            0,
                            0,
                            0,
                            0.4234419f,
                            0.523035f,
                            0.523035f,
                            0.523035f,
                            0,
                            0,
                            0,
                            0,
                            0,
                            0,
                            0.4634684f,
                            0.3752176f,
                            0.4634684f,
                            0.4634684f,
                            0.4634684f
                        },
                        within(1e-6f));
    }

    @Test
    void weighsCharactersAsScikitLearnDoes() {
        NgramTable table = new NgramTable(
                NgramUnit.CHARACTERS,
                2,
                3,
                List.of(" c", " ca", " m", " my", "ar", "ard", "ca", "car", "my", "my ", "rd", "y "),
                new float[] {
                    1.2231436f,
                    1.2231436f,
                    1.5108256f,
                    1.5108256f,
                    1.2231436f,
                    1.2231436f,
                    1.2231436f,
                    1.2231436f,
                    1.2231436f,
                    1.2231436f,
                    1.2231436f,
                    1.2231436f
                });
        float[] found = new float[12];

        table.weigh(TEXTS.get(1), (id, weight) -> found[id] = weight);

        assertThat(found)
                .containsExactly(
                        new float[] {
                            0.2902914f,
                            0.2902914f,
                            0,
                            0,
                            0.491506f,
                            0.2902914f,
                            0.2902914f,
                            0.2902914f,
                            0.2902914f,
                            0.2902914f,
                            0.2902914f,
                            0.2902914f
                        },
                        within(1e-6f));
    }

    @Test
    void keepsTheMostFrequentAndCountsARowOnce() {
        NgramFeatures features = fit(new NgramSpec(List.of(1, 1), List.of(), 2, 2), List.of("aa aa aa", "bb cc", "bb"));

        assertThat(features.tables().getFirst().grams()).containsExactly("bb");
    }

    @Test
    void readsChineseByCharactersAndOtherTextByWordsToo() {
        NgramFeatures chinese = fit(new NgramSpec(null, null, 1, 1000), List.of("房间很好", "房间不好"));

        assertThat(chinese.tables()).hasSize(1);
        assertThat(chinese.tables().getFirst().unit()).isEqualTo(NgramUnit.CHARACTERS);
        assertThat(chinese.tables().getFirst().grams())
                .contains("房", "房间", "房间很")
                .allMatch(g -> g.length() <= 4);
        assertThat(chinese.pieces("很好")).containsExactly("很", "好");
    }

    @Test
    void anEmptyTextIsOneGramOfNoWeight() {
        NgramFeatures features = fit(new NgramSpec(List.of(1, 1), List.of(), 1, 1000), List.of("aa", "bb"));

        NamedTensors made = features.encode(List.of(Map.of("text", ""), Map.of("text", "?!")));

        assertThat(longs(made, NgramFeatures.IDS)).containsExactly(0, 0);
        assertThat(floats(made, NgramFeatures.WEIGHTS)).containsExactly(0, 0);
    }

    @Test
    void comesBackEqualFromItsFileAndACutFileIsRefused() throws IOException {
        NgramFeatures features = fit(new NgramSpec(null, null, 1, 1000), TEXTS);
        features.write(folder);

        assertThat(Features.read(folder)).isEqualTo(features);

        Path file = folder.resolve(Features.FILE);
        String text = Files.readString(file);
        Files.writeString(file, text.substring(0, text.length() / 2));
        assertThatThrownBy(() -> Features.read(folder))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problems().getFirst().code()).isEqualTo("model.corrupt"));
        Files.writeString(file, text.replaceFirst("\"grams\" : \\[\\s*\"[^\"]*\",", "\"grams\" : ["));
        assertThatThrownBy(() -> Features.read(folder)).isInstanceOf(ProblemException.class);
    }

    @Test
    void saysWhenNothingIsFrequentEnough() {
        assertThatThrownBy(() -> fit(new NgramSpec(null, null, 3, 1000), List.of("aa", "bb")))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problems().getFirst().code()).isEqualTo("data.no_ngrams"));
    }

    private static long[] longs(NamedTensors made, String name) {
        return ((NamedTensors.Longs) Objects.requireNonNull(made.tensors().get(name))).values();
    }

    private static float[] floats(NamedTensors made, String name) {
        return ((NamedTensors.Floats) Objects.requireNonNull(made.tensors().get(name))).values();
    }
}
