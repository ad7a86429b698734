package dev.sampan.training.internal;

import dev.sampan.data.Dataset;
import dev.sampan.data.Datasets;
import dev.sampan.data.Row;
import dev.sampan.data.RowReader;
import dev.sampan.data.Spans;
import dev.sampan.data.Split;
import dev.sampan.data.TagFeatures;
import dev.sampan.data.TagFeatures.Window;
import dev.sampan.kernel.Json;
import dev.sampan.kernel.Progress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import tools.jackson.core.type.TypeReference;

/// Windows of the texts of one split with the tags of their tokens, in the files of a [TokenStore] whose rows hold four
/// numbers for each token: token, pair, word and tag. Beside them `left_out.json`: how many spans no tags can say,
/// because they overlap another, do not begin and end between tokens, or lie across two windows.
final class TagStore implements AutoCloseable {
    static final int STREAMS = 4;
    private static final TypeReference<Map<String, Integer>> COUNTS = new TypeReference<>() {};
    private static final String LEFT_OUT = "left_out.json";

    private final TokenStore store;
    private final Map<String, Integer> leftOut;

    /// Why spans were left out.
    private static final String OVERLAP = "overlapping";

    private static final String BETWEEN = "not_between_tokens";

    private TagStore(Path folder) throws IOException {
        store = new TokenStore(folder);
        leftOut = Map.copyOf(Json.MAPPER.readValue(Files.readString(folder.resolve(LEFT_OUT)), COUNTS));
    }

    /// The store of a split, made when it is not there.
    static TagStore of(Dataset dataset, Split split, TagFeatures features, Path folder, Progress progress)
            throws IOException {
        String key = dataset.version().hex().substring(0, 16) + "-" + FeatureKey.of(features) + "-" + split;
        return new TagStore(
                WholeFolder.of(folder.resolve(key), made -> write(dataset, split, features, made, progress)));
    }

    private static void write(Dataset dataset, Split split, TagFeatures features, Path folder, Progress progress)
            throws IOException {
        Map<String, Integer> numbers = new HashMap<>();
        features.target().tags().forEach(tag -> numbers.put(tag, numbers.size()));
        Map<String, Integer> left = new HashMap<>();
        long done = 0;
        try (RowReader rows = Datasets.rows(dataset, split);
                TokenStore.Writer writer = new TokenStore.Writer(folder)) {
            for (Row row = rows.next(); row != null; row = rows.next()) {
                String text = row.values().getFirst();
                List<Spans.Span> spans = Spans.read(row.values().getLast(), text, row.origin());
                List<Window> windows = features.windows(text);
                int placed = 0;
                for (Window window : windows) {
                    Tagged tagged = tags(window, spans, numbers, left);
                    placed += tagged.seen();
                    writer.add(interleaved(window, tagged.tags()), 0);
                }
                if (placed < spans.size()) {
                    left.merge(BETWEEN, spans.size() - placed, Integer::sum);
                }
                if (++done % 512 == 0) {
                    told(progress, split, done, dataset.count(split));
                }
            }
        }
        Files.write(folder.resolve(LEFT_OUT), Json.write(left).getBytes(StandardCharsets.UTF_8));
    }

    private static void told(Progress progress, Split split, long done, long total) {
        if (progress.cancelled()) {
            throw new CancellationException("encoding was cancelled at row " + done);
        }
        progress.at("encode", done, total, split.name().toLowerCase(Locale.ROOT));
    }

    /// @param seen spans that begin and end between tokens of the window
    private record Tagged(int[] tags, int seen) {}

    /// The earlier of two spans that overlap stands; of two that begin together the longer.
    private static Tagged tags(
            Window window, List<Spans.Span> spans, Map<String, Integer> numbers, Map<String, Integer> left) {
        int[] tags = new int[window.length()];
        int seen = 0;
        int free = 0; // tokens before it have their tag
        List<Spans.Span> ordered = spans.stream()
                .sorted(Comparator.comparingInt(Spans.Span::start)
                        .thenComparing(Comparator.comparingInt(Spans.Span::end).reversed()))
                .toList();
        for (Spans.Span span : ordered) {
            int first = Arrays.binarySearch(window.starts(), span.start());
            int last = Arrays.binarySearch(window.ends(), span.end());
            Integer begin = numbers.get("B-" + span.label());
            if (first < 0 || last < first) {
                continue;
            }
            seen++;
            if (first < free || begin == null) { // a label that no training row has cannot be learnt from
                left.merge(first < free ? OVERLAP : "of_no_training_label", 1, Integer::sum);
                continue;
            }
            tags[first] = begin;
            Arrays.fill(tags, first + 1, last + 1, begin + 1);
            free = last + 1;
        }
        return new Tagged(tags, seen);
    }

    private static long[] interleaved(Window window, int[] tags) {
        long[] row = new long[STREAMS * window.length()];
        for (int t = 0; t < window.length(); t++) {
            row[STREAMS * t] = window.ids()[t];
            row[STREAMS * t + 1] = window.pairs()[t];
            row[STREAMS * t + 2] = window.words()[t];
            row[STREAMS * t + 3] = tags[t];
        }
        return row;
    }

    int rows() {
        return store.rows();
    }

    int length(int row) {
        return store.length(row) / STREAMS;
    }

    /// Four numbers for each token.
    int[] row(int row) {
        return store.text(row);
    }

    /// Spans that no tags can say, by the reason.
    Map<String, Integer> leftOut() {
        return leftOut;
    }

    @Override
    public void close() {
        store.close();
    }
}
