package dev.sampan.data.internal.source;

import dev.sampan.data.RowReader;

/// Rows that know on which line of the file the last one began.
public interface SourceRows extends RowReader {
    /// From 1.
    long line();
}
