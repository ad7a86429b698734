package dev.sampan.cli;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.model.ModelPackage;
import dev.sampan.model.PackageDraft;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// `-o DIR [--force]`: where a package goes. Asked before the work begins, so that nobody waits for a refusal.
final class OutputFolder {
    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "DIR",
            descriptionKey = "option.output")
    private @Nullable Path folder;

    @Option(names = "--force", descriptionKey = "option.force")
    private boolean force;

    Path path() {
        return Objects.requireNonNull(folder, "picocli asks for it")
                .toAbsolutePath()
                .normalize();
    }

    boolean force() {
        return force;
    }

    void check() {
        Path path = path();
        if (Files.isRegularFile(path)) {
            throw new ProblemException(
                    Problem.of("output.not_a_folder", path + " is a file").remedy("Name a folder after -o"));
        }
        if (!Files.isDirectory(path) || isEmpty(path)) {
            return;
        }
        if (!Files.isRegularFile(path.resolve(ModelPackage.MANIFEST))) {
            throw new ProblemException(
                    Problem.of("output.exists", path + " exists and is not empty, and it is no model package")
                            .remedy("Name another folder; --force replaces model packages alone"));
        }
        if (!force) {
            throw new ProblemException(Problem.of("output.exists", path + " exists and is not empty")
                    .remedy("Name another folder, or add --force to replace it"));
        }
    }

    ModelPackage copy(ModelPackage model) {
        return PackageDraft.duplicate(model, path(), force);
    }

    private static boolean isEmpty(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.of("output.unreadable", folder + " cannot be read: " + e.getMessage()), e);
        }
    }
}
