package dev.sampan.data.internal.source;

import dev.sampan.kernel.Nearest;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.spec.DataSpec.Format;
import java.util.List;
import java.util.Locale;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// Opens a file by its format.
public final class Rows {
    private Rows() {}

    /// @param wanted columns to read, in this order; null for all there are
    /// @param read told the bytes of each piece read
    /// @throws ProblemException `data.unknown_format`, `data.missing_column`, `data.header_only`, and what is
    ///     wrong in the header
    static SourceRows open(
            SourceText text, Format format, Reading reading, @Nullable List<String> wanted, LongConsumer read) {
        return switch (format) {
            case JSONL -> JsonlRows.open(text, reading.nested(), wanted, read);
            case CSV, AUTO -> CsvRows.open(text, reading.spec(), wanted, read);
            case JSON, PARQUET, CONLL, IMAGES -> throw new IllegalArgumentException(format.name());
        };
    }

    /// The format that `auto` means for a file of this name.
    static Format resolve(String name, Format format) {
        if (format != Format.AUTO) {
            return format;
        }
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return switch (ending) {
            case "csv", "tsv", "tab", "txt", "data" -> Format.CSV;
            case "jsonl", "ndjson", "json" -> Format.JSONL;
            default ->
                throw new ProblemException(
                        Problem.of("data.unknown_format", "The name's ending '." + ending + "' tells no format")
                                .at(name)
                                .remedy("Use .csv, .tsv or .jsonl, or set data.format to csv or jsonl"));
        };
    }

    /// Index of each wanted column.
    static int[] indices(SourceText text, List<String> columns, List<String> wanted) {
        return wanted.stream()
                .mapToInt(name -> {
                    int index = columns.indexOf(name);
                    if (index < 0) {
                        throw new ProblemException(Nearest.remedy(
                                Problem.of("data.missing_column", "There is no column '" + name + "'")
                                        .at(text.name()),
                                name,
                                columns));
                    }
                    return index;
                })
                .toArray();
    }
}
