package dev.sampan.data.internal.prepare;

import dev.sampan.data.Split;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CancellationException;

/// Which rows repeat which, and so which are dropped and which must stay on one side of the split.
///
/// Equal texts: every one but the first repeats the first. Similar texts: suspected by [MinHash] bands, then
/// verified by the Jaccard similarity of their 3-grams. In a group of suspects each row is held against the
/// first and the three before it, so a group of n costs 4n comparisons, not n².
///
/// A row is dropped when it equals an earlier one, or is similar to an earlier row *that is kept* and has the
/// same label (so a chain of small changes does not swallow its far end). Rows of the held-out file come first
/// and are never dropped. Similar rows that are kept, whatever their labels, form sets (union–find, smallest
/// row as the root) whose side is that of the first.
final class Similarity {
    /// @param drop repeated rows go
    /// @param near similarity with a kept row of the same label at which a row goes; 1 for equal texts alone
    /// @param watch similarity at which rows are held together or told to cross; 1 for equal texts alone, at
    ///     most `near`
    /// @param oneSide similar rows go where the first of them went (the split goes by the inputs)
    record Rules(boolean drop, double near, double watch, boolean oneSide) {}

    private static final int WINDOW = 3;
    private static final int HEAP_BYTES_PER_ROW = 12;

    private final RowStore rows;
    private final Rules rules;
    private final Progress progress;
    /// 0: first of its kind; i + 1: equal to row i; −(i + 1): similar to row i of the same label.
    private final int[] link;
    private final int[] root;
    /// Rows that repeat a held-out one.
    private final BitSet leaked = new BitSet();
    /// Rows that repeat one which the split's column puts elsewhere.
    private final BitSet crossing = new BitSet();
    private final BitSet dropped = new BitSet();
    private long exactDropped;
    private long nearDropped;

    private Similarity(RowStore rows, Rules rules, Progress progress) {
        this.rows = rows;
        this.rules = rules;
        this.progress = progress;
        this.link = new int[rows.size()];
        this.root = new int[rows.size()];
        for (int i = 0; i < root.length; i++) {
            root[i] = i;
        }
    }

    /// @param folder for spilled hashes
    static Similarity find(RowStore rows, Rules rules, Path folder, Progress progress) throws IOException {
        Similarity found = new Similarity(rows, rules, progress);
        found.linkEqual(folder);
        if (rules.watch() < 1) {
            found.linkSimilar(folder);
        }
        found.drop();
        return found;
    }

    /// @throws ProblemException `data.too_many_rows` when the heap is too small for this many rows
    static void refuseTooMany(long rows) {
        long heap = Runtime.getRuntime().maxMemory();
        if (rows > RowStore.ROWS_MAX || rows * HEAP_BYTES_PER_ROW > heap / 2) {
            throw new ProblemException(Problem.of(
                            "data.too_many_rows",
                            "More than " + (rows - 1) + " rows do not fit in a heap of " + (heap >> 20) + " MB")
                    .remedy("Start Java with a larger -Xmx: " + 2 * HEAP_BYTES_PER_ROW + " MB for each million rows"));
        }
    }

    private void linkEqual(Path folder) throws IOException {
        try (Buckets buckets = new Buckets(folder, "equal")) {
            for (int row = 0; row < rows.size(); row++) {
                buckets.add(rows.identity(row), row);
            }
            for (int file = 0; file < Buckets.FILES; file++) {
                step(file);
                buckets.forEachGroup(file, this::linkEqual);
            }
        }
    }

    private void linkEqual(long[] entries, int from, int to) {
        List<Integer> firsts = new ArrayList<>(1); // more than one only when 38 bits met by accident
        for (int k = from; k < to; k++) {
            int row = (int) entries[k];
            int first = -1;
            for (int candidate : firsts) {
                first = rows.identity(candidate) == rows.identity(row) ? candidate : first;
            }
            if (first < 0) {
                firsts.add(row);
                continue;
            }
            link[row] = first + 1;
            markCrossing(first, row);
        }
    }

    private void linkSimilar(Path folder) throws IOException {
        MinHash minHash = new MinHash(rules.watch());
        long[] hashes = new long[minHash.bands()];
        try (Buckets buckets = new Buckets(folder, "near")) {
            for (int row = 0; row < rows.size(); row++) {
                if (link[row] == 0) {
                    minHash.hash(shingles(row), hashes);
                    for (long hash : hashes) {
                        buckets.add(hash, row);
                    }
                }
                if ((row & 0xFFF) == 0) {
                    progress.at("compare", Buckets.FILES, 3L * Buckets.FILES, "");
                    stopIfCancelled();
                }
            }
            for (int file = 0; file < Buckets.FILES; file++) {
                step(2 * Buckets.FILES + file);
                buckets.forEachGroup(file, this::linkSimilar);
            }
        }
    }

    private record Suspect(int row, long[] shingles) {}

    private void linkSimilar(long[] entries, int from, int to) {
        List<Suspect> window = new ArrayList<>(WINDOW + 2);
        int previous = -1;
        for (int k = from; k < to; k++) {
            int row = (int) entries[k];
            if (row == previous) {
                continue; // one row in two bands that met by accident
            }
            previous = row;
            Suspect suspect = new Suspect(row, shingles(row));
            for (Suspect earlier : window) {
                compare(earlier, suspect);
            }
            window.add(suspect);
            if (window.size() > WINDOW + 1) {
                window.remove(1);
            }
        }
        stopIfCancelled();
    }

    private void compare(Suspect earlier, Suspect later) {
        int i = earlier.row();
        int j = later.row();
        boolean droppable = rules.drop() && rows.label(i) == rows.label(j);
        boolean together = rows.heldOut(i) ? leaked.get(j) : rules.oneSide() && find(i) == find(j);
        if ((rows.heldOut(i) && rows.heldOut(j)) || (together && (link[j] != 0 || !droppable))) {
            return; // nothing new to learn
        }
        double similarity = Shingles.jaccard(earlier.shingles(), later.shingles());
        if (similarity < rules.watch()) {
            return;
        }
        if (droppable && similarity >= rules.near() && (link[j] == 0 || -link[j] - 1 > i)) {
            link[j] = -(i + 1);
        }
        markCrossing(i, j);
        if (rules.oneSide() && !rows.heldOut(i)) {
            int a = find(i);
            int b = find(j);
            root[Math.max(a, b)] = Math.min(a, b);
        }
    }

    private void markCrossing(int i, int j) {
        if (rows.heldOut(i)) {
            leaked.set(j, leaked.get(j) || !rows.heldOut(j));
        } else if (!rules.oneSide() && rows.split(i) != rows.split(j)) {
            crossing.set(j);
        }
    }

    private int find(int row) {
        int r = row;
        while (root[r] != r) {
            root[r] = root[root[r]];
            r = root[r];
        }
        return r;
    }

    private void drop() {
        if (!rules.drop()) {
            return;
        }
        for (int row = 0; row < link.length; row++) {
            if (link[row] == 0 || rows.heldOut(row)) {
                continue;
            }
            if (link[row] > 0) {
                dropped.set(row);
                exactDropped++;
            } else if (repeatsAKeptRow(row)) {
                dropped.set(row);
                nearDropped++;
            }
        }
    }

    private boolean repeatsAKeptRow(int row) {
        int similar = -link[row] - 1;
        if (!dropped.get(similar)) {
            return true;
        }
        while (dropped.get(similar)) {
            similar = Math.abs(link[similar]) - 1;
        }
        return rows.label(similar) == rows.label(row)
                && Shingles.jaccard(shingles(similar), shingles(row)) >= rules.near();
    }

    private long[] shingles(int row) {
        return Shingles.of(String.join(" ", rows.texts(row)));
    }

    private void step(int file) {
        progress.at("compare", file, 3L * Buckets.FILES, "");
        stopIfCancelled();
    }

    private void stopIfCancelled() {
        if (progress.cancelled()) {
            throw new CancellationException("cancelled while comparing rows");
        }
    }

    boolean kept(int row) {
        return !dropped.get(row);
    }

    long exactDropped() {
        return exactDropped;
    }

    long nearDropped() {
        return nearDropped;
    }

    /// Where a kept row goes.
    Split split(int row) {
        if (rows.heldOut(row) || !rules.oneSide()) {
            return rows.split(row);
        }
        int first = link[row] > 0 ? link[row] - 1 : row;
        return rows.heldOut(first) ? rows.split(row) : rows.split(find(first));
    }

    /// The row whose text this one has too, or −1.
    int equalTo(int row) {
        return link[row] > 0 ? link[row] - 1 : -1;
    }

    /// True when the row repeats one of the other side: of the held-out file, whether it is dropped or not;
    /// between splits by a column, only when it is kept.
    boolean crosses(int row) {
        return leaked.get(row) || (crossing.get(row) && kept(row));
    }
}
