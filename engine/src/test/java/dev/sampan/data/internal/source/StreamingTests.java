package dev.sampan.data.internal.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampan.data.Row;
import dev.sampan.spec.DataSpec.Format;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamingTests {
    private static final int ROWS = 60_000;
    private static final String TEXT = "x".repeat(1000);
    private static final long AHEAD_MAX = 1 << 20;

    @TempDir
    Path folder;

    /// 60 MB: what was read of the file never runs more than 1 MB ahead of the rows handed out.
    @ParameterizedTest
    @ValueSource(strings = {"a.csv", "a.jsonl"})
    void readsNoFurtherThanTheRowsAskedFor(String name) throws IOException {
        Path file = folder.resolve(name);
        boolean csv = name.endsWith("csv");
        String line = csv ? TEXT + ",label\n" : "{\"text\":\"" + TEXT + "\",\"label\":\"label\"}\n";
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            writer.write(csv ? "text,label\n" : "");
            for (int i = 0; i < ROWS; i++) {
                writer.write(line);
            }
        }
        SourceText text = SourceText.of(file, "auto", _ -> {});
        AtomicLong read = new AtomicLong();
        long handedOut = 0;
        int rows = 0;
        try (SourceRows reader =
                Rows.open(text, Rows.resolve(name, Format.AUTO), Reading.PLAIN, null, read::addAndGet)) {
            for (Row row = reader.next(); row != null; row = reader.next()) {
                handedOut += line.length();
                assertThat(row.values().getFirst()).hasSize(TEXT.length());
                assertThat(read.get() - handedOut).isLessThan(AHEAD_MAX);
                rows++;
            }
        }
        assertThat(rows).isEqualTo(ROWS);
        assertThat(read.get()).isEqualTo(Files.size(file));
    }
}
