package dev.sampan.training.internal.images;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.sampan.compute.Lanes;
import dev.sampan.data.Split;
import dev.sampan.data.image.Frame;
import dev.sampan.data.image.Picture;
import dev.sampan.kernel.Progress;
import dev.sampan.kernel.Sha256;
import dev.sampan.training.internal.WholeFolder;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The pictures of one split in their frame, on disk and mapped: decoded once, then read at random by every
/// epoch. Three files: `present`, a byte for each row, 1 where it has a picture; `pixels`, a picture of
/// (height, width, channels) bytes for each row, 0 where it has none, and `labels`, 32 bits each, big-endian.
public final class PictureStore implements AutoCloseable {
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT.withOrder(ByteOrder.BIG_ENDIAN);

    private final Arena arena = Arena.ofShared();
    private final Frame frame;
    private final MemorySegment pixels;
    private final MemorySegment labels;
    private final MemorySegment present;

    private PictureStore(Frame frame, Path folder) throws IOException {
        this.frame = frame;
        pixels = map(folder.resolve("pixels"));
        labels = map(folder.resolve("labels"));
        present = map(folder.resolve("present"));
    }

    /// The store of a split, made when it is not there.
    ///
    /// @param folder of stores
    public static PictureStore of(
            PictureColumn column, Split split, Frame frame, Path folder, Lanes lanes, Progress progress)
            throws IOException {
        String key = Sha256.of("2\n" + column.dataset().version() + "\n" + column.place() + "\n" + frame)
                        .hex()
                        .substring(0, 16)
                + "-" + split;
        return new PictureStore(frame, WholeFolder.of(folder.resolve(key), made -> {
            try (DataOutputStream pixels = WholeFolder.stream(made.resolve("pixels"));
                    DataOutputStream labels = WholeFolder.stream(made.resolve("labels"));
                    DataOutputStream present = WholeFolder.stream(made.resolve("present"))) {
                byte[] none = new byte[frame.size()];
                PictureRows.read(column, split, lanes, progress, frame::of, (picture, label) -> {
                    pixels.write(picture == null ? none : picture.pixels());
                    present.writeByte(picture == null ? 0 : 1);
                    labels.writeInt(label);
                });
            }
        }));
    }

    public Frame frame() {
        return frame;
    }

    public int rows() {
        return Math.toIntExact(labels.byteSize() / Integer.BYTES);
    }

    /// False where the row has no picture.
    public boolean present(int row) {
        return present.get(JAVA_BYTE, row) == 1;
    }

    /// Number of a row's label, −1 for none.
    public int label(int row) {
        return labels.getAtIndex(INT, row);
    }

    public Picture picture(int row) {
        byte[] bytes = new byte[frame.size()];
        MemorySegment.copy(pixels, JAVA_BYTE, (long) row * bytes.length, bytes, 0, bytes.length);
        return new Picture(frame.width(), frame.height(), frame.channels(), bytes);
    }

    /// Rows of each label.
    Map<String, Long> labelCounts(List<String> names) {
        Map<String, Long> counts = new HashMap<>();
        names.forEach(label -> counts.put(label, 0L));
        for (int row = 0; row < rows(); row++) {
            counts.merge(names.get(label(row)), 1L, Long::sum);
        }
        return counts;
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
