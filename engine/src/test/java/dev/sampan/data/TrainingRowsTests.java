package dev.sampan.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.Progress;
import dev.sampan.spec.Specs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `data.augment.text` and `data.resample`: what is written for training, and what never is.
class TrainingRowsTests {
    private static final String[] WORDS =
            "glad ship harbour captain storm anchor quay sailor rope tide wind sail cargo deck mast buoy".split(" ");

    @TempDir
    Path folder;

    @Test
    void copiesStandBesideTrainingRowsAloneAndAreTheSameEachTime() throws IOException {
        texts(400);
        String block = "  augment: {text: {copies: 2, swap: 0.2, delete: 0.2, seed: 7}}\n";
        Dataset plain = prepared("", "plain");
        Dataset made = prepared(block, "made");
        Dataset again = prepared(block, "again");

        assertThat(again.version()).isEqualTo(made.version()).isNotEqualTo(plain.version());
        for (Split split : List.of(Split.VALIDATION, Split.TEST)) {
            assertThat(DataFixture.all(made, split)).isEqualTo(DataFixture.all(plain, split));
        }
        List<Row> rows = DataFixture.all(made, Split.TRAIN);
        assertThat(rows.stream().filter(row -> !row.origin().endsWith(", changed")))
                .containsExactlyElementsOf(DataFixture.all(plain, Split.TRAIN));
        long copies = made.quality().training().getOrDefault("augmented", 0L);
        assertThat(copies).isEqualTo(rows.size() - plain.count(Split.TRAIN)).isGreaterThan(plain.count(Split.TRAIN));
        assertThat(copies + made.quality().training().getOrDefault("augmented_dropped", 0L))
                .isEqualTo(2 * plain.count(Split.TRAIN));
        assertThat(prepared(block.replace("seed: 7", "seed: 8"), "other").version())
                .isNotEqualTo(made.version());
    }

    @Test
    void aCopyThatIsLikeAHeldOutTextIsNotWritten() throws IOException {
        StringBuilder csv = new StringBuilder("text,label,side\n");
        csv.append("alpha beta,a,train\nbeta alpha,a,test\ngamma delta,b,train\none two,b,validation\n");
        Files.writeString(folder.resolve("rows.csv"), csv);
        Dataset dataset = prepared(
                "  augment: {text: {copies: 4, swap: 0.5, delete: 0}}\n", "out", "{type: fixed, column: side}");

        assertThat(DataFixture.texts(dataset, Split.TRAIN))
                .contains("alpha beta", "delta gamma")
                .doesNotContain("beta alpha");
        assertThat(dataset.quality().training().get("augmented_dropped")).isGreaterThanOrEqualTo(4);
    }

    @Test
    void synonymsComeFromTheDictionaryAndChineseIsCutIntoWords() throws IOException {
        Files.writeString(folder.resolve("synonyms.txt"), "Glad, happy\n酒店,宾馆\n");
        Files.writeString(
                folder.resolve("rows.csv"),
                "text,label,side\n" + "Glad sailor,a,train\n这家酒店很干净,b,train\n" + "x y,a,test\nx z,b,validation\n");
        Dataset dataset = prepared(
                "  augment: {text: {swap: 0, delete: 0, dictionary: synonyms.txt}}\n",
                "out",
                "{type: fixed, column: side}");

        assertThat(DataFixture.texts(dataset, Split.TRAIN))
                .containsExactly("Glad sailor", "Happy sailor", "这家酒店很干净", "这家宾馆很干净");
    }

    @Test
    void augmentationThatCannotBeDoneIsRefused() throws IOException {
        texts(20);
        assertThat(problem("  augment: {text: {synonyms: 0.1}}\n").sentence()).contains("no dictionary of synonyms");
        assertThat(problem("  augment: {text: {swap: 0, delete: 0}}\n").sentence())
                .contains("Nothing is to be changed");
        assertThat(problem("  augment: {text: {copies: 0}}\n").code()).isEqualTo("spec.out_of_range");
        assertThat(problem("  augment: {text: {dictionary: none.txt}}\n").code())
                .isEqualTo("data.not_found");
        Files.writeString(folder.resolve("bad.txt"), "glad, happy\nlonely\n");
        Problem alone = problem("  augment: {text: {dictionary: bad.txt}}\n");
        assertThat(alone.code()).isEqualTo("data.bad_dictionary");
        assertThat(alone.place()).isEqualTo("bad.txt line 2");
    }

    @Test
    void rareCategoriesAreRepeatedUpToTheRatioInTrainingAlone() throws IOException {
        texts(400);
        Dataset plain = prepared("", "plain");
        Dataset made = prepared("  resample: {type: oversample, ratio: 0.5}\n", "made");

        Map<String, Long> before = counts(plain);
        Map<String, Long> after = counts(made);
        long most = before.getOrDefault("common", 0L);
        assertThat(after).containsEntry("common", most).containsEntry("rare", (most + 1) / 2);
        assertThat(made.quality().training())
                .containsEntry("repeated", after.getOrDefault("rare", 0L) - before.getOrDefault("rare", 0L));
        assertThat(new HashSet<>(DataFixture.texts(made, Split.TRAIN)))
                .isEqualTo(new HashSet<>(DataFixture.texts(plain, Split.TRAIN)));
        assertThat(DataFixture.all(made, Split.TEST)).isEqualTo(DataFixture.all(plain, Split.TEST));
    }

    @Test
    void commonCategoriesAreThinnedByChanceAndByTheSeed() throws IOException {
        texts(400);
        Dataset plain = prepared("", "plain");
        Dataset made = prepared("  resample: {type: undersample, seed: 1}\n", "made");
        Dataset other = prepared("  resample: {type: undersample, seed: 2}\n", "other");

        assertThat(counts(made))
                .containsEntry("common", counts(plain).getOrDefault("rare", 0L))
                .isEqualTo(counts(other));
        assertThat(made.version()).isNotEqualTo(other.version());
        assertThat(made.quality().training().get("left_out"))
                .isEqualTo(plain.count(Split.TRAIN) - made.count(Split.TRAIN));
        List<String> left = DataFixture.texts(made, Split.TRAIN);
        assertThat(left).isSubsetOf(DataFixture.texts(plain, Split.TRAIN)).doesNotHaveDuplicates();
        assertThat(DataFixture.all(made, Split.VALIDATION)).isEqualTo(DataFixture.all(plain, Split.VALIDATION));
    }

    private static Map<String, Long> counts(Dataset dataset) {
        return DataFixture.all(dataset, Split.TRAIN).stream()
                .collect(Collectors.groupingBy(row -> row.values().getLast(), Collectors.counting()));
    }

    private void texts(int rows) throws IOException {
        SplittableRandom random = new SplittableRandom(3);
        Set<String> lines = new HashSet<>();
        List<String> csv = new ArrayList<>(List.of("text,label"));
        for (int i = 0; i < rows; i++) {
            String text = IntStream.range(0, 8)
                    .mapToObj(_ -> WORDS[random.nextInt(WORDS.length)])
                    .collect(Collectors.joining(" "));
            if (lines.add(text)) {
                csv.add(text + (i % 9 == 0 ? ",rare" : ",common"));
            }
        }
        Files.write(folder.resolve("rows.csv"), csv);
    }

    private Problem problem(String block) {
        return DataFixture.problem(() -> prepared(block, "refused"));
    }

    private Dataset prepared(String block, String target) throws IOException {
        return prepared(block, target, "{type: stratify, probabilities: [0.6, 0.2, 0.2]}");
    }

    private Dataset prepared(String block, String target, String split) throws IOException {
        String spec = """
                name: t
                task: text_classification
                data:
                  dataset: rows.csv
                  input_features: [{name: text}]
                  output_features: [{name: label}]
                  quality: {fail_on: [], warn_on: [duplicate_across_splits]}
                  clean: []
                """ + block + "  split: " + split + "\n";
        Path file = Files.writeString(folder.resolve("sampan.yaml"), spec);
        return Datasets.prepare(Specs.read(file, List.of()), folder.resolve(target), Progress.NONE);
    }
}
