package dev.sampan.data.internal.source;

import dev.sampan.kernel.Nearest;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.spec.DataSpec.Format;
import java.io.IOException;
import java.io.Reader;
import java.util.List;
import java.util.Locale;
import java.util.Set;
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
            case JSONL, JSON -> objects(text, format, reading, wanted, read);
            case CONLL -> ConllRows.open(text, wanted, read);
            case CSV, AUTO -> CsvRows.open(text, reading.spec(), wanted, read);
            case PARQUET, IMAGES -> throw new IllegalArgumentException(format.name());
        };
    }

    /// A `.json` is a list of objects when it begins as one, and otherwise an object on each line.
    private static SourceRows objects(
            SourceText text, Format format, Reading reading, @Nullable List<String> wanted, LongConsumer read) {
        JsonFields fields = new JsonFields(wanted, reading.nested());
        try {
            Reader reader = text.open(read);
            ObjectRows.Objects objects = format == Format.JSON && isList(text)
                    ? new ListObjects(text.name(), reader, fields)
                    : new LineObjects(text.name(), new Lines(reader, text.name()), fields);
            return ObjectRows.of(text, objects, fields, wanted);
        } catch (IOException e) {
            throw IoProblems.reading(text.file(), e);
        }
    }

    private static boolean isList(SourceText text) throws IOException {
        try (Reader reader = text.open(_ -> {})) {
            for (int c = reader.read(); c >= 0; c = reader.read()) {
                if (!Character.isWhitespace(c)) {
                    return c == '[';
                }
            }
            return false;
        }
    }

    /// The format that `auto` means for a file of this name.
    static Format resolve(String name, Format format) {
        if (format != Format.AUTO) {
            return format;
        }
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return switch (ending) {
            case "csv", "tsv", "tab", "txt", "data" -> Format.CSV;
            case "jsonl", "ndjson" -> Format.JSONL;
            case "json" -> Format.JSON;
            case "parquet", "pq" -> Format.PARQUET;
            case "conll", "bio", "iob", "bio2" -> Format.CONLL;
            default ->
                throw new ProblemException(
                        Problem.of("data.unknown_format", "The name's ending '." + ending + "' tells no format")
                                .at(name)
                                .remedy("Use .csv, .tsv, .jsonl, .json, .parquet, .conll or .zip, or set data.format"));
        };
    }

    /// Whether a file of this name holds rows.
    static boolean isTable(String name) {
        String bare = name.toLowerCase(Locale.ROOT).endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
        String ending = bare.substring(bare.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return Set.of("csv", "tsv", "tab", "jsonl", "ndjson", "json", "parquet", "conll", "bio")
                .contains(ending);
    }

    /// Index of each wanted column.
    static int[] indices(String file, List<String> columns, List<String> wanted) {
        return wanted.stream()
                .mapToInt(name -> {
                    int index = columns.indexOf(name);
                    if (index < 0) {
                        throw new ProblemException(Nearest.remedy(
                                Problem.of("data.missing_column", "There is no column '" + name + "'")
                                        .at(file),
                                name,
                                columns));
                    }
                    return index;
                })
                .toArray();
    }
}
