package dev.sampan.spec.internal;

import dev.sampan.kernel.Nearest;
import dev.sampan.spec.DataSpec;
import dev.sampan.spec.DataSpec.InputFeature;
import dev.sampan.spec.DataSpec.InputType;
import dev.sampan.spec.DataSpec.OutputFeature;
import dev.sampan.spec.ImageSpec;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whether the files and columns a specification names are there: a look at names and first lines, before hours
/// of work. Reading the rows is the room `data`'s.
final class SourceCheck {
    private static final Set<String> LATER = Set.of("sql", "hf", "oss", "registry", "ftp");
    private static final Set<String> REMOTE = Set.of("http", "https", "s3", "jdbc");
    private static final String FROM_HERE = "Paths start at the folder of the specification";
    /// Between a dataset_info.json and one of its names.
    private static final String NAME_IN_LIST = ".json#";

    private static final int COLUMNS_SHOWN = 12;

    private final DataSpec data;
    private final Path folder;
    private final Reading reading;

    private SourceCheck(DataSpec data, Path folder, Reading reading) {
        this.data = data;
        this.folder = folder;
        this.reading = reading;
    }

    static void check(DataSpec data, Path folder, Reading reading) {
        SourceCheck check = new SourceCheck(data, folder, reading);
        check.source("data.dataset", data.dataset(), true);
        String test = data.testDataset();
        if (test != null) {
            check.source("data.test_dataset", test, false);
        }
    }

    /// The columns of the first file of `data.dataset`; empty where they are not certain before the rows are read.
    static List<String> header(DataSpec data, Path folder) {
        if (!data.source().header()) {
            return data.source().columns();
        }
        int colon = data.dataset().indexOf(':');
        boolean remote = colon > 1 && REMOTE.contains(data.dataset().substring(0, colon));
        List<Path> files =
                remote || data.source().query() != null ? List.of() : Sources.matching(folder, data.dataset());
        if (files.isEmpty()) {
            return List.of();
        }
        List<List<String>> headers = Header.of(files.getFirst(), data.format(), data.encoding());
        OutputFeature output = data.output();
        return headers.stream()
                .filter(header -> output == null || header.contains(output.name()))
                .findFirst()
                .orElse(List.of());
    }

    static String shown(List<String> columns) {
        return String.join(
                        ", ",
                        columns.stream().limit(COLUMNS_SHOWN).map(Scalars::cut).toList())
                + (columns.size() > COLUMNS_SHOWN ? ", …" : "");
    }

    private void source(String key, String pattern, boolean split) {
        int colon = pattern.indexOf(':');
        String scheme = colon > 1 ? pattern.substring(0, colon) : "";
        if (LATER.contains(scheme)) {
            problem(
                    key,
                    Spot.NOT_YET,
                    "Data from '" + scheme + ":' is not in this version",
                    "Name files, or an https:, s3: or jdbc: address");
            return;
        }
        if (REMOTE.contains(scheme)) {
            if (scheme.equals("jdbc") && data.source().query() == null) {
                problem(key, "spec.missing_key", "A database needs the query that makes the rows", "Add 'query: …'");
            }
            return;
        }
        String path = pattern.contains(NAME_IN_LIST) ? pattern.substring(0, pattern.lastIndexOf('#')) : pattern;
        if (isFolder(path)
                && (readsImages() || Files.exists(folder.resolve(path).resolve("dataset_info.json")))) {
            return;
        }
        List<Path> files = Sources.matching(folder, path);
        if (files.isEmpty()) {
            missing(key, path);
            return;
        }
        Path first = files.getFirst();
        if (!first.getFileName().toString().equals("dataset_info.json")
                && data.source().query() == null) {
            columns(first, split);
        }
    }

    private boolean readsImages() {
        return data.inputFeatures().stream().anyMatch(input -> input.type() == InputType.IMAGE);
    }

    private void columns(Path first, boolean split) {
        List<List<String>> headers = data.source().header()
                ? Header.of(first, data.format(), data.encoding())
                : List.of(data.source().columns());
        if (headers.isEmpty()) {
            return;
        }
        for (int i = 0; i < data.inputFeatures().size(); i++) {
            InputFeature input = data.inputFeatures().get(i);
            String key = "data.input_features." + i;
            if (input.preprocessing() instanceof ImageSpec image && image.pixels() != null) {
                column(
                        key + ".preprocessing.pixels.columns",
                        image.pixels().names().getFirst(),
                        first,
                        headers);
            } else if (!Wildcards.isPattern(input.name())) { // else it was looked up, and told where it fits nothing
                column(key + ".name", input.name(), first, headers);
            }
        }
        if (data.output() != null) {
            column("data.output_features.0.name", data.output().name(), first, headers);
        }
        String splitColumn = data.split().column();
        if (split && splitColumn != null) {
            column("data.split.column", splitColumn, first, headers);
        }
    }

    private void missing(String key, String pattern) {
        String shown = Scalars.quoted(pattern);
        if (Sources.isGlob(pattern)) {
            problem(key, "spec.missing_file", "No file matches " + shown + " in " + folder, FROM_HERE);
            return;
        }
        if (isFolder(pattern)) {
            problem(key, "spec.missing_file", shown + " is a folder, not a file", "Write " + pattern + "/*.csv");
            return;
        }
        String near = Sources.near(folder, pattern);
        problem(
                key,
                "spec.missing_file",
                "There is no file " + shown + " in " + folder,
                near == null ? FROM_HERE : "Did you mean '" + near + "'?");
    }

    private boolean isFolder(String pattern) {
        try {
            return Files.isDirectory(folder.resolve(pattern));
        } catch (InvalidPathException _) {
            return false;
        }
    }

    /// Present when any reading of the header has it.
    private void column(String key, String name, Path file, List<List<String>> headers) {
        if (headers.stream().anyMatch(header -> header.contains(name))) {
            return;
        }
        List<String> columns = headers.getFirst();
        String near = Nearest.of(name, columns);
        problem(
                key,
                "spec.missing_column",
                file.getFileName() + " has no column " + Scalars.quoted(name) + "; it has: " + shown(columns),
                near == null ? null : "Did you mean '" + near + "'?");
    }

    private void problem(String key, String code, String sentence, @Nullable String remedy) {
        Place place = reading.place(key);
        reading.problem(place == null ? Objects.requireNonNull(reading.place("data")) : place, code, sentence, remedy);
    }
}
