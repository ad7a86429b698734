package dev.sampan.spec.internal;

import dev.sampan.spec.ColumnRange;
import dev.sampan.spec.DataSpec;
import dev.sampan.spec.SourceSpec;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The keys of block `data` that say how files are read: they stand flat beside `dataset`.
final class SourceTable {
    private static final Pattern CHECKSUM = Pattern.compile("sha256:[0-9a-f]{64}");

    private final Field<DataSpec, Character> delimiter = Field.nullable(
            "delimiter",
            new DelimiterType(),
            "What stands between the fields of a line: one letter, or tab, space; null: as ending and header tell",
            data -> data.source().delimiter());
    private final Field<DataSpec, Boolean> header = Field.of(
            "header",
            TextTypes.truth(),
            true,
            "Whether the first line names the columns",
            data -> data.source().header());
    private final Field<DataSpec, List<String>> columns = Field.of(
            "columns",
            new ListType<>(TextTypes.text(), "names", 0, 4096),
            List.of(),
            "Names of the columns when no line names them, in order; p0..p783 names them all",
            data -> data.source().columns());
    private final Field<DataSpec, List<String>> missingValues = Field.of(
            "missing_values",
            new ListType<>(new WrittenType(), "texts", 0, 32),
            List.of(),
            "How a value that is not there is written, such as '?' or 'NA'; the empty text always counts",
            data -> data.source().missingValues());
    private final Field<DataSpec, String> query = Field.nullable(
            "query",
            new QueryType(),
            "SQL that makes the rows: over the files as table 'data', or run by the database of a jdbc: URL",
            data -> data.source().query());
    private final Field<DataSpec, String> checksum = Field.nullable(
            "checksum",
            TextTypes.text(),
            "sha256:… of the one file that dataset names; another content is refused",
            data -> data.source().checksum());
    private final Field<DataSpec, String> licence = Field.nullable(
                    "licence",
                    TextTypes.text(),
                    "Under which the data may be used, an SPDX identifier or a sentence; kept with every model made"
                            + " from it",
                    (DataSpec data) -> data.source().licence())
            .alias("license");

    List<Field<DataSpec, ?>> fields() {
        return List.of(delimiter, header, columns, missingValues, query, checksum, licence);
    }

    @Nullable
    SourceSpec read(Values values) {
        List<String> names = values.get(columns).stream()
                .flatMap(name -> ColumnRange.names(name).stream())
                .toList();
        if (values.get(header) != names.isEmpty()) {
            values.problem(
                    values.get(header) ? "columns" : "header",
                    Spot.OUT_OF_RANGE,
                    values.get(header)
                            ? "'columns' names columns that the first line names already"
                            : "Without a header the columns have no names",
                    values.get(header) ? "Leave 'columns' out, or write 'header: false'" : "Add 'columns: [a, b, …]'");
            return null;
        }
        String sum = values.find(checksum);
        if (sum != null && !CHECKSUM.matcher(sum).matches()) {
            values.problem(
                    "checksum",
                    Spot.OUT_OF_RANGE,
                    "The checksum is " + Scalars.quoted(sum),
                    "Write 'sha256:' and 64 of the letters 0-9, a-f");
            return null;
        }
        return new SourceSpec(
                values.find(delimiter),
                values.get(header),
                names,
                values.get(missingValues),
                values.find(query),
                sum,
                values.find(licence));
    }
}
