package dev.sampan.data.internal.source;

import dev.sampan.data.Provenance.SourceFile;
import dev.sampan.data.internal.source.Stored.Given;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// A Parquet file.
///
/// @param work for what does not fit into memory
record ParquetSource(Stored stored, Given given, Path work) implements RowSource {
    @Override
    public String name() {
        return stored.name();
    }

    @Override
    public String identity() {
        return stored.identity();
    }

    @Override
    public long bytes() {
        return given.bytes();
    }

    @Override
    public String place(long line) {
        return stored.name() + " row " + line;
    }

    @Override
    public @Nullable Path folder() {
        return stored.file().toAbsolutePath().getParent();
    }

    @Override
    public SourceRows open(@Nullable List<String> wanted, LongConsumer read) {
        try {
            return Duck.parquet(stored, work, wanted);
        } catch (IOException e) {
            throw IoProblems.reading(stored.file(), e);
        }
    }

    @Override
    public SourceFile provenance(long rows) {
        return stored.provenance(given, "parquet", rows);
    }
}
