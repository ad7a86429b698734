package dev.sampan.training.internal;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.sampan.data.Dataset;
import dev.sampan.data.Split;
import dev.sampan.data.TokenBatch;
import dev.sampan.data.TokenisedFeatures;
import dev.sampan.kernel.Progress;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The token ids of one split on disk, mapped: made once in one pass over the rows, then read at random by every epoch,
/// so that memory does not grow with the data. Three files, big-endian: `ids` (32 bits each), `offsets` (64 bits, where
/// each row's ids begin, and the end), `labels` (32 bits).
final class TokenStore implements LabelledRows, AutoCloseable {
    private static final ValueLayout.OfInt INT = JAVA_INT.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong LONG = JAVA_LONG.withOrder(ByteOrder.BIG_ENDIAN);

    private final Arena arena = Arena.ofShared();
    private final MemorySegment ids;
    private final MemorySegment offsets;
    private final MemorySegment labels;
    private final int rows;

    TokenStore(Path folder) throws IOException {
        ids = map(folder.resolve("ids"));
        offsets = map(folder.resolve("offsets"));
        labels = map(folder.resolve("labels"));
        rows = Math.toIntExact(labels.byteSize() / Integer.BYTES);
    }

    /// The store of a split, made when it is not there.
    ///
    /// @param folder of stores; each lies in a sub-folder named after data set, features and split
    static TokenStore of(Dataset dataset, Split split, TokenisedFeatures features, Path folder, Progress progress)
            throws IOException {
        String key = dataset.version().hex().substring(0, 16) + "-" + FeatureKey.of(features) + "-" + split;
        return new TokenStore(
                WholeFolder.of(folder.resolve(key), made -> write(dataset, split, features, made, progress)));
    }

    private static void write(Dataset dataset, Split split, TokenisedFeatures features, Path folder, Progress progress)
            throws IOException {
        try (Writer writer = new Writer(folder)) {
            EncodedRows.read(dataset, split, features, progress, (texts, labels) -> {
                TokenBatch batch = features.tokens(texts);
                for (int row = 0; row < batch.rows(); row++) {
                    int length = 0;
                    int from = row * batch.length();
                    while (length < batch.length() && batch.mask()[from + length] != 0) {
                        length++;
                    }
                    writer.add(Arrays.copyOfRange(batch.ids(), from, from + length), labels[row]);
                }
            });
        }
    }

    /// Writes the three files of a store.
    static final class Writer implements AutoCloseable {
        private final DataOutputStream ids;
        private final DataOutputStream offsets;
        private final DataOutputStream labels;
        private long end;

        Writer(Path folder) throws IOException {
            ids = WholeFolder.stream(folder.resolve("ids"));
            offsets = WholeFolder.stream(folder.resolve("offsets"));
            labels = WholeFolder.stream(folder.resolve("labels"));
            offsets.writeLong(end);
        }

        void add(long[] text, int label) throws IOException {
            for (long id : text) {
                ids.writeInt((int) id);
            }
            end += text.length;
            offsets.writeLong(end);
            labels.writeInt(label);
        }

        @Override
        public void close() throws IOException {
            ids.close();
            offsets.close();
            labels.close();
        }
    }

    @Override
    public int rows() {
        return rows;
    }

    int length(int row) {
        return (int) (offset(row + 1) - offset(row));
    }

    @Override
    public int label(int row) {
        return labels.getAtIndex(INT, row);
    }

    /// Rows of each label.
    ///
    /// @param names of the labels, by number
    Map<String, Long> labelCounts(List<String> names) {
        Map<String, Long> counts = new HashMap<>();
        names.forEach(name -> counts.put(name, 0L));
        for (int row = 0; row < rows; row++) {
            counts.merge(names.get(label(row)), 1L, Long::sum);
        }
        return counts;
    }

    int[] text(int row) {
        int[] text = new int[length(row)];
        MemorySegment.copy(ids, INT, offset(row) * Integer.BYTES, text, 0, text.length);
        return text;
    }

    @Override
    public void close() {
        arena.close();
    }

    private long offset(int row) {
        return offsets.getAtIndex(LONG, row);
    }

    private MemorySegment map(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
        }
    }
}
