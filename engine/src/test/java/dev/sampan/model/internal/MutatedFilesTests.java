package dev.sampan.model.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.sampan.data.NamedTensors.Declared;
import dev.sampan.data.NamedTensors.Type;
import dev.sampan.data.Target;
import dev.sampan.kernel.ProblemException;
import dev.sampan.model.Safetensors;
import dev.sampan.model.Safetensors.Tensor;
import dev.sampan.testing.ModelFixtures;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Thousands of damaged files: each is read or refused with a problem; none makes the reader take memory the file does
/// not hold, run long, or fail with anything else.
class MutatedFilesTests {
    private static final List<Declared> INPUTS = List.of(
            new Declared("input_ids", Type.INT64, List.of(-1L, -1L)),
            new Declared("attention_mask", Type.INT64, List.of(-1L, -1L)));
    private static final List<Declared> OUTPUTS = Signature.outputs(new Target.Categories(List.of("a", "b", "c")));

    private static final int FILES = 4_000;
    private static final long ALLOCATED_MAX = 4 << 20;
    private static final long SEED = 20260102;

    @TempDir
    Path folder;

    @Test
    void onnxIsReadOrRefused() throws IOException {
        byte[] original =
                ModelFixtures.aTinyGraph(3, new float[14 * 3]).toModel().toByteArray();
        int refused = 0;
        Random random = new Random(SEED);
        for (int i = 0; i < FILES; i++) {
            byte[] mutated = mutated(original, random);
            refused += refuses(() -> OnnxFile.parse(mutated, "mutated.onnx").expect(INPUTS, OUTPUTS));
        }

        assertThat(refused).isBetween(FILES / 2, FILES - 1); // weights may change unseen; names and shapes may not
    }

    @Test
    void safetensorsAreReadOrRefused() throws IOException {
        Path file = folder.resolve("m.safetensors");
        Safetensors.write(
                file,
                Map.of(
                        "a", new Tensor(new long[] {2, 3}, new float[6]),
                        "b", new Tensor(new long[] {4}, new float[4])),
                Map.of("format", "pt"));
        byte[] original = Files.readAllBytes(file);
        int refused = 0;
        Random random = new Random(SEED);
        for (int i = 0; i < FILES; i++) {
            Path damaged = Files.write(folder.resolve(i + ".safetensors"), mutated(original, random));
            refused += refuses(() -> Safetensors.read(damaged));
            Files.delete(damaged);
        }

        assertThat(refused).isBetween(FILES / 2, FILES - 1);
    }

    private static int refuses(Runnable reading) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        int refused = 0;
        try {
            reading.run();
        } catch (ProblemException e) {
            refused = 1;
        }
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(ALLOCATED_MAX);
        return refused;
    }

    /// One to eight changes: a bit, a byte, a number of all ones or zeros, a part cut out, doubled, or the end cut off.
    private static byte[] mutated(byte[] original, Random random) {
        byte[] bytes = original.clone();
        for (int change = random.nextInt(8); change >= 0; change--) {
            int at = random.nextInt(bytes.length - 1);
            int length = Math.min(1 + random.nextInt(16), bytes.length - at);
            switch (random.nextInt(6)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt();
                case 2 -> Arrays.fill(bytes, at, at + length, (byte) 0xff);
                case 3 -> Arrays.fill(bytes, at, at + length, random.nextBoolean() ? (byte) 0 : (byte) '9');
                case 4 -> bytes = joined(bytes, at, random.nextBoolean() ? at + length : at - Math.min(at, length));
                default -> {
                    if (random.nextInt(4) == 0) {
                        bytes = Arrays.copyOf(bytes, 2 + at);
                    }
                }
            }
        }
        return bytes;
    }

    /// The bytes up to `until`, then those from `from` on: with `from` before `until` a part is there twice.
    private static byte[] joined(byte[] bytes, int until, int from) {
        byte[] result = Arrays.copyOf(bytes, until + bytes.length - from);
        System.arraycopy(bytes, from, result, until, bytes.length - from);
        return result.length < 2 ? bytes : result;
    }

    @Test
    void longHeadersOfZerosAndDeepNestingAreRefused() throws IOException {
        for (String header : List.of("[".repeat(200_000), "{\"a\":".repeat(100_000), "{" + " ".repeat(100_000))) {
            byte[] json = header.getBytes(StandardCharsets.UTF_8);
            byte[] file = Arrays.copyOf(
                    new byte[] {(byte) json.length, (byte) (json.length >> 8), (byte) (json.length >> 16)},
                    8 + json.length);
            System.arraycopy(json, 0, file, 8, json.length);
            Path path = Files.write(folder.resolve("deep.safetensors"), file);

            assertThat(refuses(() -> Safetensors.read(path))).isEqualTo(1);
        }
    }
}
