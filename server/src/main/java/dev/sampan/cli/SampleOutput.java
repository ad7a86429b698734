package dev.sampan.cli;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.sampan.kernel.Json;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.model.ModelPackage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// `-o PATH [--force]` of made samples, which appear whole by a rename or not at all, and say of themselves
/// that they are made: a folder of PNGs, each with a note in it, and [#SIDECAR]; or a CSV file with a column
/// [#MARK].
final class SampleOutput {
    /// Seeds, labels and the model of a folder's pictures.
    static final String SIDECAR = "samples.json";

    /// Name of the column that marks made rows, and of the key that marks made pictures.
    static final String MARK = "synthetic";

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "PATH",
            descriptionKey = "option.output_samples")
    private @Nullable Path given;

    @Option(names = "--force", descriptionKey = "option.force_samples")
    private boolean force;

    /// Where samples go, one after another.
    interface Sink {
        void add(long seed, Map<String, String> values) throws IOException;
    }

    /// Gives all samples.
    interface Making {
        void into(Sink sink) throws IOException;
    }

    Path path() {
        return Objects.requireNonNull(given, "picocli asks for it")
                .toAbsolutePath()
                .normalize();
    }

    /// Asked before the work begins.
    ///
    /// @throws ProblemException `output.exists`, `output.is_a_folder`, `output.not_a_folder`
    void check(boolean pictures) {
        Path path = path();
        if (!pictures && Files.isDirectory(path)) {
            throw new ProblemException(
                    Problem.of("output.is_a_folder", path + " is a folder").remedy("Name a file after -o"));
        }
        if (pictures && Files.isRegularFile(path)) {
            throw new ProblemException(
                    Problem.of("output.not_a_folder", path + " is a file").remedy("Name a folder after -o"));
        }
        if (pictures && Files.exists(path) && !Files.isRegularFile(path.resolve(SIDECAR))) {
            throw new ProblemException(Problem.of("output.exists", path + " exists, and holds no samples")
                    .remedy("Name another folder; --force replaces folders of samples alone"));
        }
        if (Files.exists(path) && !force) {
            throw new ProblemException(Problem.of("output.exists", path + " exists")
                    .remedy("Name another place, or add --force to replace it"));
        }
    }

    void write(boolean pictures, ModelPackage model, Making making) {
        Path beside = path().resolveSibling(path().getFileName() + ".part");
        try {
            delete(beside);
            try {
                if (pictures) {
                    pictures(beside, model, making);
                    delete(path());
                } else {
                    rows(beside, making);
                }
                Files.move(beside, path(), StandardCopyOption.REPLACE_EXISTING);
            } finally {
                delete(beside);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(path() + " cannot be written", e);
        }
    }

    private static void rows(Path file, Making making) throws IOException {
        try (CsvWriter csv = CsvWriter.builder().build(file)) {
            boolean[] begun = {false};
            making.into((_, values) -> {
                if (!begun[0]) {
                    List<String> header = new ArrayList<>(values.keySet());
                    header.add(values.containsKey(MARK) ? MARK + "_row" : MARK);
                    csv.writeRecord(header);
                    begun[0] = true;
                }
                List<String> cells = new ArrayList<>(values.values());
                cells.add("true");
                csv.writeRecord(cells);
            });
        }
    }

    private static void pictures(Path folder, ModelPackage model, Making making) throws IOException {
        Files.createDirectories(folder);
        List<Map<String, Object>> made = new ArrayList<>();
        making.into((seed, values) -> {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("seed", seed);
            for (Map.Entry<String, String> value : values.entrySet()) {
                int comma = value.getValue().indexOf(',');
                if (value.getValue().startsWith("data:image/png;base64,")) {
                    String name = String.format(Locale.ROOT, "sample-%06d.png", made.size());
                    Files.write(
                            folder.resolve(name),
                            Base64.getDecoder().decode(value.getValue().substring(comma + 1)));
                    entry.put(value.getKey(), name);
                } else {
                    entry.put(value.getKey(), value.getValue());
                }
            }
            made.add(entry);
        });
        Map<String, Object> document = new LinkedHashMap<>();
        document.put(MARK, true);
        document.put("model", model.manifest().name());
        document.put("version", model.version().hex());
        document.put("samples", made);
        Files.writeString(folder.resolve(SIDECAR), Json.pretty(document));
    }

    private static void delete(Path path) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failed) throws IOException {
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
