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
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

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
final class Similarity implements AutoCloseable {
    /// @param drop repeated rows go
    /// @param near similarity with a kept row of the same label at which a row goes; 1 for equal texts alone
    /// @param watch similarity at which rows are held together or told to cross; 1 for equal texts alone, at
    ///     most `near`
    /// @param oneSide similar rows go where the first of them went (the split goes by the inputs)
    /// @param grouped rows of an equal key go where the first of them went
    /// @param texts by index, whether an input is a text; similar rows are alike in their texts and equal
    ///     in all else
    record Rules(boolean drop, double near, double watch, boolean oneSide, boolean grouped, List<Boolean> texts) {}

    private static final int WINDOW = 3;
    /// Marks of a row, and its hashes while one file of them is sorted; a text has 16.
    private static final int HEAP_BYTES_PER_ROW = 1;

    private static final int HEAP_BYTES_PER_TEXT = 4;

    private final RowStore rows;
    private final Rules rules;
    private final IntFunction<Split> given;
    private final Progress progress;
    /// 0: first of its kind; i + 1: equal to row i; −(i + 1): similar to row i of the same label.
    private final Ints link;
    private final Ints root;
    /// Rows that repeat a held-out one.
    private final BitSet leaked = new BitSet();
    /// Rows that repeat one which the split's column puts elsewhere.
    private final BitSet crossing = new BitSet();
    private final BitSet dropped = new BitSet();
    private long exactDropped;
    private long nearDropped;

    private Similarity(RowStore rows, Rules rules, IntFunction<Split> given, Path folder, Progress progress)
            throws IOException {
        this.rows = rows;
        this.rules = rules;
        this.given = given;
        this.progress = progress;
        this.link = new Ints(folder.resolve("link"), rows.size());
        this.root = new Ints(folder.resolve("root"), rows.size());
        for (int i = 0; i < rows.size(); i++) {
            root.set(i, i);
        }
    }

    /// @param given where each row goes by itself; looked at when rows are not held together
    /// @param folder for spilled hashes
    static Similarity find(RowStore rows, Rules rules, IntFunction<Split> given, Path folder, Progress progress)
            throws IOException {
        Similarity found = new Similarity(rows, rules, given, folder, progress);
        try {
            found.linkEqual(folder);
            if (rules.watch() < 1 && rules.texts().contains(true)) {
                found.linkSimilar(folder);
            }
            if (rules.grouped()) {
                found.linkGroups(folder);
            }
            found.drop();
            return found;
        } catch (IOException | RuntimeException e) {
            found.close();
            throw e;
        }
    }

    /// @throws ProblemException `data.too_many_rows` when the heap is too small for this many rows
    ///
    /// @param texts similar rows are looked for
    static void refuseTooMany(long rows, boolean texts) {
        long heap = Runtime.getRuntime().maxMemory();
        int perRow = texts ? HEAP_BYTES_PER_TEXT : HEAP_BYTES_PER_ROW;
        if (rows > RowStore.ROWS_MAX || rows * perRow > heap / 2) {
            throw new ProblemException(Problem.of(
                            "data.too_many_rows",
                            "More than " + (rows - 1) + " rows do not fit in a heap of " + (heap >> 20) + " MB")
                    .remedy("Start Java with a larger -Xmx: " + 2 * perRow + " MB for each million rows"));
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
            link.set(row, first + 1);
            markCrossing(first, row);
        }
    }

    private void linkSimilar(Path folder) throws IOException {
        MinHash minHash = new MinHash(rules.watch());
        long[] hashes = new long[minHash.bands()];
        try (Buckets buckets = new Buckets(folder, "near")) {
            for (int row = 0; row < rows.size(); row++) {
                if (link.get(row) == 0) {
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
        if ((rows.heldOut(i) && rows.heldOut(j)) || (together && (link.get(j) != 0 || !droppable))) {
            return; // nothing new to learn
        }
        double similarity = Shingles.jaccard(earlier.shingles(), later.shingles());
        if (similarity < rules.watch() || !equalInAllElse(i, j)) {
            return;
        }
        if (droppable && similarity >= rules.near() && (link.get(j) == 0 || -link.get(j) - 1 > i)) {
            link.set(j, -(i + 1));
        }
        markCrossing(i, j);
        if (rules.oneSide() && !rows.heldOut(i)) {
            unite(i, j);
        }
    }

    private boolean equalInAllElse(int i, int j) {
        if (!rules.texts().contains(false)) {
            return true;
        }
        List<String> a = rows.texts(i);
        List<String> b = rows.texts(j);
        return IntStream.range(0, a.size())
                .allMatch(k -> rules.texts().get(k) || a.get(k).equals(b.get(k)));
    }

    private void unite(int i, int j) {
        int a = find(i);
        int b = find(j);
        root.set(Math.max(a, b), Math.min(a, b));
    }

    private void linkGroups(Path folder) throws IOException {
        try (Buckets buckets = new Buckets(folder, "group")) {
            for (int row = 0; row < rows.size(); row++) {
                if (!rows.heldOut(row)) {
                    buckets.add(rows.key(row), row);
                }
            }
            for (int file = 0; file < Buckets.FILES; file++) {
                stopIfCancelled();
                buckets.forEachGroup(file, this::linkGroup);
            }
        }
    }

    private void linkGroup(long[] entries, int from, int to) {
        List<Integer> firsts = new ArrayList<>(1);
        for (int k = from; k < to; k++) {
            int row = (int) entries[k];
            int same = -1;
            for (int candidate : firsts) {
                same = rows.key(candidate) == rows.key(row) ? candidate : same;
            }
            if (same < 0) {
                firsts.add(row);
            } else if (!rows.heldOut(first(same)) && !rows.heldOut(first(row))) {
                unite(first(same), first(row));
            }
        }
    }

    /// The row whose inputs this one repeats; itself where it is the first.
    private int first(int row) {
        int linked = link.get(row);
        return linked > 0 ? linked - 1 : row;
    }

    private void markCrossing(int i, int j) {
        if (rows.heldOut(i)) {
            leaked.set(j, leaked.get(j) || !rows.heldOut(j));
        } else if (!rules.oneSide() && given.apply(i) != given.apply(j)) {
            crossing.set(j);
        }
    }

    private int find(int row) {
        int r = row;
        for (int up = root.get(r); up != r; up = root.get(r)) {
            root.set(r, root.get(up)); // path halving (van Leeuwen, van der Weide 1977)
            r = root.get(r);
        }
        return r;
    }

    private void drop() {
        if (!rules.drop()) {
            return;
        }
        for (int row = 0; row < rows.size(); row++) {
            if (link.get(row) == 0 || rows.heldOut(row)) {
                continue;
            }
            if (link.get(row) > 0) {
                dropped.set(row);
                exactDropped++;
            } else if (repeatsAKeptRow(row)) {
                dropped.set(row);
                nearDropped++;
            }
        }
    }

    private boolean repeatsAKeptRow(int row) {
        int similar = -link.get(row) - 1;
        if (!dropped.get(similar)) {
            return true;
        }
        while (dropped.get(similar)) {
            similar = Math.abs(link.get(similar)) - 1;
        }
        return rows.label(similar) == rows.label(row)
                && Shingles.jaccard(shingles(similar), shingles(row)) >= rules.near();
    }

    /// Similarity from which texts count as alike.
    double alike() {
        return rules.watch();
    }

    /// Of the texts among the inputs.
    long[] shingles(int row) {
        List<String> values = rows.texts(row);
        return Shingles.of(IntStream.range(0, values.size())
                .filter(rules.texts()::get)
                .mapToObj(values::get)
                .collect(Collectors.joining(" ")));
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

    /// The row that decides for all that are held together with this one.
    int root(int row) {
        return find(first(row));
    }

    /// True when the row goes where it goes by itself.
    boolean goesByItself(int row) {
        return rows.heldOut(row) || !rules.oneSide() || rows.heldOut(first(row));
    }

    /// The row whose text this one has too, or −1.
    int equalTo(int row) {
        return link.get(row) > 0 ? link.get(row) - 1 : -1;
    }

    /// True when the row repeats one of the other side: of the held-out file, whether it is dropped or not;
    /// between splits by a column, only when it is kept.
    boolean crosses(int row) {
        return leaked.get(row) || (crossing.get(row) && kept(row));
    }

    @Override
    public void close() {
        link.close();
        root.close();
    }
}
