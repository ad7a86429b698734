package dev.sampan.data.internal.source;

import dev.sampan.data.Provenance.SourceFile;
import dev.sampan.spec.DataSpec.Format;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// A file of text.
record TextSource(SourceText text, Format format, Reading reading, Stored stored) implements RowSource {
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
        return text.bytes();
    }

    @Override
    public @Nullable Path folder() {
        return text.file().toAbsolutePath().getParent();
    }

    @Override
    public SourceRows open(@Nullable List<String> wanted, LongConsumer read) {
        return new ReadAhead(Rows.open(text, format, reading, wanted, read), this::place);
    }

    @Override
    public SourceFile provenance(long rows) {
        return stored.provenance(
                new Stored.Given(text.bytes(), text.sha256()), text.charset().name(), rows);
    }
}
