package dev.sampan.data;

import dev.sampan.data.NamedTensors.Declared;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// What was fitted on the training rows: an immutable value that travels in the package and is applied alike in
/// training, evaluation and serving. Safe for many threads.
public sealed interface Features
        permits TextFeatures, TagFeatures, ColumnFeatures, InteractionFeatures, SeriesFeatures, SampleFeatures {
    /// Name of the file in a package.
    String FILE = "features.json";

    /// Names of the input columns.
    List<String> inputs();

    /// Names of columns that a row may have besides.
    default List<String> optionalInputs() {
        return List.of();
    }

    /// What the model answers.
    Target target();

    /// The categories, in the order of the model's outputs; none where it answers no category.
    default List<String> labels() {
        return target().labels();
    }

    /// What the graph reads: the tensors that [#encode] makes.
    List<Declared> tensors();

    /// The graph's inputs for some rows.
    ///
    /// @param rows values by column name
    /// @throws dev.sampan.kernel.ProblemException `input.missing_column` with the nearest name when one is absent,
    ///     `input.invalid` when a value cannot be what its column holds
    NamedTensors encode(List<Map<String, String>> rows);

    /// About how long a row keeps the graph busy, beside other rows: rows of like cost share a batch. 0 where all rows
    /// cost the same.
    default long cost(Map<String, String> row) {
        return 0;
    }

    /// A row that stands for any, for the package's input example.
    Map<String, String> example();

    /// Writes [#FILE] (and `tokenizer.json` for subwords) into a folder.
    void write(Path folder);

    /// Reads what [#write] wrote.
    ///
    /// @throws dev.sampan.kernel.ProblemException `model.corrupt`; `model.newer` for a format of a later version
    static Features read(Path folder) {
        return FeaturesFile.read(folder);
    }
}
