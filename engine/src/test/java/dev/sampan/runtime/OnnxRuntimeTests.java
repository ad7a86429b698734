package dev.sampan.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.sampan.model.ModelPackage;
import dev.sampan.testing.ModelFixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OnnxRuntimeTests extends RuntimeContract {
    private static final Path STATUS = Path.of("/proc/self/status");

    @Override
    protected Runtime open(ModelPackage model, int batchMax) {
        return Runtimes.open(model, 1, batchMax);
    }

    @Test
    void holdsNoMoreMemoryAfterThousandsOfCalls() throws IOException {
        assumeThat(STATUS).exists();
        List<Map<String, String>> inputs = IntStream.range(0, 8)
                .mapToObj(i -> Map.of(ModelFixtures.COLUMN, "money back ".repeat(1 + i)))
                .toList();
        try (Runtime runtime = open(ModelFixtures.aTinyPackage(folder.resolve("tiny")), 4)) {
            calls(runtime, inputs, 1_000);
            long before = residentKilobytes();
            calls(runtime, inputs, 2_000);

            // A tensor left open in each run would take 2,000 · 2 · 3 of them, some 40 MB with their handles.
            assertThat(residentKilobytes() - before).isLessThan(24_000);
        }
    }

    private static void calls(Runtime runtime, List<Map<String, String>> inputs, int count) {
        for (int i = 0; i < count; i++) {
            runtime.predict(inputs);
        }
        System.gc();
    }

    private static long residentKilobytes() throws IOException {
        return Files.readAllLines(STATUS).stream()
                .filter(line -> line.startsWith("RssAnon:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
    }
}
