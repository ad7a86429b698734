package dev.sampan.cli;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// `-o FILE [--force]`: written beside and renamed; an existing file is refused before the work begins.
final class OutputFile {
    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "FILE",
            descriptionKey = "option.output_file")
    private @Nullable Path file;

    @Option(names = "--force", descriptionKey = "option.force_file")
    private boolean force;

    /// What is written into the file.
    @FunctionalInterface
    interface Writing {
        void into(Path beside) throws IOException;
    }

    Path path() {
        return Objects.requireNonNull(file, "picocli asks for it")
                .toAbsolutePath()
                .normalize();
    }

    void check() {
        Path path = path();
        if (Files.isDirectory(path)) {
            throw new ProblemException(
                    Problem.of("output.is_a_folder", path + " is a folder").remedy("Name a file after -o"));
        }
        if (Files.exists(path) && !force) {
            throw new ProblemException(Problem.of("output.exists", path + " exists")
                    .remedy("Name another file, or add --force to replace it"));
        }
    }

    void write(Writing writing) {
        Path beside = path().resolveSibling(path().getFileName() + ".part");
        try {
            writing.into(beside);
            Files.move(beside, path(), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(path() + " cannot be written", e);
        }
    }
}
