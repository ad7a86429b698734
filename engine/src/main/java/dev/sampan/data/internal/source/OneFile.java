package dev.sampan.data.internal.source;

import dev.sampan.data.Row;
import dev.sampan.data.RowReader;
import dev.sampan.kernel.Progress;
import dev.sampan.spec.DataSpec;
import dev.sampan.spec.DataSpec.Format;
import dev.sampan.spec.DataSpec.QualitySpec;
import dev.sampan.spec.SourceSpec;
import dev.sampan.spec.SplitSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rows of one file, outside any specification.
public final class OneFile implements RowReader {
    private final Workspace work;
    private final SourceRows rows;

    private OneFile(Workspace work, SourceRows rows) {
        this.work = work;
        this.rows = rows;
    }

    public static RowReader open(Path file, Format format, String encoding) {
        DataSpec data = new DataSpec(
                String.valueOf(file.getFileName()),
                null,
                format,
                encoding,
                List.of(),
                List.of(),
                new QualitySpec(List.of(), List.of()),
                List.of(),
                new SplitSpec(null, 1, 0, 0),
                SourceSpec.PLAIN);
        Workspace work = Workspace.temporary();
        try {
            SourceOpener opener = new SourceOpener(data, Path.of("").toAbsolutePath(), work, Progress.NONE);
            return new OneFile(work, opener.one(file).open(null, _ -> {}));
        } catch (RuntimeException e) {
            work.close();
            throw e;
        }
    }

    @Override
    public List<String> columns() {
        return rows.columns();
    }

    @Override
    public @Nullable Row next() throws IOException {
        return rows.next();
    }

    @Override
    public void close() throws IOException {
        try (work) {
            rows.close();
        }
    }
}
