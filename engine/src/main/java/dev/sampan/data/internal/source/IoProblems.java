package dev.sampan.data.internal.source;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// What an `IOException` means to the person who gave the path.
public final class IoProblems {
    /// How Linux, macOS and Windows say that a disk, or a user's share of it, is full. The JDK has no type for
    /// it.
    private static final List<String> FULL = List.of("no space left", "quota exceeded", "not enough space on the disk");

    private IoProblems() {}

    public static ProblemException reading(Path file, IOException cause) {
        Problem problem = switch (cause) {
            case NoSuchFileException _ -> Problem.of("data.not_found", "There is no such file");
            case AccessDeniedException _ -> Problem.of("data.unreadable", "The file may not be read");
            case CharacterCodingException _ ->
                Problem.of("data.encoding", "The file changed while it was read: it was valid text before");
            default -> Problem.of("data.unreadable", "The file cannot be read: " + cause.getMessage());
        };
        return new ProblemException(problem.at(file.toString()), cause);
    }

    public static ProblemException writing(Path folder, IOException cause) {
        Problem problem;
        if (isDiskFull(cause)) {
            problem = Problem.of("data.disk_full", "There is no space left on the disk of " + folder)
                    .remedy("Free some space, or write to another disk. Nothing was left behind.");
        } else if (cause instanceof AccessDeniedException) {
            problem = Problem.of("data.unwritable", "Nothing may be written at " + folder);
        } else {
            problem = Problem.of("data.unwritable", "Writing failed: " + cause.getMessage())
                    .at(folder.toString());
        }
        return new ProblemException(problem, cause);
    }

    /// What an unchecked one wraps.
    public static IOException unwrap(UncheckedIOException wrapped) {
        return wrapped.getCause() instanceof IOException cause ? cause : new IOException(wrapped);
    }

    static boolean isDiskFull(IOException cause) {
        String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        return FULL.stream().anyMatch(message::contains);
    }
}
