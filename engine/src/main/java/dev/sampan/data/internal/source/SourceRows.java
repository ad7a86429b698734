package dev.sampan.data.internal.source;

import dev.sampan.data.Row;
import dev.sampan.data.RowReader;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rows that know on which line of the file the last one began.
public interface SourceRows extends RowReader {
    /// From 1.
    long line();

    /// Values of the next row without its place, or null after the last.
    default @Nullable List<String> values() throws IOException {
        Row row = next();
        return row == null ? null : row.values();
    }
}
