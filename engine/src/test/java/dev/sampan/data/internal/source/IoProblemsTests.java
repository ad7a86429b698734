package dev.sampan.data.internal.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampan.kernel.Problem;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IoProblemsTests {
    private static Problem writing(IOException cause) {
        return IoProblems.writing(Path.of("out"), cause).problems().getFirst();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "No space left on device",
                "out/train.jsonl: No space left on device",
                "Disk quota exceeded",
                "There is not enough space on the disk"
            })
    void saysThatTheDiskIsFull(String message) {
        assertThat(writing(new IOException(message)).line())
                .isEqualTo("There is no space left on the disk of out. Free some space, or write to another disk."
                        + " Nothing was left behind.");
    }

    @Test
    void knowsWhatThisSystemItselfSaysOfAFullDisk() throws IOException {
        Path full = Path.of("/dev/full");
        Assumptions.assumeTrue(Files.exists(full), "/dev/full is Linux's");
        try (OutputStream out = Files.newOutputStream(full)) {
            out.write(1);
        } catch (IOException e) {
            assertThat(writing(e).code()).isEqualTo("data.disk_full");
            return;
        }
        throw new AssertionError("the full disk took a byte");
    }

    @Test
    void tellsOtherTroubleAsItIs() {
        assertThat(writing(new IOException("Input/output error")).line())
                .isEqualTo("out: Writing failed: Input/output error");
    }
}
