package dev.sampan.training.internal;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.sampan.data.Dataset;
import dev.sampan.data.NgramFeatures;
import dev.sampan.data.Split;
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

/// The n-grams of one split on disk, mapped: made once, read row by row. Four files, big-endian: `ids` (32 bits each),
/// `weights` (32-bit floats beside them), `offsets` (64 bits, where each row's ids begin, and the end), `labels`
/// (32 bits).
final class GramStore implements LabelledRows, AutoCloseable {
    private static final ValueLayout.OfInt INT = JAVA_INT.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfFloat FLOAT = JAVA_FLOAT.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong LONG = JAVA_LONG.withOrder(ByteOrder.BIG_ENDIAN);

    private final Arena arena = Arena.ofShared();
    private final MemorySegment ids;
    private final MemorySegment weights;
    private final MemorySegment offsets;
    private final MemorySegment labels;
    private final int rows;

    GramStore(Path folder) throws IOException {
        ids = map(folder.resolve("ids"));
        weights = map(folder.resolve("weights"));
        offsets = map(folder.resolve("offsets"));
        labels = map(folder.resolve("labels"));
        rows = Math.toIntExact(labels.byteSize() / Integer.BYTES);
    }

    /// The store of a split, made when it is not there.
    ///
    /// @param folder of stores; each lies in a sub-folder named after data set, features and split
    static GramStore of(Dataset dataset, Split split, NgramFeatures features, Path folder, Progress progress)
            throws IOException {
        String key = dataset.version().hex().substring(0, 16) + "-" + FeatureKey.of(features) + "-" + split;
        return new GramStore(
                WholeFolder.of(folder.resolve(key), made -> write(dataset, split, features, made, progress)));
    }

    private static void write(Dataset dataset, Split split, NgramFeatures features, Path folder, Progress progress)
            throws IOException {
        try (DataOutputStream ids = WholeFolder.stream(folder.resolve("ids"));
                DataOutputStream weights = WholeFolder.stream(folder.resolve("weights"));
                DataOutputStream offsets = WholeFolder.stream(folder.resolve("offsets"));
                DataOutputStream labels = WholeFolder.stream(folder.resolve("labels"))) {
            long[] end = {0};
            offsets.writeLong(0);
            EncodedRows.read(dataset, split, features, progress, (texts, truths) -> {
                for (int row = 0; row < truths.length; row++) {
                    NgramFeatures.Grams grams = features.grams(texts.get(row));
                    for (int k = 0; k < grams.ids().length; k++) {
                        ids.writeInt(grams.ids()[k]);
                        weights.writeFloat(grams.weights()[k]);
                    }
                    end[0] += grams.ids().length;
                    offsets.writeLong(end[0]);
                    labels.writeInt(truths[row]);
                }
            });
        }
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public int label(int row) {
        return labels.getAtIndex(INT, row);
    }

    NgramFeatures.Grams grams(int row) {
        long from = offsets.getAtIndex(LONG, row);
        int length = Math.toIntExact(offsets.getAtIndex(LONG, row + 1L) - from);
        int[] gramIds = new int[length];
        float[] gramWeights = new float[length];
        MemorySegment.copy(ids, INT, from * Integer.BYTES, gramIds, 0, length);
        MemorySegment.copy(weights, FLOAT, from * Float.BYTES, gramWeights, 0, length);
        return new NgramFeatures.Grams(gramIds, gramWeights);
    }

    @Override
    public void close() {
        arena.close();
    }

    private MemorySegment map(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
        }
    }
}
