package dev.sampan.model;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/// What a failed write says to a person.
public final class OutputProblem {
    private OutputProblem() {}

    public static ProblemException of(Path file, IOException cause) {
        String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        // Java has no type for it: the texts of Linux and macOS, of a quota, and of Windows.
        boolean full = message.contains("no space left")
                || message.contains("quota exceeded")
                || message.contains("not enough space");
        Problem problem = full
                ? Problem.of("output.disk_full", "The disk is full; nothing was left behind.")
                        .remedy("Free some space, or choose another folder with -o.")
                : Problem.of("output.failed", "Writing failed: " + cause.getMessage() + ".");
        return new ProblemException(problem.at(file.toString()), cause);
    }
}
