package dev.sampan.data.internal.prepare;

import dev.sampan.data.Provenance.SourceFile;
import dev.sampan.data.Split;
import dev.sampan.data.internal.prepare.Answers.Answer;
import dev.sampan.data.internal.source.RowSource;
import dev.sampan.data.internal.source.SourceRows;
import dev.sampan.kernel.Progress;
import dev.sampan.spec.DataSpec;
import dev.sampan.spec.DataSpec.InputFeature;
import dev.sampan.spec.DataSpec.InputType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Reads the sources once, in order: cleans each row, drops the empty and the unlabelled, watches, stores.
final class Ingest {
    /// One source to read.
    ///
    /// @param heldOut it is part of `test_dataset`
    record Source(RowSource rows, boolean heldOut) {}

    /// What was read.
    record Result(
            RowStore rows,
            Answers answers,
            List<SourceFile> files,
            long read,
            long empty,
            long missingLabel,
            List<String> missingLabelExamples,
            List<ColumnWatch> columns,
            LeakWatch leaks,
            ImageStore images,
            Map<String, Long> masked) {
        /// Names of the categories by number.
        List<String> labels() {
            return answers.names();
        }
    }

    /// Where in a row of one source what stands, and which row is at hand: one object for all of them.
    private static final class Place implements Supplier<String> {
        final Source source;
        final int file;
        final @Nullable Path folder;
        /// Index of the answer, −1 for none.
        final int output;
        /// Index of the value by which rows are split, −1 for the inputs.
        final int column;

        long line;

        Place(Source source, int file, int output, int column) {
            this.source = source;
            this.file = file;
            this.folder = source.rows().folder();
            this.output = output;
            this.column = column;
        }

        /// For messages.
        @Override
        public String get() {
            return source.rows().place(line);
        }
    }

    private final DataSpec spec;
    private final Progress progress;
    private final List<String> inputs;
    private final ImageStore images;
    private final Cells cells;
    private final MaskedSpans spans;
    private final Answers answers;
    private final SplitKeys split;
    private final List<ColumnWatch> columns;
    private final RowBytes values;
    private final LeakWatch leaks = new LeakWatch();
    private final boolean leaksWatched;
    private final boolean compared;
    private final List<String> missingLabelExamples = new ArrayList<>();
    private final AtomicLong bytesRead = new AtomicLong();
    private long read;
    private long empty;
    private long missingLabel;

    /// @param out folder of the data set that is being written
    Ingest(DataSpec spec, Path out, Progress progress) {
        this.spec = spec;
        this.progress = progress;
        this.inputs = spec.inputFeatures().stream().map(InputFeature::name).toList();
        this.images = new ImageStore(out);
        this.values = new RowBytes(inputs.size() + 1);
        this.cells = new Cells(spec, images);
        this.spans = new MaskedSpans(spec.clean());
        this.answers = new Answers(spec.output(), spec.source().missingValues(), spans);
        this.split = new SplitKeys(spec.split(), spec.testDataset() != null);
        this.columns = spec.inputFeatures().stream().map(ColumnWatch::new).toList();
        this.compared = spec.inputFeatures().stream().anyMatch(input -> input.type() == InputType.TEXT);
        this.leaksWatched = compared && answers.areCategories();
    }

    Result run(List<Source> sources, Path folder) throws IOException {
        long bytes = sources.stream().mapToLong(source -> source.rows().bytes()).sum();
        List<RowSource> rowSources = sources.stream().map(Source::rows).toList();
        List<SourceFile> files = new ArrayList<>();
        try (RowStore.Writer store = new RowStore.Writer(folder, rowSources, inputs.size())) {
            for (int file = 0; file < sources.size(); file++) {
                long before = read;
                readSource(sources.get(file), file, store, bytes);
                files.add(sources.get(file).rows().provenance(read - before));
            }
            return new Result(
                    store.finish(),
                    answers,
                    files,
                    read,
                    empty,
                    missingLabel,
                    missingLabelExamples,
                    columns,
                    leaks,
                    images,
                    masked());
        }
    }

    /// By kind, and the spans that a mask swallowed.
    private Map<String, Long> masked() {
        Map<String, Long> masked = new TreeMap<>(cells.masked());
        if (spans.swallowed() > 0) {
            masked.put("spans_swallowed", spans.swallowed());
        }
        return masked;
    }

    private void readSource(Source source, int file, RowStore.Writer store, long bytes) throws IOException {
        @Nullable String column = source.heldOut() ? null : spec.split().column();
        Set<String> wanted = new LinkedHashSet<>(cells.columns());
        if (spec.output() != null) {
            wanted.add(spec.output().name());
        }
        if (column != null) {
            wanted.add(column);
        }
        List<String> order = List.copyOf(wanted);
        int label = spec.output() == null ? -1 : order.indexOf(spec.output().name());
        int key = column == null ? -1 : order.indexOf(column);
        Place place = new Place(source, file, label, key);
        try (SourceRows rows = source.rows().open(order, bytesRead::addAndGet)) {
            for (List<String> row = rows.values(); row != null; row = rows.values()) {
                place.line = rows.line();
                RowStore.Entry entry = entry(row, place);
                if (entry != null) {
                    store.add(entry);
                }
                if ((++read & 0x3FF) == 0) {
                    tell(bytes);
                    Similarity.refuseTooMany(store.size() + 1L, compared);
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

    private RowStore.@Nullable Entry entry(List<String> row, Place place) throws IOException {
        List<String> texts = cells.read(row, place.folder, place);
        if (texts == null) {
            return null;
        }
        String written = place.output < 0 ? "" : row.get(place.output);
        Answer answer = answers.read(written, row.getFirst(), place);
        boolean blank = true;
        for (int i = 0; i < texts.size(); i++) {
            columns.get(i).observe(texts.get(i), answer.label(), answer.value(), place);
            blank &= texts.get(i).isBlank();
        }
        if (blank) {
            empty++;
            return null;
        }
        if (answer.label() < 0) {
            missingLabel++;
            if (missingLabelExamples.size() < Quality.EXAMPLES_MAX) {
                missingLabelExamples.add(place.get());
            }
            return null;
        }
        if (leaksWatched) {
            leaks.observe(texts, answer.label(), answer.text(), place);
        }
        values.clear();
        texts.forEach(values::add);
        values.add(answer.text());
        String column = place.column < 0 ? null : row.get(place.column);
        SplitKeys.Key key = split.of(values, texts.size(), column, place);
        boolean heldOut = place.source.heldOut();
        return new RowStore.Entry(
                values,
                answer.label(),
                key.identity(),
                heldOut ? Split.TEST : key.split(),
                key.key(),
                heldOut,
                place.file,
                place.line);
    }
}
