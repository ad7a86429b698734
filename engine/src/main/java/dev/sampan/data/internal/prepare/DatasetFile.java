package dev.sampan.data.internal.prepare;

import dev.sampan.data.Dataset;
import dev.sampan.data.Provenance;
import dev.sampan.data.QualityReport;
import dev.sampan.data.Split;
import dev.sampan.kernel.Json;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `dataset.json`, format 1.
///
/// @param output name of the column answered; empty for none
/// @param version SHA-256 of the JSON list [inputs, output, labels, content hash of each split by name]
public record DatasetFile(
        int format,
        Sha256 version,
        List<String> inputs,
        String output,
        List<String> labels,
        Map<Split, SplitFile> splits,
        QualityReport quality,
        Provenance provenance) {
    public static final String NAME = "dataset.json";

    private static final int FORMAT = 1;

    /// One `<split>.jsonl`.
    ///
    /// @param sha256 of the file, which names the places where rows came from
    /// @param content of the rows alone: for each, every input and the label as UTF-8 after its length in 4
    ///     bytes
    public record SplitFile(long rows, long bytes, Sha256 sha256, Sha256 content) {}

    static DatasetFile of(
            List<String> inputs,
            String output,
            List<String> labels,
            Map<Split, SplitFile> splits,
            QualityReport quality,
            Provenance provenance) {
        return new DatasetFile(
                FORMAT, version(inputs, output, labels, splits), inputs, output, labels, splits, quality, provenance);
    }

    private static Sha256 version(
            List<String> inputs, String output, List<String> labels, Map<Split, SplitFile> splits) {
        Map<Split, String> content = new EnumMap<>(Split.class);
        splits.forEach((split, file) -> content.put(split, file.content().hex()));
        return Sha256.of(Json.write(List.of(inputs, output, labels, content)));
    }

    Dataset in(Path folder) {
        Map<Split, Long> rows = new EnumMap<>(Split.class);
        splits.forEach((split, file) -> rows.put(split, file.rows()));
        return new Dataset(folder, version, inputs, output, labels, rows, quality, provenance);
    }

    /// Reads a folder and holds its files against their hashes.
    ///
    /// @throws ProblemException `data.corrupt`, `data.not_found`, `data.newer`
    public static Dataset open(Path folder) {
        Path file = folder.resolve(NAME);
        if (!Files.isRegularFile(file)) {
            throw new ProblemException(Problem.of("data.not_found", "This is no data set folder: it has no " + NAME)
                    .at(folder.toString()));
        }
        try {
            DatasetFile stored = Json.read(Files.readString(file), DatasetFile.class);
            if (stored.format() > FORMAT) {
                throw new ProblemException(Problem.of(
                                "data.newer",
                                "Format " + stored.format() + " was written by a newer version; this one reads "
                                        + FORMAT)
                        .at(file.toString()));
            }
            stored.verify(folder);
            return stored.in(folder);
        } catch (ProblemException e) {
            throw e.problems().getFirst().code().startsWith("data.") ? e : corrupt(file, e);
        } catch (IOException | NullPointerException | IllegalArgumentException e) {
            throw corrupt(file, e);
        }
    }

    private void verify(Path folder) throws IOException {
        if (!version.equals(version(inputs, output, labels, splits))) {
            throw new IllegalArgumentException("the version is not the hash of what is listed");
        }
        for (Split split : Split.values()) {
            SplitFile listed = splits.get(split);
            Path file = folder.resolve(SplitWriter.name(split));
            if (listed == null || !Files.isRegularFile(file) || !Sha256.of(file).equals(listed.sha256())) {
                throw corrupt(file, null);
            }
        }
    }

    private static ProblemException corrupt(Path file, @Nullable Exception cause) {
        ProblemException problem = new ProblemException(
                Problem.of("data.corrupt", "The file is not the one that was written with this data set")
                        .at(file.toString())
                        .remedy("Prepare the data set again"));
        if (cause != null) {
            problem.initCause(cause);
        }
        return problem;
    }
}
