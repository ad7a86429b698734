package dev.sampan.data.internal.prepare;

import dev.sampan.data.Provenance.SourceFile;
import dev.sampan.data.Row;
import dev.sampan.data.Split;
import dev.sampan.data.TextCleaner;
import dev.sampan.data.internal.source.Rows;
import dev.sampan.data.internal.source.SourceRows;
import dev.sampan.data.internal.source.SourceText;
import dev.sampan.kernel.Progress;
import dev.sampan.spec.DataSpec;
import dev.sampan.spec.DataSpec.InputFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Reads the sources once, in order: cleans each row, drops the empty and the unlabelled, watches, stores.
final class Ingest {
    /// Separates inputs in the text that is hashed, so that `a` + `bc` is not `ab` + `c`.
    private static final char UNIT_SEPARATOR = '\u001F';

    /// One file to read.
    ///
    /// @param heldOut it is part of `test_dataset`
    record Source(SourceText text, boolean heldOut) {}

    /// What was read.
    record Result(
            RowStore rows,
            List<String> labels,
            List<SourceFile> files,
            long read,
            long empty,
            long missingLabel,
            List<String> missingLabelExamples,
            List<ColumnWatch> columns,
            LeakWatch leaks) {}

    /// Where a row stands, and where in it.
    ///
    /// @param output index of the label
    /// @param column index of the value whose hash splits, or −1 for the inputs
    private record Place(int output, int column, boolean heldOut, int file, long line) {}

    private final DataSpec spec;
    private final Progress progress;
    private final List<String> inputs;
    private final String output;
    private final TextCleaner cleaner;
    private final HashSplit split;
    private final Labels labels = new Labels();
    private final List<ColumnWatch> columns;
    private final LeakWatch leaks = new LeakWatch();
    private final List<String> missingLabelExamples = new ArrayList<>();
    private final AtomicLong bytesRead = new AtomicLong();
    private long read;
    private long empty;
    private long missingLabel;

    Ingest(DataSpec spec, Progress progress) {
        this.spec = spec;
        this.progress = progress;
        this.inputs = spec.inputFeatures().stream().map(InputFeature::name).toList();
        this.output = spec.outputFeatures().getFirst().name();
        this.cleaner = new TextCleaner(spec.clean());
        this.split = new HashSplit(spec.split(), spec.testDataset() != null);
        this.columns = inputs.stream().map(ColumnWatch::new).toList();
    }

    Result run(List<Source> sources, Path folder) throws IOException {
        long bytes = sources.stream().mapToLong(source -> source.text().bytes()).sum();
        List<String> names =
                sources.stream().map(source -> source.text().name()).toList();
        List<SourceFile> files = new ArrayList<>();
        try (RowStore.Writer store = new RowStore.Writer(folder, names, inputs.size())) {
            for (int file = 0; file < sources.size(); file++) {
                SourceText text = sources.get(file).text();
                long before = read;
                readFile(sources.get(file), file, store, bytes);
                files.add(new SourceFile(
                        text.name(), text.bytes(), text.sha256(), text.charset().name(), read - before));
            }
            return new Result(
                    store.finish(),
                    labels.names(),
                    files,
                    read,
                    empty,
                    missingLabel,
                    missingLabelExamples,
                    columns,
                    leaks);
        }
    }

    private void readFile(Source source, int file, RowStore.Writer store, long bytes) throws IOException {
        @Nullable String column = source.heldOut() ? null : spec.split().column();
        Set<String> wanted = new LinkedHashSet<>(inputs);
        wanted.add(output);
        if (column != null) {
            wanted.add(column);
        }
        List<String> order = List.copyOf(wanted);
        int label = order.indexOf(output);
        int key = column == null ? -1 : order.indexOf(column);
        try (SourceRows rows = Rows.open(source.text(), spec.format(), order, bytesRead::addAndGet)) {
            for (Row row = rows.next(); row != null; row = rows.next()) {
                RowStore.Entry entry = entry(row, new Place(label, key, source.heldOut(), file, rows.line()));
                if (entry != null) {
                    store.add(entry);
                }
                if ((++read & 0x3FF) == 0) {
                    tell(bytes);
                    Similarity.refuseTooMany(store.size() + 1L);
                }
            }
        }
        tell(bytes);
    }

    private void tell(long bytes) {
        progress.at("read", Math.min(bytes, bytesRead.get()), bytes, read + " rows");
        if (progress.cancelled()) {
            throw new CancellationException("cancelled while reading");
        }
    }

    private RowStore.@Nullable Entry entry(Row row, Place place) {
        List<String> texts = new ArrayList<>(inputs.size());
        boolean anything = false;
        for (int i = 0; i < inputs.size(); i++) {
            String text = cleaner.clean(row.values().get(i));
            texts.add(text);
            anything |= !text.isBlank();
        }
        String name = row.values().get(place.output()).strip();
        int label = name.isEmpty() ? -1 : labels.number(name, row.origin());
        for (int i = 0; i < texts.size(); i++) {
            columns.get(i).observe(texts.get(i), label, row.origin());
        }
        if (!anything) {
            empty++;
            return null;
        }
        if (label < 0) {
            missingLabel++;
            if (missingLabelExamples.size() < Quality.EXAMPLES_MAX) {
                missingLabelExamples.add(row.origin());
            }
            return null;
        }
        leaks.observe(texts, label, name, row.origin());
        HashSplit.Hashes hashes = split.of(texts.size() == 1 ? texts.getFirst() : key(texts));
        long side = place.column() < 0
                ? hashes.side()
                : split.of(row.values().get(place.column()).strip()).side();
        Split to = place.heldOut() ? Split.TEST : split.split(side);
        return new RowStore.Entry(texts, label, hashes.identity(), to, place.heldOut(), place.file(), place.line());
    }

    private static String key(List<String> texts) {
        return String.join(String.valueOf(UNIT_SEPARATOR), texts);
    }
}
