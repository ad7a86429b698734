package dev.sampan.data;

import static dev.sampan.data.DataFixture.aSpec;
import static dev.sampan.data.DataFixture.texts;
import static dev.sampan.data.DataFixture.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampan.data.QualityReport.Finding;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Progress;
import dev.sampan.kernel.Sha256;
import dev.sampan.spec.DataSpec.QualityCheck;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QualityTests {
    private static final String LONG = "please tell me where the parcel is that I ordered last week on Tuesday";

    @TempDir
    Path folder;

    private int made;

    private Dataset prepare(DataFixture spec) {
        return Datasets.prepare(spec.in(folder), folder.resolve("out" + made++), Progress.NONE);
    }

    /// Prepares with every check warning, and gives back what the one found.
    private List<Finding> found(QualityCheck check, DataFixture spec) {
        return prepare(spec.warnOn(QualityCheck.values())).quality().findings().stream()
                .filter(finding -> finding.check() == check)
                .toList();
    }

    private void csv(String name, String header, int rows, IntFunction<String> row) {
        write(
                folder,
                name,
                header + "\n" + IntStream.range(0, rows).mapToObj(row).collect(Collectors.joining("\n")) + "\n");
    }

    private static String noise(int i) {
        return "w" + Sha256.of("noise" + i).hex().substring(0, 24);
    }

    @Test
    void aFailingCheckEndsTheRunWithAProblemForEachFinding() {
        csv("data.csv", "text,label", 30, i -> "some words " + noise(i) + (i == 7 ? "," : ",x"));

        assertThatThrownBy(() -> prepare(aSpec("data.csv")
                        .failOn(QualityCheck.SINGLE_CLASS, QualityCheck.MISSING_LABEL, QualityCheck.IMBALANCE)))
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    assertThat(e.problems()).extracting(Problem::code).containsExactly("data.quality", "data.quality");
                    assertThat(e.problems().getFirst().line())
                            .startsWith("All rows have the same label, 'x' (single_class). Mend the rows, or move");
                    assertThat(e.problems().get(1).line())
                            .startsWith("data.csv line 9: One row has no label (missing_label). ");
                });
        assertThat(folder.resolve("out0")).doesNotExist();
    }

    @Test
    void aCheckInNeitherListIsNotMade() {
        csv("data.csv", "text,label", 30, i -> "some words " + noise(i) + ",x");

        assertThat(prepare(aSpec("data.csv")).quality().findings()).isEmpty();
    }

    @Test
    void findsLabelsWrittenIntoTheText() {
        csv("data.csv", "text,label", 60, i -> noise(i) + " [Card_" + i % 3 + "] end,card-" + i % 3);

        List<Finding> found = found(QualityCheck.TARGET_LEAKAGE, aSpec("data.csv"));

        assertThat(found).singleElement().satisfies(finding -> {
            assertThat(finding.count()).isEqualTo(60);
            assertThat(finding.examples()).hasSize(5).first().isEqualTo("data.csv line 2");
        });
    }

    @Test
    void doesNotCallAWordOfTheTopicALeak() {
        csv(
                "data.csv",
                "text,label",
                90,
                i -> (i % 3 == 0 ? "refund please " : "a 1 0 ") + noise(i) + ","
                        + List.of("refund", "a", "1").get(i % 3));

        assertThat(found(QualityCheck.TARGET_LEAKAGE, aSpec("data.csv"))).isEmpty();
    }

    @Test
    void findsAColumnThatGivesTheLabelAway() {
        csv("data.csv", "text,queue,label", 60, i -> "words " + noise(i) + ",team " + i % 3 + ",x" + i % 3);

        assertThat(found(QualityCheck.TARGET_LEAKAGE, aSpec("data.csv").inputs("text", "queue")))
                .singleElement()
                .satisfies(finding -> assertThat(finding.sentence()).contains("'queue'"));
    }

    @Test
    void findsRowsOfTheTestFileInTheDataEqualOrNearlySo() {
        write(folder, "test.csv", "text,label\n" + LONG + ",x\nquite another thing to ask,y\n" + noise(99) + ",y\n");
        csv("data.csv", "text,label", 20, i -> switch (i) {
            case 3 -> LONG + "!,x";
            case 5 -> LONG + "?,y";
            case 8 -> "Quite another thing to ask,y";
            case 9 -> " quite  another thing to ask ,y";
            default -> noise(i) + ",x";
        });
        DataFixture spec = aSpec("data.csv").test("test.csv").dedupe(0.9);

        List<Finding> found = found(QualityCheck.DUPLICATE_ACROSS_SPLITS, spec);

        assertThat(found.getFirst().examples())
                .containsExactly("data.csv line 5", "data.csv line 7", "data.csv line 10", "data.csv line 11");
        assertThat(prepare(spec).quality().dropped())
                .containsEntry("exact_duplicate", 1L)
                .containsEntry("near_duplicate", 2L);
        assertThatThrownBy(
                        () -> prepare(aSpec("data.csv").test("test.csv").failOn(QualityCheck.DUPLICATE_ACROSS_SPLITS)))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void findsEqualTextsThatASplitByColumnTearsApart() {
        csv("data.csv", "customer,text,label", 200, i -> i + "," + noise(i / 4) + " and some words,x" + i % 2);
        DataFixture spec = aSpec("data.csv").splitBy("customer").split(0.5, 0.5, 0);

        assertThat(found(QualityCheck.DUPLICATE_ACROSS_SPLITS, spec)).hasSize(1);
        assertThat(found(QualityCheck.DUPLICATE_ACROSS_SPLITS, spec.dedupe(1))).isEmpty();
    }

    @Test
    void similarTextsOfDifferentLabelsStayOnOneSide() {
        csv(
                "data.csv",
                "text,label",
                400,
                i -> LONG + " " + noise(i / 4).substring(0, 12) + "ab!?".charAt(i % 4) + ",x" + i % 4);

        Dataset dataset =
                prepare(aSpec("data.csv").dedupe(0.85).split(0.5, 0.5, 0).warnOn(QualityCheck.DUPLICATE_ACROSS_SPLITS));

        assertThat(dataset.quality().findings()).isEmpty();
        assertThat(texts(dataset, Split.TRAIN).stream().map(QualityTests::family))
                .doesNotContainAnyElementsOf(texts(dataset, Split.VALIDATION).stream()
                        .map(QualityTests::family)
                        .toList());
    }

    private static String family(String text) {
        return text.substring(0, text.length() - 1);
    }

    @Test
    void findsAClassWithOneRow() {
        csv("data.csv", "text,label", 60, i -> noise(i) + (i == 0 ? ",alone" : ",x" + i % 2));

        assertThat(found(QualityCheck.RARE_CLASS, aSpec("data.csv").split(0.6, 0.2, 0.2)))
                .singleElement()
                .satisfies(finding -> assertThat(finding.sentence()).contains("'alone'"));
    }

    @Test
    void findsImbalanceConflictsHolesAndIds() {
        csv(
                "data.csv",
                "text,id,label",
                120,
                i -> (i % 40 == 0 ? "same text here" : i == 7 ? "" : noise(i)) + ",A-" + (1000 + i)
                        + (i == 40 || i == 3 ? ",rare" : ",x"));
        DataFixture spec = aSpec("data.csv").inputs("text", "id");

        assertThat(found(QualityCheck.IMBALANCE, spec).getFirst().sentence())
                .isEqualTo("Label 'x' has 118 rows, 'rare' only 2");
        assertThat(found(QualityCheck.MISSING, spec).getFirst().examples()).containsExactly("data.csv line 9");
        assertThat(found(QualityCheck.ID_COLUMN, spec).getFirst().sentence()).contains("'id'");
        assertThat(found(QualityCheck.CONFLICTING_LABELS, aSpec("data.csv"))
                        .getFirst()
                        .examples())
                .containsExactly("data.csv line 42");
    }

    @Test
    void textsAreNotIds() {
        csv("data.csv", "text,label", 60, i -> "第" + i + "个问题怎么办" + noise(i) + ",x" + i % 2);

        assertThat(found(QualityCheck.ID_COLUMN, aSpec("data.csv"))).isEmpty();
    }
}
