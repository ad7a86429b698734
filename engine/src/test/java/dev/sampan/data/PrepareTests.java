package dev.sampan.data;

import static dev.sampan.data.DataFixture.aSpec;
import static dev.sampan.data.DataFixture.all;
import static dev.sampan.data.DataFixture.texts;
import static dev.sampan.data.DataFixture.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Progress;
import dev.sampan.kernel.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrepareTests {
    @TempDir
    Path folder;

    private Dataset prepare(DataFixture spec) {
        return prepare(spec, "out");
    }

    private Dataset prepare(DataFixture spec, String name) {
        return Datasets.prepare(spec.in(folder), folder.resolve(name), Progress.NONE);
    }

    private static Problem problem(ThrowingCallable action) {
        try {
            action.call();
        } catch (ProblemException e) {
            return e.problems().getFirst();
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
        throw new AssertionError("no problem");
    }

    private static String manyRows(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"row number " + i + " "
                        + Sha256.of("" + i).hex().substring(0, 20) + "\"," + (i % 2 == 0 ? "even" : "odd") + "\n")
                .reduce("text,label\n", String::concat);
    }

    @Test
    void writesAVersionThatOpensAndStreamsAsPrepared() throws IOException {
        write(folder, "data.csv", manyRows(500));

        Dataset made = prepare(aSpec("data.csv").split(0.8, 0.1, 0.1));

        assertThat(Datasets.open(folder.resolve("out"))).isEqualTo(made);
        assertThat(made.labels()).containsExactly("even", "odd");
        assertThat(made.rows().values().stream().mapToLong(n -> n).sum()).isEqualTo(500);
        assertThat(made.count(Split.TRAIN)).isBetween(360L, 440L);
        assertThat(all(made, Split.TRAIN)).hasSize((int) made.count(Split.TRAIN));
        assertThat(all(made, Split.TEST).getFirst().origin()).startsWith("data.csv line ");
        assertThat(made.provenance().sources().getFirst().sha256()).isEqualTo(Sha256.of(folder.resolve("data.csv")));
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("data.csv", "out");
        }
    }

    @Test
    void versionNamesTheRowsAndNotTheFiles() {
        write(folder, "a.csv", manyRows(50));
        write(folder, "b.csv", manyRows(50));
        write(folder, "c.csv", manyRows(51));

        Dataset a = prepare(aSpec("a.csv"), "1");

        assertThat(prepare(aSpec("b.csv"), "2").version()).isEqualTo(a.version());
        assertThat(prepare(aSpec("c.csv"), "3").version()).isNotEqualTo(a.version());
        assertThat(prepare(aSpec("a.csv").split(0.5, 0.5, 0), "4").version()).isNotEqualTo(a.version());
    }

    @Test
    void readsAllFilesOfAGlobInOrder() throws IOException {
        Files.createDirectories(folder.resolve("in [1]/deep"));
        write(folder, "in [1]/b.csv", "text,label\nsecond row,x\n");
        write(folder, "in [1]/a.jsonl", "{\"text\":\"first row\",\"label\":\"y\"}\n");
        write(folder, "in [1]/deep/c.csv", "label,text\nx,third row\n");

        Dataset made = Datasets.prepare(
                aSpec("{*,*/*}.{csv,jsonl}").in(folder.resolve("in [1]")), folder.resolve("out"), Progress.NONE);

        assertThat(texts(made, Split.TRAIN)).containsExactly("first row", "second row", "third row");
    }

    @Test
    void dropsEmptyAndUnlabelledRowsAndCountsThem() {
        write(folder, "data.csv", "text,label\n\u200B ,x\nkept one,x\nno label,  \nkept two,y\n");

        Dataset made = prepare(aSpec("data.csv"));

        assertThat(made.quality().dropped()).isEqualTo(Map.of("empty", 1L, "missing_label", 1L));
        assertThat(made.quality().read()).isEqualTo(4);
        assertThat(made.quality().labelCounts()).isEqualTo(Map.of("x", 1L, "y", 1L));
    }

    @Test
    void dropsEqualTextsWhateverTheirWritingAndSimilarOnesOfTheSameLabel() {
        String text = "where is the parcel that I ordered on the second of May, please tell me";
        write(
                folder,
                "data.csv",
                "text,label\n\"" + text + "\",x\n\"  " + text + " \",x\n\"" + text + "!\",x\n\"" + text
                        + "!!\",y\nsomething else altogether,y\n");

        Dataset made = prepare(aSpec("data.csv").dedupe(0.9));

        assertThat(made.quality().dropped()).isEqualTo(Map.of("exact_duplicate", 1L, "near_duplicate", 1L));
        assertThat(texts(made, Split.TRAIN)).containsExactly(text, text + "!!", "something else altogether");
    }

    @Test
    void takesAFixedTestFileWholeAndDividesTheRest() {
        write(folder, "data.csv", manyRows(400));
        write(folder, "held.csv", "text,label\nheld out,even\nheld out,odd\nanother one,odd\n");

        Dataset made =
                prepare(aSpec("data.csv").test("held.csv").split(0.6, 0.2, 0.2).dedupe(1));

        assertThat(texts(made, Split.TEST)).containsExactly("held out", "held out", "another one");
        assertThat(made.count(Split.TRAIN) + made.count(Split.VALIDATION)).isEqualTo(400);
        assertThat(made.count(Split.VALIDATION)).isBetween(70L, 130L);
    }

    @Test
    void keepsAllRowsOfOneCustomerTogether() {
        StringBuilder csv = new StringBuilder("customer,text,label\n");
        for (int i = 0; i < 300; i++) {
            csv.append("c")
                    .append(i % 30)
                    .append(",text of row ")
                    .append(i)
                    .append(",x")
                    .append(i % 2)
                    .append('\n');
        }
        write(folder, "data.csv", csv.toString());

        Dataset made = prepare(aSpec("data.csv").splitBy("customer").split(0.5, 0.3, 0.2));

        for (Split a : Split.values()) {
            for (Split b : Split.values()) {
                if (a != b) {
                    assertThat(customers(made, a)).doesNotContainAnyElementsOf(customers(made, b));
                }
            }
        }
    }

    private static List<Integer> customers(Dataset made, Split split) {
        return texts(made, split).stream()
                .map(text -> Integer.parseInt(text.substring("text of row ".length())) % 30)
                .distinct()
                .toList();
    }

    @Test
    void saysWhichColumnOrFileWasMeant() {
        write(folder, "data.csv", "txet,label\na,x\n");

        assertThat(problem(() -> prepare(aSpec("data.csv"))).line())
                .isEqualTo("data.csv: There is no column 'text'. Did you mean 'txet'?");
        assertThat(problem(() -> prepare(aSpec("dta.csv"))).line())
                .isEqualTo("There is no file 'dta.csv'. Did you mean 'data.csv'?");
        assertThat(problem(() -> prepare(aSpec("*.jsonl"))).code()).isEqualTo("data.not_found");
        assertThat(problem(() -> prepare(aSpec("data.csv").test("*.csv"))).code())
                .isEqualTo("data.duplicate_source");
    }

    @Test
    void refusesAFolderThatExistsAndDataThatVanishes() {
        write(folder, "data.csv", "text,label\n\u200B,x\n \t,y\n");

        assertThat(problem(() -> prepare(aSpec("data.csv"))).sentence())
                .isEqualTo("No row is left of the 2 read: {empty=2}");
        assertThat(problem(() -> prepare(aSpec("data.csv"), ".")).code()).isEqualTo("data.exists");
    }

    @Test
    void leavesNothingBehindWhenCancelledOrRefused() throws IOException {
        write(folder, "data.csv", manyRows(3000));
        for (String step : List.of("scan", "read", "compare", "write")) {
            StopAt stop = new StopAt(step);
            assertThatThrownBy(
                            () -> Datasets.prepare(aSpec("data.csv").dedupe(0.9).in(folder), folder.resolve("o"), stop))
                    .isInstanceOf(CancellationException.class);
        }
        assertThatThrownBy(() -> prepare(aSpec("data.csv").inputs("nothing"))).isInstanceOf(ProblemException.class);

        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve("data.csv"));
        }
    }

    private static final class StopAt implements Progress {
        private final String step;
        private boolean reached;

        StopAt(String step) {
            this.step = step;
        }

        @Override
        public void at(String at, long done, long total, String note) {
            reached |= at.equals(step);
        }

        @Override
        public boolean cancelled() {
            return reached;
        }
    }

    @Test
    void clearsWhatAKilledProcessLeftBehind() throws IOException {
        write(folder, "data.csv", manyRows(10));
        Files.createDirectories(folder.resolve(".out.part/out"));
        write(folder, ".out.part/out/train.jsonl", "half a li");

        prepare(aSpec("data.csv"));

        assertThat(folder.resolve(".out.part")).doesNotExist();
    }

    @Test
    void noticesAChangedFile() throws IOException {
        write(folder, "data.csv", manyRows(50));
        Dataset made = prepare(aSpec("data.csv").split(0.5, 0.5, 0));
        Path train = made.folder().resolve("train.jsonl");
        Files.writeString(train, Files.readString(train).replaceFirst("even", "odd"));

        assertThat(problem(() -> Datasets.open(made.folder())).code()).isEqualTo("data.corrupt");
        Files.writeString(made.folder().resolve("dataset.json"), "{");
        assertThat(problem(() -> Datasets.open(made.folder())).code()).isEqualTo("data.corrupt");
        Files.writeString(made.folder().resolve("dataset.json"), "{\"format\":2}");
        assertThat(problem(() -> Datasets.open(made.folder())).code()).isEqualTo("data.newer");
    }

    @Test
    void asksForMoreRowsWhenASplitStaysEmpty() {
        write(folder, "data.csv", manyRows(2));

        assertThat(problem(() -> prepare(aSpec("data.csv").split(0.8, 0.1, 0.1)))
                        .code())
                .isEqualTo("data.too_few_rows");
    }

    @Test
    void aWrongValueInTheMillionthRowIsNamedWithItsLine() throws IOException {
        StringBuilder csv = new StringBuilder("age,label\n");
        for (int row = 1; row < 1_000_000; row++) {
            csv.append((row & 1) == 0 ? "7,a\n" : "8,b\n");
        }
        Files.writeString(folder.resolve("data.csv"), csv.append("seven,a\n"));

        Problem problem = DataFixture.problem(() -> Datasets.prepare(
                aSpec("data.csv").columns("age:number").in(folder), folder.resolve("out"), Progress.NONE));

        assertThat(problem.code()).isEqualTo("data.not_a_number");
        assertThat(problem.place()).isEqualTo("data.csv line 1000001");
        assertThat(folder.resolve("out")).doesNotExist();
    }
}
