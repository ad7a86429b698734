package dev.sampan.cli;

import dev.sampan.data.Datasets;
import dev.sampan.data.Row;
import dev.sampan.data.RowReader;
import dev.sampan.kernel.Nearest;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.model.ModelPackage;
import dev.sampan.runtime.Runtime;
import dev.sampan.spec.DataSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `DIR data.csv`: a model package and rows for it.
final class DataFile {
    @Parameters(index = "0", paramLabel = "DIR", descriptionKey = "parameter.package")
    private @Nullable Path folder;

    @Parameters(index = "1", paramLabel = "DATA", descriptionKey = "parameter.data")
    private @Nullable Path data;

    @Option(names = "--encoding", defaultValue = "auto", descriptionKey = "option.encoding")
    private String encoding = "auto";

    @Option(names = "--label", paramLabel = "COLUMN", descriptionKey = "option.label")
    private @Nullable String label;

    ModelPackage model() {
        return ModelPackage.open(Objects.requireNonNull(folder, "picocli asks for it"));
    }

    Path data() {
        return Objects.requireNonNull(data, "picocli asks for it");
    }

    /// Rows as they stand; of a folder its pictures.
    RowReader rows() {
        return Datasets.read(data(), DataSpec.Format.AUTO, encoding);
    }

    /// The same rows as the model is called with them: pictures instead of their paths.
    RowReader rows(ModelPackage model) {
        return rows(data(), encoding, model);
    }

    /// Of any file, as the model is called with them.
    static RowReader rows(Path data, String encoding, ModelPackage model) {
        Path start = Files.isDirectory(data) ? data : data.toAbsolutePath().getParent();
        return Datasets.calls(
                Datasets.read(data, DataSpec.Format.AUTO, encoding),
                model.features(),
                start == null ? Path.of("") : start);
    }

    /// Name of the column with the truth: as said by `--label`, else as in the data that the package was trained
    /// on; null where the model answers no column of its data.
    @Nullable
    String labelColumn(ModelPackage model) {
        if (label != null) {
            return label;
        }
        Object data = model.manifest().spec().get("data");
        if (data instanceof Map<?, ?> block && block.get("output_features") instanceof List<?> outputs) {
            if (outputs.isEmpty()) {
                return null;
            }
            if (outputs.getFirst() instanceof Map<?, ?> output && output.get("name") instanceof String name) {
                return name;
            }
        }
        throw new ProblemException(
                Problem.of("model.no_label_column", "The package does not say which column holds the label")
                        .remedy("Name it: --label COLUMN"));
    }

    /// [#labelColumn] of a verb that cannot do without.
    String truthColumn(ModelPackage model) {
        String column = labelColumn(model);
        if (column == null) {
            throw new ProblemException(Problem.of(
                            "model.no_label_column",
                            "The model answers no column of its data, so nothing holds the truth")
                    .remedy("Name it: --label COLUMN"));
        }
        return column;
    }

    /// What a row holds of the columns that the model reads or may read.
    static Map<String, String> inputs(RowReader rows, Row row, Runtime runtime) {
        Map<String, String> values = inputs(rows, row, runtime.inputs());
        for (String name : runtime.optionalInputs()) {
            int column = rows.columns().indexOf(name);
            if (column >= 0 && !row.values().get(column).isBlank()) {
                values.put(name, row.values().get(column));
            }
        }
        return values;
    }

    /// The values of the model's input columns in a row.
    static Map<String, String> inputs(RowReader rows, Row row, List<String> names) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String name : names) {
            int column = rows.columns().indexOf(name);
            if (column < 0) {
                String near = Nearest.of(name, rows.columns());
                throw new ProblemException(
                        Problem.of("input.missing_column", "The column '" + name + "' that the model reads is missing")
                                .remedy(
                                        near == null
                                                ? "The columns are " + rows.columns() + "; name one '" + name + "'"
                                                : "There is '" + near + "'; name it '" + name + "' in the header"));
            }
            values.put(name, row.values().get(column));
        }
        return values;
    }
}
