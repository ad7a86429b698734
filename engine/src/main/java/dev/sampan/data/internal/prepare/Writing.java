package dev.sampan.data.internal.prepare;

import dev.sampan.data.Split;
import dev.sampan.data.internal.prepare.DatasetFile.SplitFile;
import dev.sampan.kernel.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// The kept rows into the files of their splits, in the order of the sources.
final class Writing {
    private final RowBytes values;
    private final RowBytes changed;
    private final List<String> inputs;
    private final Progress progress;

    Writing(List<String> inputs, Progress progress) {
        this.inputs = inputs;
        this.progress = progress;
        this.values = new RowBytes(inputs.size() + 1);
        this.changed = new RowBytes(inputs.size() + 1);
    }

    Map<Split, SplitFile> write(RowStore rows, Sides sides, TrainingRows training, Path folder) throws IOException {
        Map<Split, SplitFile> files = new EnumMap<>(Split.class);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (SplitWriter train = new SplitWriter(folder, Split.TRAIN, inputs, thread);
                SplitWriter validation = new SplitWriter(folder, Split.VALIDATION, inputs, thread);
                SplitWriter test = new SplitWriter(folder, Split.TEST, inputs, thread);
                thread) { // the thread ends before the files are closed
            for (int row = 0; row < rows.size(); row++) {
                if (sides.kept(row)) {
                    switch (sides.split(row)) {
                        case TRAIN -> learnt(rows, row, training, train);
                        case VALIDATION -> add(rows, row, validation);
                        case TEST -> add(rows, row, test);
                    }
                }
                if ((row & 0xFFF) == 0) {
                    tell(row, rows.size());
                }
            }
            files.put(Split.TRAIN, train.finish());
            files.put(Split.VALIDATION, validation.finish());
            files.put(Split.TEST, test.finish());
        }
        tell(rows.size(), rows.size());
        return files;
    }

    private void add(RowStore rows, int row, SplitWriter writer) throws IOException {
        rows.read(row, values);
        writer.add(values, rows.origin(row));
    }

    private void learnt(RowStore rows, int row, TrainingRows training, SplitWriter writer) throws IOException {
        int times = training.times(rows.label(row));
        for (int time = 0; time < times; time++) {
            add(rows, row, writer);
            for (List<String> copy : training.copies(rows, row, time)) {
                changed.clear();
                copy.forEach(changed::add);
                writer.add(changed, rows.origin(row) + ", changed");
            }
        }
    }

    private void tell(int row, int all) {
        progress.at("write", row, all, "");
        if (progress.cancelled()) {
            throw new CancellationException("cancelled while writing");
        }
    }
}
