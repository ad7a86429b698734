package dev.sampan.cli;

import dev.sampan.spec.Spec;
import dev.sampan.spec.Specs;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/// `FILE [key=value …]`: a specification and what is said differently on the command line.
final class SpecFile {
    @Parameters(index = "0", paramLabel = "FILE", descriptionKey = "parameter.spec")
    private @Nullable Path file;

    @Parameters(index = "1..*", paramLabel = "key=value", descriptionKey = "parameter.override")
    private List<String> overrides = List.of();

    Spec read() {
        return Specs.read(path(), overrides);
    }

    Path path() {
        return Objects.requireNonNull(file, "picocli asks for it");
    }

    List<String> overrides() {
        return overrides;
    }
}
