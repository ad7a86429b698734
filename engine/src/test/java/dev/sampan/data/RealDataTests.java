package dev.sampan.data;

import static dev.sampan.data.DataFixture.aSpec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sampan.kernel.Progress;
import dev.sampan.spec.DataSpec.QualityCheck;
import dev.sampan.spec.ModelSpec;
import dev.sampan.spec.Spec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RealDataTests {
    private static final Path DATA = Path.of(System.getProperty("sampan.shared", "missing"), "data");

    @TempDir
    Path folder;

    private static Path shared(String name) {
        Path file = DATA.resolve(name);
        Assumptions.assumeTrue(Files.exists(file), name + " is not here");
        return file;
    }

    private Dataset prepare(DataFixture fixture, String input, String output) {
        Spec spec = fixture.inputs(input)
                .output(output)
                .dedupe(0.9)
                .warnOn(QualityCheck.values())
                .in(DATA);
        return Datasets.prepare(spec, folder.resolve("out"), Progress.NONE);
    }

    private static TokenFeatures fit(Dataset dataset) {
        return TokenFeatures.fit(
                dataset, DataFixture.TEXT_STEPS, new ModelSpec.BiLstm(ModelSpec.Tokenizer.AUTO, 5000, 64, 8, 8, 8, 0));
    }

    private static List<QualityCheck> found(Dataset dataset) {
        return dataset.quality().findings().stream()
                .map(QualityReport.Finding::check)
                .toList();
    }

    @Test
    void preparesTheHotelReviewsAsCharacters() {
        shared("chnsenticorp-hotel.csv");
        Dataset made = prepare(aSpec("chnsenticorp-hotel.csv").split(0.8, 0.1, 0.1), "review", "label");

        assertThat(made.quality().read()).isGreaterThan(7700);
        assertThat(made.labels()).containsExactly("0", "1");
        assertThat(found(made)).doesNotContain(QualityCheck.TARGET_LEAKAGE, QualityCheck.DUPLICATE_ACROSS_SPLITS);
        assertThat(fit(made).tokenizer()).isEqualTo(ModelSpec.Tokenizer.CHARACTERS);
    }

    @Test
    void preparesTheBankingQuestionsAsWordsAndLeavesTheTestFileWhole() {
        shared("banking77-train.csv");
        DataFixture fixture =
                aSpec("banking77-train.csv").test("banking77-test.csv").split(0.9, 0.1, 0);
        Dataset made = prepare(fixture, "text", "category");

        assertThat(made.count(Split.TEST)).isEqualTo(3080);
        assertThat(made.labels()).hasSize(77);
        assertThat(made.quality().kept()).isGreaterThan(12_500);
        assertThat(found(made)).doesNotContain(QualityCheck.TARGET_LEAKAGE, QualityCheck.IMBALANCE);
        assertThat(fit(made).tokenizer()).isEqualTo(ModelSpec.Tokenizer.WORDS);
    }
}
