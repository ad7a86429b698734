package dev.sampan.harness;

import com.sun.management.OperatingSystemMXBean;
import dev.sampan.data.Dataset;
import dev.sampan.data.Datasets;
import dev.sampan.data.Split;
import dev.sampan.kernel.Json;
import dev.sampan.kernel.Progress;
import dev.sampan.spec.Specs;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Prepares one data set in this process, whose heap the caller has chosen. Prints what `harness/python/preparation.py`
/// prints of its own: rows, CPU seconds, peak memory, version.
public final class PrepareOnce {
    private PrepareOnce() {}

    public static void main(String[] arguments) throws IOException {
        Dataset dataset =
                Datasets.prepare(Specs.read(Path.of(arguments[0]), List.of()), Path.of(arguments[1]), Progress.NONE);
        Map<String, Long> rows = new LinkedHashMap<>();
        for (Split split : Split.values()) {
            rows.put(split.name().toLowerCase(Locale.ROOT), dataset.rows().getOrDefault(split, 0L));
        }
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        System.out.println(Json.write(Map.of(
                "rows",
                rows,
                "cpu_seconds",
                system.getProcessCpuTime() / 1e9,
                "peak_mb",
                peakMegabytes(),
                "version",
                "Sampan on Java " + Runtime.version())));
    }

    /// The most memory this process has held at once, heap and all, as the kernel counts it.
    private static double peakMegabytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024.0)
                .findFirst()
                .orElse(Double.NaN);
    }
}
