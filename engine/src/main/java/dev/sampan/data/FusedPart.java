package dev.sampan.data;

import java.util.ArrayList;
import java.util.List;

/// One part of a fused model: what has a branch of its own.
///
/// @param name of the column; of the table `table`
/// @param columns the input columns it reads
public record FusedPart(String name, Kind kind, List<String> columns) {
    /// Name of the graph's output, (batch, parts) FLOAT, that says what each part had to do with an answer.
    public static final String SHARES = "shares";

    /// What a part reads.
    public enum Kind {
        TEXT,
        IMAGE,
        /// All columns of numbers, categories and dates together.
        TABLE
    }

    public FusedPart {
        columns = List.copyOf(columns);
    }

    /// In the order of the shares: texts and pictures in the order of their columns, then the table. None where the
    /// features are not those of a fused model.
    public static List<FusedPart> of(ColumnFeatures features) {
        List<FusedPart> parts = new ArrayList<>();
        List<String> table = new ArrayList<>();
        for (FittedColumn column : features.columns()) {
            switch (column) {
                case NgramColumn text -> parts.add(new FusedPart(text.name(), Kind.TEXT, List.of(text.name())));
                case OptionalImageColumn image ->
                    parts.add(new FusedPart(image.name(), Kind.IMAGE, List.of(image.name())));
                case FittedColumn.Numbers numbers -> table.add(numbers.name());
                case FittedColumn.Index index -> table.add(index.name());
                case FittedColumn.Own _ -> {
                    return List.of();
                }
            }
        }
        if (!parts.isEmpty() && !table.isEmpty()) {
            parts.add(new FusedPart("table", Kind.TABLE, table));
        }
        return parts;
    }
}
