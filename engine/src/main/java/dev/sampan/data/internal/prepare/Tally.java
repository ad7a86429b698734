package dev.sampan.data.internal.prepare;

import dev.sampan.data.Split;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// Kept rows by label and split.
final class Tally {
    private final Map<String, long[]> byLabel = new TreeMap<>();
    private final int splits;

    /// @param splits how many splits are to have rows
    private Tally(int splits) {
        this.splits = splits;
    }

    static Tally of(RowStore rows, List<String> labels, Sides sides, int splits) {
        long[][] counts = new long[labels.size()][Split.values().length];
        for (int row = 0; row < rows.size(); row++) {
            if (sides.kept(row)) {
                counts[rows.label(row)][sides.split(row).ordinal()]++;
            }
        }
        Tally tally = new Tally(splits);
        IntStream.range(0, labels.size())
                .filter(label -> Arrays.stream(counts[label]).sum() > 0)
                .forEach(label -> tally.byLabel.put(labels.get(label), counts[label]));
        return tally;
    }

    int splits() {
        return splits;
    }

    /// Sorted; only those with a kept row.
    List<String> labels() {
        return List.copyOf(byLabel.keySet());
    }

    long count(String label) {
        return Arrays.stream(counts(label)).sum();
    }

    long count(String label, Split split) {
        return counts(label)[split.ordinal()];
    }

    private long[] counts(String label) {
        long[] counts = byLabel.get(label);
        if (counts == null) {
            throw new IllegalArgumentException(label);
        }
        return counts;
    }

    long kept() {
        return byLabel.keySet().stream().mapToLong(this::count).sum();
    }

    Map<String, Long> labelCounts() {
        Map<String, Long> counts = new TreeMap<>();
        byLabel.keySet().forEach(label -> counts.put(label, count(label)));
        return counts;
    }

    Map<Split, Long> rows() {
        Map<Split, Long> rows = new EnumMap<>(Split.class);
        for (Split split : Split.values()) {
            rows.put(
                    split,
                    byLabel.keySet().stream()
                            .mapToLong(label -> count(label, split))
                            .sum());
        }
        return rows;
    }
}
