package dev.sampan.training.internal;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What the training process is told on its command line.
///
/// @param work by default a folder beside `out`
/// @param threads by default all cores
public record Arguments(Path spec, Path data, Path out, Path work, int threads, boolean force) {
    private static final List<String> KNOWN = List.of("--spec", "--data", "--out", "--work", "--threads");

    /// @throws ProblemException `usage`
    public static Arguments parse(String[] args) {
        Map<String, String> values = new HashMap<>();
        boolean force = false;
        for (int i = 0; i < args.length; i++) {
            if (args[i].equals("--force")) {
                force = true;
            } else if (KNOWN.contains(args[i]) && i + 1 < args.length) {
                values.put(args[i], args[++i]);
            } else {
                throw usage("'" + args[i] + "' is not an argument, or lacks its value");
            }
        }
        for (String required : KNOWN.subList(0, 3)) {
            if (!values.containsKey(required)) {
                throw usage(required + " is missing");
            }
        }
        Path out = Path.of(values.getOrDefault("--out", ""));
        Path work = values.containsKey("--work")
                ? Path.of(values.getOrDefault("--work", ""))
                : out.resolveSibling(out.getFileName() + ".work");
        return new Arguments(
                Path.of(values.getOrDefault("--spec", "")),
                Path.of(values.getOrDefault("--data", "")),
                out,
                work,
                threads(values.get("--threads")),
                force);
    }

    private static int threads(@org.jspecify.annotations.Nullable String text) {
        if (text == null) {
            return Runtime.getRuntime().availableProcessors();
        }
        try {
            int threads = Integer.parseInt(text);
            if (threads >= 1 && threads <= 1024) {
                return threads;
            }
        } catch (NumberFormatException _) {
            // told below, like a number out of range
        }
        throw usage("--threads " + text + " is not a whole number from 1 to 1024");
    }

    private static ProblemException usage(String sentence) {
        return new ProblemException(Problem.of("usage", sentence)
                .remedy("--spec RESOLVED.json --data FOLDER --out PACKAGE [--work DIR] [--threads N] [--force]"));
    }
}
