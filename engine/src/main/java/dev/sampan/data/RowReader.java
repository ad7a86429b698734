package dev.sampan.data;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rows one after another, never all at once.
public interface RowReader extends AutoCloseable {
    /// Column names, in the order of every row's values.
    List<String> columns();

    /// The next row, or null after the last.
    ///
    /// @throws dev.sampan.kernel.ProblemException when the file is not what it should be, with file and line
    @Nullable
    Row next() throws IOException;

    @Override
    void close() throws IOException;
}
