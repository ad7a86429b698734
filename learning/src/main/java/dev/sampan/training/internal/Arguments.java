package dev.sampan.training.internal;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.training.TrainingJob.Purpose;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What the training process is told on its command line.
///
/// @param work by default a folder beside `out`
/// @param threads by default all cores
/// @param purpose a trial with `--trial EPOCHS`, else a model to be used
public record Arguments(Path spec, Path data, Path out, Path work, int threads, boolean force, Purpose purpose) {
    private static final List<String> KNOWN = List.of("--spec", "--data", "--out", "--work", "--threads", "--trial");
    private static final int THREADS_MAX = 1024;

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
                values.containsKey("--threads")
                        ? whole(values, "--threads", THREADS_MAX)
                        : Runtime.getRuntime().availableProcessors(),
                force,
                values.containsKey("--trial")
                        ? new Purpose.Trial(whole(values, "--trial", Integer.MAX_VALUE))
                        : new Purpose.Use());
    }

    private static int whole(Map<String, String> values, String name, int most) {
        String text = values.getOrDefault(name, "");
        try {
            int number = Integer.parseInt(text);
            if (number >= 1 && number <= most) {
                return number;
            }
        } catch (NumberFormatException _) {
            // told below, like a number out of range
        }
        throw usage(name + " " + text + " is not a whole number from 1 to " + most);
    }

    private static ProblemException usage(String sentence) {
        return new ProblemException(Problem.of("usage", sentence)
                .remedy("--spec RESOLVED.json --data FOLDER --out PACKAGE [--work DIR] [--threads N] [--force]"
                        + " [--trial EPOCHS]"));
    }
}
