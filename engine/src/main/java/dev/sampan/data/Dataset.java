package dev.sampan.data;

import dev.sampan.kernel.Sha256;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// One immutable, checked, cleaned and split version of a data set, on disk.
///
/// @param folder holds `dataset.json`, one `<split>.jsonl` for each split, rows in source order, and the
///     pictures as `files/<sha256>.<ending>`, by which a row names them
/// @param version hash of the rows with their splits: equal for equal data and equal preparation
/// @param inputs names of the input columns; a row's values are the inputs followed by the label
/// @param output name of the column answered; empty for none
/// @param labels the categories or the kinds of spans, sorted; empty for a number or no answer
/// @param rows count for each split
public record Dataset(
        Path folder,
        Sha256 version,
        List<String> inputs,
        String output,
        List<String> labels,
        Map<Split, Long> rows,
        QualityReport quality,
        Provenance provenance) {
    public Dataset {
        inputs = List.copyOf(inputs);
        labels = List.copyOf(labels);
        rows = Map.copyOf(rows);
    }

    /// Rows of one split, 0 when it has none.
    public long count(Split split) {
        return rows.getOrDefault(split, 0L);
    }
}
