package dev.sampan.data;

import static dev.sampan.data.DataFixture.aSpec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Progress;
import dev.sampan.spec.DataSpec.Format;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Files that were damaged by chance: rows come, or a problem that says what is wrong, and never anything else.
/// Each damage follows from its seed, which the failure names.
class ParserFuzzTests {
    private static final int TRIES = 120;

    @TempDir
    Path folder;

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// Bytes flipped, cut out, doubled, or replaced by what parsers stumble over.
    private static byte[] damaged(byte[] good, SplittableRandom random) {
        byte[] bytes = good.clone();
        int damages = 1 + random.nextInt(4);
        for (int i = 0; i < damages && bytes.length > 1; i++) {
            int at = random.nextInt(bytes.length);
            int length = Math.min(bytes.length - at, 1 + random.nextInt(12));
            switch (random.nextInt(5)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes = Arrays.copyOf(bytes, at);
                case 2 ->
                    bytes = joined(Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, at + length, bytes.length));
                case 3 ->
                    bytes = joined(Arrays.copyOf(bytes, at + length), Arrays.copyOfRange(bytes, at, bytes.length));
                default -> {
                    byte[] odd =
                            utf8(List.of("\"", "[", "{", "}", "\0", "\n", "\t", "null", "1e999", "-", "\\u", "é", ",")
                                    .get(random.nextInt(13)));
                    bytes = joined(joined(Arrays.copyOf(bytes, at), odd), Arrays.copyOfRange(bytes, at, bytes.length));
                }
            }
        }
        return bytes;
    }

    private static byte[] joined(byte[] a, byte[] b) {
        byte[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }

    private static byte[] packed(byte[] content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        }
        return out.toByteArray();
    }

    private static byte[] zipped(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
        return out.toByteArray();
    }

    private static byte[] picture(String format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(9, 7, BufferedImage.TYPE_INT_RGB), format, out);
        return out.toByteArray();
    }

    private byte[] parquet() throws IOException {
        Path file = folder.resolve("good.parquet");
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("COPY (SELECT 'text ' || i AS text, 'x' || i % 2 AS label FROM range(40) r(i)) TO '"
                    + file + "' (FORMAT parquet)");
        } catch (SQLException e) {
            throw new IOException(e);
        }
        byte[] bytes = Files.readAllBytes(file);
        Files.delete(file);
        return bytes;
    }

    private byte[] good(String name) throws IOException {
        return switch (name) {
            case "a.csv" -> utf8("text,label\n\"one, \"\"two\"\"\",x\n三四五,y\n" + "row,x\n".repeat(20));
            case "a.tsv" -> utf8("text\tlabel\none two\tx\n三四五\ty\n");
            case "a.jsonl" ->
                utf8("{\"text\":\"one \\u4e2d\",\"label\":\"x\"}\n{\"text\":\"三\",\"label\":1.5}\n".repeat(5));
            case "a.json" -> utf8("[{\"text\":\"one\",\"label\":\"x\"},\n{\"text\":\"三\",\"label\":null}]");
            case "a.conll" -> utf8("John B-per\nSmith I-per\nsleeps O\n\n中 B-loc\n国 I-loc\n");
            case "a.csv.gz" -> packed(good("a.csv"));
            case "a.parquet" -> parquet();
            default -> throw new IllegalArgumentException(name);
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.csv", "a.tsv", "a.jsonl", "a.json", "a.conll", "a.csv.gz", "a.parquet"})
    void aDamagedFileGivesRowsOrAProblem(String name) throws IOException {
        byte[] good = good(name);
        int problems = 0;
        int tries = name.endsWith("parquet") ? TRIES / 3 : TRIES;
        for (int seed = 0; seed < tries; seed++) {
            Path file = Files.write(folder.resolve(name), damaged(good, new SplittableRandom(seed)));
            try (RowReader rows = Datasets.read(file, Format.AUTO, "auto")) {
                int read = 0;
                for (Row row = rows.next(); row != null; row = rows.next()) {
                    assertThat(row.values()).hasSameSizeAs(rows.columns());
                    assertThat(++read).as("seed %d", seed).isLessThan(10_000);
                }
            } catch (ProblemException e) {
                assertThat(e.problems().getFirst().code()).as("seed %d", seed).startsWith("data.");
                problems++;
            } catch (RuntimeException | IOException e) {
                throw new AssertionError(name + " with seed " + seed, e);
            }
        }
        assertThat(problems).as("damage that was seen").isPositive();
    }

    private void prepared(DataFixture spec, int seed) throws IOException {
        Path out = folder.resolve("out");
        try {
            Datasets.prepare(spec.in(folder), out, Progress.NONE);
        } catch (ProblemException e) {
            assertThat(e.problems().getFirst().code()).as("seed %d", seed).startsWith("data.");
        } catch (RuntimeException e) {
            throw new AssertionError("seed " + seed, e);
        }
        assertThat(folder.resolve(".out.part")).doesNotExist();
        clear(out);
    }

    private static void clear(Path path) throws IOException {
        if (Files.exists(path)) {
            try (Stream<Path> walk = Files.walk(path)) {
                walk.sorted(Comparator.reverseOrder()).forEach(file -> {
                    try {
                        Files.delete(file);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
            }
        }
    }

    @Test
    void aDamagedArchiveGivesRowsOrAProblem() throws IOException {
        byte[] good = zipped(Map.of("a/b.csv", good("a.csv"), "c.jsonl", good("a.jsonl"), "p.png", picture("png")));
        for (int seed = 0; seed < TRIES / 2; seed++) {
            Files.write(folder.resolve("a.zip"), damaged(good, new SplittableRandom(seed)));
            prepared(aSpec("a.zip"), seed);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../up.csv", "/etc/up.csv", "a/../../up.csv", "..\\up.csv", "C:\\up.csv", "..", "a\0b.csv"})
    void anEntryThatLeadsOutIsNeverWritten(String entry) throws IOException {
        Files.write(folder.resolve("a.zip"), zipped(Map.of(entry, good("a.csv"))));
        prepared(aSpec("a.zip"), 0);

        assertThat(folder.resolve("up.csv")).doesNotExist();
        assertThat(folder.resolveSibling("up.csv")).doesNotExist();
        assertThat(Path.of("/etc/up.csv")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpg", "gif", "bmp"})
    void aDamagedPictureIsKeptOrCounted(String format) throws IOException {
        byte[] good = picture(format);
        Files.createDirectories(folder.resolve("pictures/x"));
        for (int seed = 0; seed < TRIES; seed++) {
            byte[] bytes = damaged(good, new SplittableRandom(seed));
            Files.write(folder.resolve("pictures/x/" + seed + "." + format), bytes);
        }
        prepared(aSpec("pictures").columns("image:image"), -1);
    }

    @Test
    void aPictureThatClaimsToBeHugeIsCountedAndNotDecoded() throws IOException {
        byte[] bomb = picture("png");
        byte[] size = {0, 1, (byte) 0x86, (byte) 0xA0}; // 100,000 pixels each way
        System.arraycopy(size, 0, bomb, 16, 4);
        System.arraycopy(size, 0, bomb, 20, 4);
        Files.createDirectories(folder.resolve("pictures/x"));
        Files.write(folder.resolve("pictures/x/bomb.png"), bomb);
        Files.write(folder.resolve("pictures/x/good.png"), picture("png"));

        Dataset made = Datasets.prepare(
                aSpec("pictures").columns("image:image").in(folder), folder.resolve("out"), Progress.NONE);

        assertThat(made.quality().dropped()).isEqualTo(Map.of("corrupt_image", 1L));
    }

    @Test
    void aDamagedListOfDataSetsGivesRowsOrAProblem() throws IOException {
        byte[] list =
                utf8("{\"a\":{\"file_name\":\"a.json\",\"formatting\":\"sharegpt\",\"columns\":{\"messages\":\"talk\"},"
                        + "\"tags\":{\"role_tag\":\"from\",\"content_tag\":\"value\"}}}");
        byte[] rows = utf8("[{\"talk\":[{\"from\":\"human\",\"value\":\"hi\"},{\"from\":\"gpt\",\"value\":\"yes\"}]}]");
        for (int seed = 0; seed < TRIES; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Files.write(folder.resolve("dataset_info.json"), random.nextBoolean() ? damaged(list, random) : list);
            Files.write(folder.resolve("a.json"), random.nextBoolean() ? damaged(rows, random) : rows);
            prepared(aSpec("dataset_info.json").columns("messages:category").noOutput(), seed);
        }
    }

    @Test
    void damagedSpansAreAProblem() throws IOException {
        byte[] good = utf8("{\"text\":\"在台湾 here\",\"label\":{\"address\":{\"台湾\":[[1,2]]}}}\n"
                + "{\"text\":\"ab\",\"label\":[{\"start\":0,\"end\":1,\"label\":\"x\"}]}\n");
        for (int seed = 0; seed < TRIES; seed++) {
            Files.write(folder.resolve("a.jsonl"), damaged(good, new SplittableRandom(seed)));
            prepared(aSpec("a.jsonl").spans("label"), seed);
        }
    }
}
