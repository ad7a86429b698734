package dev.sampan.training.internal;

import dev.sampan.data.Dataset;
import dev.sampan.data.Datasets;
import dev.sampan.data.Row;
import dev.sampan.data.RowReader;
import dev.sampan.data.Split;
import dev.sampan.data.TextFeatures;
import dev.sampan.kernel.Progress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;

/// One pass over the rows of a split, as cleaned texts, some hundred at a time.
final class EncodedRows {
    private static final int ROWS = 512;

    private EncodedRows() {}

    /// Told rows in source order.
    @FunctionalInterface
    interface Visitor {
        /// @param labels numbers of the rows' labels
        void rows(List<String> texts, int[] labels) throws IOException;
    }

    static void read(Dataset dataset, Split split, TextFeatures features, Progress progress, Visitor visitor)
            throws IOException {
        Map<String, Integer> numbers = new HashMap<>();
        features.labels().forEach(label -> numbers.put(label, numbers.size()));
        long total = dataset.rows().getOrDefault(split, 0L);
        long done = 0;
        try (RowReader reader = Datasets.rows(dataset, split)) {
            int inputs = dataset.inputs().size();
            List<String> texts = new ArrayList<>(ROWS);
            List<Integer> labels = new ArrayList<>(ROWS);
            for (Row row = reader.next(); row != null; row = reader.next()) {
                texts.add(features.text(columns(dataset.inputs(), row.values())));
                labels.add(numbers.get(row.values().get(inputs)));
                if (texts.size() == ROWS) {
                    done += flush(texts, labels, visitor);
                    told(progress, split, done, total);
                }
            }
            flush(texts, labels, visitor);
        }
    }

    private static void told(Progress progress, Split split, long done, long total) {
        if (progress.cancelled()) {
            throw new CancellationException();
        }
        progress.at("encode", done, total, split.name().toLowerCase(Locale.ROOT));
    }

    private static long flush(List<String> texts, List<Integer> labels, Visitor visitor) throws IOException {
        int rows = texts.size();
        if (rows > 0) {
            visitor.rows(
                    List.copyOf(texts),
                    labels.stream().mapToInt(Integer::intValue).toArray());
        }
        texts.clear();
        labels.clear();
        return rows;
    }

    private static Map<String, String> columns(List<String> names, List<String> values) {
        Map<String, String> row = HashMap.newHashMap(names.size());
        for (int i = 0; i < names.size(); i++) {
            row.put(names.get(i), values.get(i));
        }
        return row;
    }
}
