package dev.sampan.cli;

import dev.sampan.data.Datasets;
import dev.sampan.data.RowReader;
import dev.sampan.kernel.Nearest;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.spec.DataSpec;
import dev.sampan.studio.StageProgress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Writes a `sampan.yaml` to start from, with the columns of a data file where one is named. Replaces nothing.
@Command(name = "init", resourceBundle = "messages.cli", mixinStandardHelpOptions = true)
final class InitVerb extends LocalVerb {
    @Parameters(index = "0", arity = "0..1", paramLabel = "DIR|FILE", descriptionKey = "parameter.init")
    private Path place = Path.of("");

    @Option(names = "--data", paramLabel = "FILE", descriptionKey = "option.data")
    private @Nullable Path data;

    @Option(names = "--text", paramLabel = "COLUMN", descriptionKey = "option.text")
    private @Nullable String text;

    @Option(names = "--label", paramLabel = "COLUMN", descriptionKey = "option.label")
    private @Nullable String label;

    @Option(names = "--encoding", defaultValue = "auto", descriptionKey = "option.encoding")
    private String encoding = "auto";

    @Override
    void work(StageProgress progress) {
        Path file = file(place.toAbsolutePath().normalize());
        if (Files.exists(file)) {
            throw exists(file);
        }
        Starter starter = starter(file);
        write(file, starter.yaml());
        if (json()) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("file", file.toString());
            document.put("name", starter.name());
            document.put("text", starter.text());
            document.put("label", starter.label());
            printJson(document);
        } else {
            System.out.println(Texts.get("init.done", file, starter.text(), starter.label()));
            System.out.println(Texts.get(data == null ? "init.then_data" : "init.then_check", file));
        }
    }

    private static Path file(Path place) {
        String name = String.valueOf(place.getFileName()).toLowerCase(Locale.ROOT);
        boolean isFile = !Files.isDirectory(place) && (name.endsWith(".yaml") || name.endsWith(".yml"));
        return isFile ? place : place.resolve("sampan.yaml");
    }

    private Starter starter(Path file) {
        if (data == null) {
            String folder = String.valueOf(
                    file.getParent() == null ? "" : file.getParent().getFileName());
            return new Starter(
                    Starter.nameOf(folder),
                    "data.csv",
                    Optional.ofNullable(text).orElse("text"),
                    Optional.ofNullable(label).orElse("label"));
        }
        Path there = data.toAbsolutePath().normalize();
        GuessedColumns columns = columns(there);
        String name = String.valueOf(there.getFileName());
        int dot = name.lastIndexOf('.');
        return new Starter(
                Starter.nameOf(dot > 0 ? name.substring(0, dot) : name),
                relative(file, there),
                columns.text(),
                columns.label());
    }

    private GuessedColumns columns(Path there) {
        try (RowReader rows = Datasets.read(there, DataSpec.Format.AUTO, encoding)) {
            requireColumn(text, rows.columns());
            requireColumn(label, rows.columns());
            return GuessedColumns.of(rows, Optional.ofNullable(text), Optional.ofNullable(label));
        } catch (IOException e) {
            throw new UncheckedIOException(there + " cannot be read", e);
        }
    }

    private static void requireColumn(@Nullable String name, List<String> columns) {
        if (name != null && !columns.contains(name)) {
            String near = Nearest.of(name, columns);
            throw new ProblemException(Problem.of("input.missing_column", "There is no column '" + name + "'")
                    .remedy(near == null ? "The columns are " + columns : "Did you mean '" + near + "'?"));
        }
    }

    private static String relative(Path file, Path data) {
        Path folder = file.getParent();
        boolean sameDisk = folder != null && Objects.equals(folder.getRoot(), data.getRoot());
        return (folder != null && sameDisk ? folder.relativize(data) : data)
                .toString()
                .replace('\\', '/');
    }

    private static void write(Path file, String yaml) {
        try {
            if (file.getParent() != null) {
                Files.createDirectories(file.getParent());
            }
            Files.writeString(file, yaml, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            throw exists(file);
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.of("output.failed", "Writing failed: " + e.getMessage())
                            .at(file.toString()),
                    e);
        }
    }

    private static ProblemException exists(Path file) {
        return new ProblemException(Problem.of("output.exists", file + " is there already; nothing was changed")
                .remedy("Name another folder or file"));
    }
}
