package dev.sampan.data;

import static dev.sampan.data.DataFixture.aSpec;
import static dev.sampan.data.DataFixture.all;
import static dev.sampan.data.DataFixture.problem;
import static dev.sampan.data.DataFixture.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.Progress;
import dev.sampan.kernel.Sha256;
import dev.sampan.spec.DataSpec.Format;
import dev.sampan.spec.DataSpec.QualityCheck;
import dev.sampan.spec.SourceSpec;
import dev.sampan.spec.SplitSpec;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every kind of source, each prepared as a data set.
class SourceKindsTests {
    @TempDir
    Path folder;

    private int made;

    private Dataset prepare(DataFixture spec) {
        return Datasets.prepare(spec.in(folder), folder.resolve("out" + made++), Progress.NONE);
    }

    private static List<List<String>> values(Dataset dataset) {
        return all(dataset, Split.TRAIN).stream().map(Row::values).toList();
    }

    private Path gzip(String name, String content) throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve(name)))) {
            out.write(content.getBytes(StandardCharsets.UTF_8));
        }
        return folder.resolve(name);
    }

    private Path zip(String name, Map<String, byte[]> entries) throws IOException {
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(folder.resolve(name)))) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                out.putNextEntry(new ZipEntry(entry.getKey()));
                out.write(entry.getValue());
                out.closeEntry();
            }
        }
        return folder.resolve(name);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private byte[] picture(int shade) throws IOException {
        BufferedImage image = new BufferedImage(4, 3, BufferedImage.TYPE_INT_RGB);
        image.setRGB(1, 1, shade);
        Path file = Files.createTempFile(folder, "picture", ".png");
        ImageIO.write(image, "png", file.toFile());
        byte[] bytes = Files.readAllBytes(file);
        Files.delete(file);
        return bytes;
    }

    private void sql(String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement run = connection.createStatement()) {
            run.execute(statement);
        }
    }

    @Test
    void readsAPackedFileAndKeepsTheHashOfItAsItWasGiven() throws IOException {
        Path file = gzip("data.csv.gz", "text,label\nfirst,x\nsecond,y\n");

        Dataset made = prepare(aSpec("data.csv.gz"));

        assertThat(values(made)).containsExactly(List.of("first", "x"), List.of("second", "y"));
        assertThat(made.provenance().sources().getFirst().sha256()).isEqualTo(Sha256.of(file));
        assertThat(made.provenance().sources().getFirst().bytes()).isEqualTo(Files.size(file));
        assertThat(all(made, Split.TRAIN).getFirst().origin()).isEqualTo("data.csv line 2");
        assertThat(all(Datasets.read(file, Format.AUTO, "auto"))).hasSize(2);
    }

    @Test
    void readsAListOfObjectsOverManyLinesAndObjectsOnLinesUnderOneEnding() {
        write(
                folder,
                "a.json",
                "\n [\n {\"text\": \"one\",\n  \"label\": 1.50},\n {\"label\": true, \"text\": \"two\"}\n]\n");
        write(folder, "b.json", "{\"text\":\"three\",\"label\":null}\n{\"text\":\"four\",\"label\":\"x\"}\n");

        Dataset made = prepare(aSpec("*.json").warnOn(QualityCheck.MISSING_LABEL));

        assertThat(values(made)).containsExactly(List.of("one", "1.50"), List.of("two", "true"), List.of("four", "x"));
        assertThat(all(made, Split.TRAIN).get(1).origin()).isEqualTo("a.json line 5");
        write(folder, "c.json", "[{\"text\":\"a\",\"label\":\"b\"},\n{\"text\":");
        assertThat(problem(() -> prepare(aSpec("c.json"))).line()).startsWith("c.json line 2: ");
    }

    @Test
    void readsParquetWithEveryKindOfColumn() throws SQLException {
        sql("COPY (SELECT i AS n, i / 4.0 AS d, 'text ' || i AS t, {'a': i, 'b': [1, NULL]} AS s,"
                + " DATE '2024-05-01' AS day,"
                + " NULL::INT AS gone FROM range(3) r(i)) TO '" + folder.resolve("a[1].parquet")
                + "' (FORMAT parquet)");

        Dataset made = prepare(aSpec("a[1].parquet")
                .columns("t:text", "d:number", "day:date", "gone:number", "s:category")
                .number("n"));

        assertThat(values(made).get(1))
                .containsExactly("text 1", "0.25", "2024-05-01", "", "{\"a\":1,\"b\":[1,null]}", "1");
        assertThat(all(made, Split.TRAIN).getFirst().origin()).isEqualTo("a[1].parquet row 1");
        assertThat(problem(() -> prepare(aSpec("a[1].parquet").columns("txt:text")))
                        .code())
                .isEqualTo("data.missing_column");
    }

    @Test
    void readsPicturesThatAParquetFileHolds() throws IOException, SQLException {
        Files.write(folder.resolve("p.png"), picture(5));
        sql("COPY (SELECT {'bytes': content, 'path': 'p.png'} AS image, 'x' AS label FROM read_blob('"
                + folder.resolve("p.png") + "')) TO '" + folder.resolve("i.parquet") + "' (FORMAT parquet)");

        Dataset made = prepare(aSpec("i.parquet").columns("image:image"));

        assertThat(values(made).getFirst().getFirst())
                .isEqualTo("files/" + Sha256.of(folder.resolve("p.png")) + ".png");
    }

    @Test
    void aQueryMakesRowsOutOfFilesAndSeesNoOther() {
        write(folder, "a.csv", "id,text,kind\n1,first,7\n2,second,8\n");
        write(folder, "b.csv", "id,text,kind\n3,third,9\n");
        write(folder, "secret.csv", "a\n1\n");
        String query = "SELECT text, 'k' || kind AS label FROM data WHERE id > 1 ORDER BY id";

        Dataset made = prepare(aSpec("[ab].csv").query(query));

        assertThat(values(made)).containsExactly(List.of("second", "k8"), List.of("third", "k9"));
        assertThat(made.provenance().sources().getFirst().query()).isEqualTo(query);
        for (String other : List.of(
                "SELECT * FROM read_csv('" + folder.resolve("secret.csv") + "')",
                "SELECT content AS text, 'x' AS label FROM read_text('/etc/hostname')",
                "COPY data TO '" + folder.resolve("stolen.csv") + "'")) {
            assertThat(problem(() -> prepare(aSpec("[ab].csv").query(other))).code())
                    .isEqualTo("data.query_refused");
        }
        assertThat(problem(() -> prepare(aSpec("a.csv").query("SELECT nothing FROM data")))
                        .line())
                .startsWith("data.query: The database says: ");
    }

    @Test
    void aDatabaseIsAskedByItsUrl() throws SQLException {
        String url = "jdbc:duckdb:" + folder.resolve("shop.db");
        try (Connection connection = DriverManager.getConnection(url);
                Statement run = connection.createStatement()) {
            run.execute("CREATE TABLE orders AS SELECT 'order ' || i AS text, i % 2 AS label FROM range(4) r(i)");
        }

        Dataset made = prepare(aSpec(url).query("SELECT text, label FROM orders WHERE label = 1"));

        assertThat(values(made)).containsExactly(List.of("order 1", "1"), List.of("order 3", "1"));
        assertThat(problem(() -> prepare(aSpec(url).query("DROP TABLE orders"))).code())
                .isEqualTo("data.bad_query");
        assertThat(problem(() -> prepare(aSpec("jdbc:nosuch://me:secret@host/db?password=p")
                                .query("SELECT 1")))
                        .line())
                .startsWith("jdbc:nosuch://host/db: There is no driver")
                .doesNotContain("secret");
    }

    @Test
    void aFolderOfPicturesIsLabelledByItsSubFolders() throws IOException {
        for (String name : List.of("yes/b.png", "yes/a.png", "no/c.png", "no/.hidden.png")) {
            Files.createDirectories(folder.resolve("mri/" + name).getParent());
            Files.write(folder.resolve("mri/" + name), picture(name.hashCode()));
        }
        write(folder, "mri/no/broken.jpg", "not a picture");

        Dataset made = prepare(aSpec("mri").columns("image:image"));

        assertThat(values(made)).extracting(row -> row.get(1)).containsExactly("no", "yes", "yes");
        assertThat(all(made, Split.TRAIN).get(1).origin()).isEqualTo("mri/yes/a.png");
        assertThat(made.quality().dropped()).isEqualTo(Map.of("corrupt_image", 1L));
        assertThat(made.provenance().sources().getFirst().encoding()).isEqualTo("images");
    }

    @Test
    void subFoldersMaySayTheSplit() throws IOException {
        for (String name : List.of("train/x/a.png", "val/x/b.png", "test/y/c.png")) {
            Files.createDirectories(folder.resolve("d/" + name).getParent());
            Files.write(folder.resolve("d/" + name), picture(name.hashCode()));
        }

        Dataset made = prepare(aSpec("d")
                .columns("image:image")
                .split(new SplitSpec(SplitSpec.Type.FIXED, "split", 0.8, 0.1, 0.1, 42, 5, 0, false)));

        assertThat(made.rows()).isEqualTo(Map.of(Split.TRAIN, 1L, Split.VALIDATION, 1L, Split.TEST, 1L));
        assertThat(made.labels()).containsExactly("x", "y");
    }

    @Test
    void readsTablesAndPicturesOutOfAZip() throws IOException {
        byte[] picture = picture(9);
        zip(
                "tables.zip",
                Map.of(
                        "a.csv",
                        utf8("text,label\none,x\n"),
                        "in/b.jsonl",
                        utf8("{\"text\":\"two\",\"label\":\"y\"}"),
                        "__MACOSX/a.csv",
                        utf8("?"),
                        "README.md",
                        utf8("hello")));
        zip("pictures.zip", Map.of("top/x/1.png", picture, "top/y/2.png", picture(10)));
        zip("listed.zip", Map.of("list.csv", utf8("image,label\npics/1.png,x\n"), "pics/1.png", picture));

        assertThat(values(prepare(aSpec("tables.zip")))).containsExactly(List.of("one", "x"), List.of("two", "y"));
        Dataset pictures = prepare(aSpec("pictures.zip").columns("image:image"));
        assertThat(pictures.labels()).containsExactly("x", "y");
        assertThat(values(prepare(aSpec("listed.zip").columns("image:image")))
                        .getFirst()
                        .getFirst())
                .isEqualTo("files/" + Sha256.of(picture) + ".png");
    }

    @Test
    void anArchiveThatLeadsOutOrExplodesIsRefused() throws IOException {
        zip("out.zip", Map.of("../../evil.csv", utf8("a\n")));
        zip("bomb.zip", Map.of("a.csv", new byte[300 << 20]));
        write(folder, "no.zip", "PK no");

        assertThat(problem(() -> prepare(aSpec("out.zip"))).line()).contains("leads out of it");
        assertThat(problem(() -> prepare(aSpec("bomb.zip"))).line()).contains("bomb");
        assertThat(problem(() -> prepare(aSpec("no.zip"))).code()).isEqualTo("data.bad_archive");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("out.zip", "bomb.zip", "no.zip");
        }
    }

    @Test
    void readsBioFilesAsTextsWithSpans() {
        write(
                folder,
                "a.conll",
                "-DOCSTART- O\n\nJohn NNP B-per\nSmith NNP I-per\nsleeps VBZ O\n\n\n中 B-loc\n国 I-loc\n很 O\n大 O\n");

        Dataset made = prepare(aSpec("a.conll").spans("label"));

        assertThat(values(made))
                .containsExactly(
                        List.of("John Smith sleeps", "[{\"start\":0,\"end\":10,\"label\":\"per\"}]"),
                        List.of("中国很大", "[{\"start\":0,\"end\":2,\"label\":\"loc\"}]"));
        assertThat(all(made, Split.TRAIN).get(1).origin()).isEqualTo("a.conll line 8");
    }

    @Test
    void readsInstructionsThatADatasetInfoDescribes() {
        write(
                folder,
                "d/dataset_info.json",
                "{\"mine\":{\"file_name\":\"x.json\","
                        + "\"columns\":{\"prompt\":\"question\",\"response\":\"answer\",\"history\":\"before\"}},"
                        + "\"pairs\":{\"file_name\":\"p.jsonl\",\"ranking\":true,"
                        + "\"columns\":{\"prompt\":\"q\",\"chosen\":\"good\",\"rejected\":\"bad\"}}}");
        write(
                folder,
                "d/x.json",
                "[{\"question\":\"1+1?\",\"input\":\"\",\"answer\":\"2\",\"before\":[[\"a\",\"b\"]]}]");
        write(folder, "d/p.jsonl", "{\"q\":\"say\",\"good\":\"yes\",\"bad\":\"no\"}\n");

        Dataset made = prepare(aSpec("d/dataset_info.json#mine")
                .columns("instruction:text", "input:text", "output:text", "history:text")
                .noOutput());
        Dataset pairs = prepare(aSpec("d/dataset_info.json#pairs")
                .columns("instruction:text", "chosen:text", "rejected:text")
                .noOutput());

        assertThat(values(made)).containsExactly(List.of("1+1?", "", "2", "[[\"a\",\"b\"]]", ""));
        assertThat(values(pairs)).containsExactly(List.of("say", "yes", "no", ""));
        Problem unknown = problem(() -> prepare(
                aSpec("d/dataset_info.json#pair").columns("instruction:text").noOutput()));
        assertThat(unknown.line()).contains("Did you mean 'pairs'?");
    }

    @Test
    void readsConversationsWithTheirOwnTags() {
        write(
                folder,
                "dataset_info.json",
                "{\"chat\":{\"file_name\":\"c.json\",\"formatting\":\"sharegpt\","
                        + "\"columns\":{\"messages\":\"talk\",\"system\":\"sys\"},"
                        + "\"tags\":{\"role_tag\":\"who\",\"content_tag\":\"says\","
                        + "\"user_tag\":\"me\",\"assistant_tag\":\"you\"}}}");
        write(
                folder,
                "c.json",
                "[{\"sys\":\"be kind\",\"talk\":["
                        + "{\"who\":\"me\",\"says\":\"hi\"},{\"who\":\"you\",\"says\":\"hello\"}]}]");

        Dataset made = prepare(aSpec("dataset_info.json")
                .columns("messages:category", "system:text")
                .noOutput());

        assertThat(values(made).getFirst().getFirst())
                .isEqualTo("[{\"content\":\"be kind\",\"role\":\"system\"},{\"content\":\"hi\",\"role\":\"user\"},"
                        + "{\"content\":\"hello\",\"role\":\"assistant\"}]");
        write(folder, "c.json", "[{\"talk\":[{\"who\":\"stranger\",\"says\":\"hi\"}]}]");
        assertThat(problem(() -> prepare(aSpec("dataset_info.json")
                                .columns("messages:category")
                                .noOutput()))
                        .line())
                .startsWith("c.json line 1: A message is said by 'stranger'");
    }

    @Test
    void anotherContentThanTheChecksumSaysIsRefused() throws IOException {
        Path file = write(folder, "data.csv", "text,label\nfirst,x\n");
        Sha256 right = Sha256.of(file);

        assertThat(prepare(aSpec("data.csv").source(checksum("sha256:" + right)))
                        .count(Split.TRAIN))
                .isEqualTo(1);
        assertThat(problem(() -> prepare(aSpec("data.csv").source(checksum("sha256:" + Sha256.of("other")))))
                        .code())
                .isEqualTo("data.checksum");
    }

    private static SourceSpec checksum(@Nullable String sum) {
        return new SourceSpec(null, true, List.of(), List.of(), null, sum, null);
    }

    @Test
    void aRowOfTwoGigabytesIsRefusedAfterItsFirstMegabytes() throws IOException {
        byte[] block = new byte[1 << 20];
        Arrays.fill(block, (byte) 'a');
        for (String name : List.of("a.csv", "a.jsonl", "a.json", "a.conll")) {
            Path file = folder.resolve(name);
            try (OutputStream out = Files.newOutputStream(file)) {
                out.write(utf8(
                        name.endsWith("csv")
                                ? "text,label\n\""
                                : name.endsWith("conll")
                                        ? "a"
                                        : "[{\"text\":\"".substring(name.endsWith("l") ? 1 : 0)));
                for (int i = 0; i < 80; i++) {
                    out.write(block);
                }
            }
            assertThat(problem(() -> all(Datasets.read(file, Format.AUTO, "UTF-8")))
                            .code())
                    .isIn("data.bad_csv", "data.bad_json");
            Files.delete(file);
        }
    }
}
