package dev.sampan.spec;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the files of block `data` are read.
///
/// @param delimiter what stands between the fields of a line; null: as the name's ending and the header tell
/// @param header the first line names the columns
/// @param columns their names when no line does
/// @param missingValues how a value that is not there is written, besides the empty text
/// @param query SQL that makes the rows: over the files as table `data`, or run by the database of a `jdbc:`
///     URL
/// @param checksum `sha256:…` of the one file; null when it is not checked
/// @param licence under which the data may be used: an SPDX identifier or a sentence
public record SourceSpec(
        @Nullable Character delimiter,
        boolean header,
        List<String> columns,
        List<String> missingValues,
        @Nullable String query,
        @Nullable String checksum,
        @Nullable String licence) {
    /// Files that say all themselves.
    public static final SourceSpec PLAIN = new SourceSpec(null, true, List.of(), List.of(), null, null, null);

    public SourceSpec {
        columns = List.copyOf(columns);
        missingValues = List.copyOf(missingValues);
    }
}
