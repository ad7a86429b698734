package dev.sampan.data.internal.source;

import dev.sampan.kernel.Progress;
import dev.sampan.spec.DataSpec;
import dev.sampan.spec.DataSpec.Format;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;

/// From what a specification names to sources whose rows can be read, in the order in which they are to be
/// read.
public final class SourceOpener {
    private final DataSpec data;
    private final Path folder;
    private final Progress progress;
    private final AtomicLong scanned = new AtomicLong();

    /// @param folder where a relative path starts
    public SourceOpener(DataSpec data, Path folder, Progress progress) {
        this.data = data;
        this.folder = folder;
        this.progress = progress;
    }

    /// A file by itself.
    ///
    /// @param encoding `auto` or a name Java knows
    public static RowSource one(Path file, Format format, String encoding) {
        SourceText text = SourceText.of(file, encoding, _ -> {});
        return new TextSource(text, Rows.resolve(text.name(), format), Reading.PLAIN, Stored.local(file));
    }

    /// At least one.
    ///
    /// @param pattern `dataset` or `test_dataset` of the specification
    public List<RowSource> open(String pattern) {
        List<RowSource> sources = new ArrayList<>();
        for (Path file : Sources.find(folder, pattern)) {
            sources.add(open(Stored.local(file)));
        }
        return sources;
    }

    private RowSource open(Stored stored) {
        SourceText text = SourceText.of(stored.file(), stored.name(), data.encoding(), piece -> {
            progress.at("scan", scanned.addAndGet(piece), 0, stored.name());
            if (progress.cancelled()) {
                throw new CancellationException("cancelled while scanning");
            }
        });
        return new TextSource(text, Rows.resolve(stored.name(), data.format()), Reading.of(data), stored);
    }
}
