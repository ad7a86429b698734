package dev.sampan.data.internal.source;

import dev.sampan.data.Provenance.SourceFile;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// A file that `dataset_info.json` describes.
record LlamaSource(DatasetInfo info, RowSource file) implements RowSource {
    @Override
    public String name() {
        return file.name();
    }

    @Override
    public String identity() {
        return file.identity();
    }

    @Override
    public long bytes() {
        return file.bytes();
    }

    @Override
    public String place(long line) {
        return file.place(line);
    }

    @Override
    public @Nullable Path folder() {
        return file.folder();
    }

    @Override
    public SourceRows open(@Nullable List<String> wanted, LongConsumer read) {
        return new LlamaRows(info, file.open(null, read), wanted);
    }

    @Override
    public SourceFile provenance(long rows) {
        return file.provenance(rows);
    }
}
