package dev.sampan.data;

import static dev.sampan.data.DataFixture.aSpec;
import static dev.sampan.data.DataFixture.all;
import static dev.sampan.data.DataFixture.problem;
import static dev.sampan.data.DataFixture.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sampan.data.QualityReport.Finding;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.Progress;
import dev.sampan.kernel.Sha256;
import dev.sampan.spec.DataSpec.QualityCheck;
import dev.sampan.spec.SourceSpec;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Columns that are no texts: numbers, categories, days, pictures; answers that are no categories.
class ColumnsTests {
    @TempDir
    Path folder;

    private int made;

    private Dataset prepare(DataFixture spec) {
        return Datasets.prepare(spec.in(folder), folder.resolve("out" + made++), Progress.NONE);
    }

    private static List<Finding> found(Dataset dataset, QualityCheck check) {
        return dataset.quality().findings().stream()
                .filter(finding -> finding.check() == check)
                .toList();
    }

    @Test
    void keepsNumbersAsWrittenAndMissingValuesAsEmptyTexts() {
        write(folder, "data.csv", "age,job,since,label\n 39 ,clerk ,2024-05-01,y\n?,?,,n\n1.5e3,NA,2024/5/1 10:00,n\n");

        Dataset made = prepare(aSpec("data.csv")
                .columns("age:number", "job:category", "since:date")
                .missing("?", "NA"));

        assertThat(all(made, Split.TRAIN))
                .extracting(Row::values)
                .containsExactly(
                        List.of("39", "clerk", "2024-05-01", "y"), List.of("1.5e3", "", "2024/5/1 10:00", "n"));
        assertThat(made.quality().dropped()).isEqualTo(Map.of("empty", 1L));
    }

    @Test
    void namesTheLineAndTheColumnOfAWordAmongNumbers() {
        String rows = IntStream.range(0, 1000).mapToObj(i -> i + ",a\n").collect(Collectors.joining());
        write(folder, "data.csv", "age,label\n" + rows + "forty,b\n");

        Problem problem = problem(() -> prepare(aSpec("data.csv").columns("age:number")));

        assertThat(problem.code()).isEqualTo("data.not_a_number");
        assertThat(problem.line()).startsWith("data.csv line 1002: Column 'age' holds 'forty', which is no number.");
    }

    @Test
    void readsNoNumberIntoWhatOnlyJavaCallsOne() {
        for (String written : List.of("1f", "0x1p3", "NaN", "Infinity", "1e999", "1,5", ".", "e5", "--1", "1e")) {
            assertThat(Decimals.parse(written)).as(written).isNull();
        }
        assertThat(List.of("-1.5e3", "+.5", "7.", "0")).allMatch(written -> Decimals.parse(written) != null);
    }

    @Test
    void readsDaysAndTimesYearFirst() {
        assertThat(Dates.parse("2024年5月1日")).isEqualTo(Dates.parse("2024-05-01"));
        assertThat(Dates.parse("20240501")).isEqualTo(Dates.parse("2024.5.1"));
        assertThat(Dates.parse("2024-05-01T08:00:00.25+08:00")).isEqualTo(Dates.parse("2024-05-01 00:00:00.250Z"));
        for (String written : List.of("05/01/2024", "2024-02-30", "2024-13", "2024-05-01 25:00", "2024-05-01x", "")) {
            assertThat(Dates.parse(written)).as(written).isNull();
        }
    }

    @Test
    void refusesADateThatIsNone() {
        write(folder, "data.csv", "day,label\n2024-05-01,a\nyesterday,b\n");

        assertThat(problem(() -> prepare(aSpec("data.csv").columns("day:date"))).line())
                .startsWith("data.csv line 3: Column 'day' holds 'yesterday', which is no date");
    }

    @Test
    void aRowThatRepeatsIsToldAndKeptUnlessDedupeIsAsked() {
        write(folder, "data.csv", "age,job,label\n39,clerk,y\n39,clerk,y\n39,clerk,n\n40,clerk,y\n");
        DataFixture spec = aSpec("data.csv")
                .columns("age:number", "job:category")
                .warnOn(QualityCheck.DUPLICATE_ROWS, QualityCheck.CONFLICTING_LABELS);

        Dataset kept = prepare(spec);

        assertThat(kept.count(Split.TRAIN)).isEqualTo(4);
        assertThat(found(kept, QualityCheck.DUPLICATE_ROWS).getFirst().examples())
                .containsExactly("data.csv line 3");
        assertThat(found(kept, QualityCheck.CONFLICTING_LABELS).getFirst().examples())
                .containsExactly("data.csv line 4");
        assertThat(prepare(spec.dedupe(1)).quality().dropped()).isEqualTo(Map.of("exact_duplicate", 2L));
    }

    @Test
    void similarTextsCountAsRepeatedOnlyWhereAllElseIsEqual() {
        String text = "please tell me where the parcel is that I ordered last week";
        write(folder, "data.csv", "text,age,label\n" + text + ",1,y\n" + text + "!,1,y\n" + text + "?,2,y\n");

        Dataset made =
                prepare(aSpec("data.csv").columns("text:text", "age:number").dedupe(0.9));

        assertThat(made.quality().dropped()).isEqualTo(Map.of("near_duplicate", 1L));
    }

    @Test
    void aNumberIsAnsweredWithoutLabels() {
        write(folder, "data.csv", "area,price\n50,1000.50\n80,\n100,2e3\n");

        Dataset made = prepare(aSpec("data.csv").columns("area:number").number("price"));

        assertThat(made.labels()).isEmpty();
        assertThat(made.quality().labelCounts()).isEmpty();
        assertThat(all(made, Split.TRAIN))
                .extracting(row -> row.values().getLast())
                .containsExactly("1000.50", "2e3");
        assertThat(made.quality().dropped()).isEqualTo(Map.of("missing_label", 1L));
        assertThat(Datasets.open(made.folder())).isEqualTo(made);
    }

    @Test
    void findsAColumnThatRisesAndFallsWithTheAnswer() {
        String rows = IntStream.range(0, 50)
                .mapToObj(i -> i * 7 % 13 + "," + (i * 3 + 0.001 * (i % 3)) + "," + i + "\n")
                .collect(Collectors.joining());
        write(folder, "data.csv", "a,leak,price\n" + rows);

        Dataset made = prepare(aSpec("data.csv")
                .columns("a:number", "leak:number")
                .number("price")
                .warnOn(QualityCheck.TARGET_LEAKAGE));

        assertThat(found(made, QualityCheck.TARGET_LEAKAGE).getFirst().sentence())
                .contains("'leak'");
    }

    @Test
    void aNumberIsAnIdentityOnlyWhereItCountsTheRows() {
        String rows = IntStream.range(0, 50)
                .mapToObj(i -> 1000 + i + "," + i * 37 % 101 + ",x" + i % 2 + "\n")
                .collect(Collectors.joining());
        write(folder, "data.csv", "id,income,label\n" + rows);

        Dataset made =
                prepare(aSpec("data.csv").columns("id:number", "income:number").warnOn(QualityCheck.ID_COLUMN));

        assertThat(found(made, QualityCheck.ID_COLUMN).getFirst().sentence())
                .contains("'id'")
                .doesNotContain("income");
    }

    @Test
    void rowsWithoutAnAnswerArePreparedToo() {
        write(folder, "data.csv", "a,b\n1,2\n3,4\n");

        Dataset made = prepare(aSpec("data.csv").columns("a:number", "b:number").noOutput());

        assertThat(made.output()).isEmpty();
        assertThat(all(made, Split.TRAIN))
                .extracting(Row::values)
                .containsExactly(List.of("1", "2", ""), List.of("3", "4", ""));
        assertThat(Datasets.open(made.folder())).isEqualTo(made);
    }

    @Test
    void spansAreReadInBothFormsAndWrittenInOne() {
        write(
                folder,
                "data.jsonl",
                "{\"text\":\"在台湾的台湾 人\",\"label\":{\"address\":{\"台湾\":[[4,5],[1,2]]},\"kind\":{\"人\":[[7,7]]}}}\n"
                        + "{\"text\":\"a b\",\"label\":[{\"start\":0,\"end\":1,\"type\":\"letter\"}]}\n"
                        + "{\"text\":\"nothing here\",\"label\":{}}\n");

        Dataset made = prepare(aSpec("data.jsonl").spans("label"));

        assertThat(made.labels()).containsExactly("address", "kind", "letter");
        assertThat(made.quality().labelCounts()).isEqualTo(Map.of("address", 2L, "kind", 1L, "letter", 1L));
        assertThat(all(made, Split.TRAIN))
                .extracting(Row::values)
                .contains(
                        List.of(
                                "在台湾的台湾 人",
                                "[{\"start\":1,\"end\":3,\"label\":\"address\"},"
                                        + "{\"start\":4,\"end\":6,\"label\":\"address\"},"
                                        + "{\"start\":7,\"end\":8,\"label\":\"kind\"}]"),
                        List.of("nothing here", "[]"));
    }

    @Test
    void aSpanOutsideItsTextIsRefused() {
        write(folder, "data.jsonl", "{\"text\":\"ab\",\"label\":[{\"start\":0,\"end\":3,\"label\":\"x\"}]}\n");

        assertThat(problem(() -> prepare(aSpec("data.jsonl").spans("label"))).line())
                .startsWith("data.jsonl line 1: A span ends at 3, but the text has 2 characters");
    }

    private void picture(String name, int shade) throws IOException {
        BufferedImage image = new BufferedImage(4, 3, BufferedImage.TYPE_INT_RGB);
        image.setRGB(1, 1, shade);
        Files.createDirectories(folder.resolve(name).getParent());
        ImageIO.write(image, "png", folder.resolve(name).toFile());
    }

    @Test
    void picturesAreCopiedByContentAndThoseThatCannotBeReadAreCounted() throws IOException {
        picture("in/a.png", 1);
        picture("in/b.png", 1);
        picture("in/c.png", 2);
        write(folder, "in/broken.png", "no picture");
        write(folder, "in/list.csv", "image,label\na.png,x\nb.png,x\nc.png,y\nbroken.png,y\n../out.png,x\n");

        Dataset made = prepare(aSpec("in/list.csv")
                .columns("image:image")
                .warnOn(QualityCheck.CORRUPT_IMAGE, QualityCheck.DUPLICATE_ROWS));

        List<String> images = all(made, Split.TRAIN).stream()
                .map(row -> row.values().getFirst())
                .toList();
        assertThat(images).hasSize(3).first().isEqualTo("files/" + Sha256.of(folder.resolve("in/a.png")) + ".png");
        assertThat(images.get(1)).isEqualTo(images.getFirst());
        assertThat(made.folder().resolve(images.get(2))).hasSameBinaryContentAs(folder.resolve("in/c.png"));
        assertThat(made.quality().dropped()).isEqualTo(Map.of("corrupt_image", 2L));
        assertThat(found(made, QualityCheck.CORRUPT_IMAGE).getFirst().examples())
                .containsExactly("list.csv line 5", "list.csv line 6");
        assertThat(found(made, QualityCheck.DUPLICATE_ROWS)).hasSize(1);
    }

    @Test
    void aPictureMayStandInTheRowItself() throws IOException {
        picture("a.png", 7);
        String data = Base64.getEncoder().encodeToString(Files.readAllBytes(folder.resolve("a.png")));
        write(folder, "data.csv", "image,label\n\"data:image/png;base64," + data + "\",x\n");

        Dataset made = prepare(aSpec("data.csv").columns("image:image"));

        assertThat(all(made, Split.TRAIN).getFirst().values().getFirst()).endsWith(".png");
    }

    @Test
    void readsAFileWithoutAHeaderAndWithBlanksBetween() {
        write(folder, "german.data", "A11 6 A34 1\nA12 48 A32 2\n");

        Dataset made = prepare(aSpec("german.data")
                .columns("status:category", "months:number")
                .output("risk")
                .source(new SourceSpec(
                        ' ',
                        false,
                        List.of("status", "months", "history", "risk"),
                        List.of(),
                        null,
                        null,
                        "CC-BY-4.0")));

        assertThat(all(made, Split.TRAIN))
                .extracting(Row::values)
                .containsExactly(List.of("A11", "6", "1"), List.of("A12", "48", "2"));
        assertThat(made.provenance().licence()).isEqualTo("CC-BY-4.0");
    }
}
