package dev.sampan.data.profile;

import dev.sampan.data.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// A fair sample of rows (Vitter 1985, algorithm R), of bounded size in rows and in characters: each row so far
/// is in it with the same chance.
final class Sample {
    private static final int ROWS_MAX = 20_000;
    private static final int CELL_MAX = 1000;

    private final List<Row> rows = new ArrayList<>();
    private final SplittableRandom random = new SplittableRandom(1);
    private long seen;

    void add(Row row) {
        seen++;
        long place = rows.size() < ROWS_MAX ? rows.size() : random.nextLong(seen);
        if (place >= ROWS_MAX) {
            return;
        }
        Row cut = new Row(
                row.origin(),
                row.values().stream()
                        .map(value -> value.length() <= CELL_MAX ? value : value.substring(0, CELL_MAX))
                        .toList());
        if (place < rows.size()) {
            rows.set((int) place, cut);
        } else {
            rows.add(cut);
        }
    }

    List<Row> rows() {
        return rows;
    }

    List<String> column(int index) {
        return rows.stream().map(row -> row.values().get(index)).toList();
    }
}
