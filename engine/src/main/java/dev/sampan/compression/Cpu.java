package dev.sampan.compression;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The processor, as far as the system tells: the same INT8 model is exact on one and saturates on another, so a
/// receipt without it proves little.
final class Cpu {
    /// Instructions that decide how INT8 products are done: x86 and ARM.
    private static final Set<String> TELLING =
            Set.of("avx2", "avx512f", "avx512_vnni", "avx_vnni", "amx_int8", "asimddp", "i8mm", "sve");

    private Cpu() {}

    /// Such as `AMD EPYC 9354 (avx2 avx512_vnni avx512f), 2 processors`.
    static String describe() {
        int processors = Runtime.getRuntime().availableProcessors();
        String count = processors == 1 ? "1 processor" : processors + " processors";
        return describe(lines()) + ", " + count;
    }

    /// @param info lines of `/proc/cpuinfo`, none on other systems
    static String describe(List<String> info) {
        String name = value(info, "model name")
                .or(() -> value(info, "Hardware"))
                .orElse(System.getProperty("os.arch", "unknown processor"));
        String flags = value(info, "flags").or(() -> value(info, "Features")).orElse("");
        Set<String> found = new TreeSet<>(Arrays.asList(flags.split(" ")));
        found.retainAll(TELLING);
        return found.isEmpty() ? name : name + " (" + String.join(" ", found) + ")";
    }

    private static Optional<String> value(List<String> info, String key) {
        return info.stream()
                .filter(line -> line.contains(":")
                        && line.substring(0, line.indexOf(':')).strip().equals(key))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .filter(value -> !value.isEmpty())
                .findFirst();
    }

    private static List<String> lines() {
        Path info = Path.of("/proc/cpuinfo");
        if (!Files.isReadable(info)) {
            return List.of();
        }
        try {
            return Files.readAllLines(info);
        } catch (IOException _) {
            return List.of(); // a description is not worth a failure
        }
    }
}
