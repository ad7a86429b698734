package dev.sampan.data.internal.prepare;

import dev.sampan.data.Split;
import dev.sampan.data.internal.source.RowSource;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The cleaned rows on disk: written once in order, then read in any order through the page cache.
///
/// `index`: 32 bytes for each row: offset in `rows`, identity hash, label, flags, key of the split. `rows`: for
/// each row the source's number, the line, and each input and the answer as a length and UTF-8 bytes. All
/// big-endian.
final class RowStore implements AutoCloseable {
    /// Most rows: row numbers are ints, and arrays have one element for each.
    static final int ROWS_MAX = Integer.MAX_VALUE - 8;

    private static final int ENTRY = 32;
    /// Number of the source and line, before the values.
    private static final int HEAD = 12;

    private static final Split[] SPLITS = Split.values();
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private final Arena arena = Arena.ofConfined();
    private final MemorySegment index;
    private final MemorySegment rows;
    private final List<? extends RowSource> sources;
    private final int inputs;
    private final int size;

    private RowStore(Writer written) throws IOException {
        this.sources = written.sources;
        this.inputs = written.inputs;
        this.size = written.size;
        this.index = map(written.indexFile);
        this.rows = map(written.rowsFile);
    }

    private MemorySegment map(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
        }
    }

    int size() {
        return size;
    }

    long identity(int row) {
        return index.get(LONG, (long) row * ENTRY + 8);
    }

    int label(int row) {
        return index.get(INT, (long) row * ENTRY + 16);
    }

    /// The split by hash, or TEST for a row of the test file.
    Split split(int row) {
        return SPLITS[index.get(INT, (long) row * ENTRY + 20) & 3];
    }

    /// True for a row of `test_dataset`.
    boolean heldOut(int row) {
        return (index.get(INT, (long) row * ENTRY + 20) & 4) != 0;
    }

    /// What the split needs of the row besides: its time, or the hash of its group.
    long key(int row) {
        return index.get(LONG, (long) row * ENTRY + 24);
    }

    String origin(int row) {
        long at = offset(row);
        return sources.get(rows.get(INT, at)).place(rows.get(LONG, at + 4));
    }

    /// The inputs.
    List<String> texts(int row) {
        return values(row).subList(0, inputs);
    }

    /// The inputs, then the answer.
    List<String> values(int row) {
        long at = offset(row) + HEAD;
        List<String> values = new ArrayList<>(inputs + 1);
        for (int i = 0; i <= inputs; i++) {
            byte[] bytes = new byte[rows.get(INT, at)];
            MemorySegment.copy(rows, ValueLayout.JAVA_BYTE, at + 4, bytes, 0, bytes.length);
            values.add(new String(bytes, StandardCharsets.UTF_8));
            at += 4 + bytes.length;
        }
        return values;
    }

    /// The inputs, then the answer, as they lie on the disk.
    void read(int row, RowBytes into) {
        long from = offset(row) + HEAD;
        int length = (int) ((row + 1 < size ? offset(row + 1) : rows.byteSize()) - from);
        MemorySegment.copy(rows, ValueLayout.JAVA_BYTE, from, into.room(length), 0, length);
        into.split();
    }

    private long offset(int row) {
        return index.get(LONG, (long) row * ENTRY);
    }

    @Override
    public void close() {
        arena.close();
    }

    /// One row to store.
    ///
    /// @param values the inputs and the answer as they will be written
    record Entry(
            RowBytes values, int label, long identity, Split split, long key, boolean heldOut, int file, long line) {}

    /// The writing half.
    static final class Writer implements AutoCloseable {
        private final Path indexFile;
        private final Path rowsFile;
        private final OutputStream indexOut;
        private final OutputStream rowsOut;
        private final Spool index;
        private final Spool rows;
        private final List<? extends RowSource> sources;
        private final int inputs;
        private long offset;
        private int size;

        /// @param sources by number, for [RowStore#origin]
        Writer(Path folder, List<? extends RowSource> sources, int inputs) throws IOException {
            this.sources = List.copyOf(sources);
            this.inputs = inputs;
            indexFile = folder.resolve("index");
            rowsFile = folder.resolve("rows");
            indexOut = Files.newOutputStream(indexFile);
            rowsOut = Files.newOutputStream(rowsFile);
            index = new Spool(indexOut::write);
            rows = new Spool(rowsOut::write);
        }

        int size() {
            return size;
        }

        void add(Entry entry) throws IOException {
            index.putLong(offset);
            index.putLong(entry.identity());
            index.putInt(entry.label());
            index.putInt(entry.split().ordinal() | (entry.heldOut() ? 4 : 0));
            index.putLong(entry.key());
            rows.putInt(entry.file());
            rows.putLong(entry.line());
            rows.put(entry.values().bytes(), 0, entry.values().size());
            offset += HEAD + entry.values().size();
            size++;
        }

        RowStore finish() throws IOException {
            index.flush();
            rows.flush();
            close();
            return new RowStore(this);
        }

        @Override
        public void close() throws IOException {
            try (indexOut) {
                rowsOut.close();
            }
        }
    }
}
