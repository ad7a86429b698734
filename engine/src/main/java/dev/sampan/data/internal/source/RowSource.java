package dev.sampan.data.internal.source;

import dev.sampan.data.Provenance.SourceFile;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// Something whose rows can be read: a file, a folder of images, the answer of a query.
public interface RowSource {
    /// Without its folder, for messages.
    String name();

    /// Where it is: equal for one source named twice.
    String identity();

    /// For progress: bytes that [#open] will tell of, 0 when that is not known.
    long bytes();

    /// Where a row stands, for messages.
    ///
    /// @param line as [SourceRows#line] said
    default String place(long line) {
        return name() + " line " + line;
    }

    /// The folder in which paths of images start; null where a row may not name a file.
    default @Nullable Path folder() {
        return null;
    }

    /// @param wanted columns to read, in this order; null for all there are
    /// @param read told the bytes of each piece read
    SourceRows open(@Nullable List<String> wanted, LongConsumer read);

    /// What is kept about it.
    SourceFile provenance(long rows);
}
