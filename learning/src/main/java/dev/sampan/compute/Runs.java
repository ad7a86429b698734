package dev.sampan.compute;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/// Some slots of [Weights] packed one behind another into one native tensor. Neighbours in the array stay neighbours,
/// so that they are copied in long runs.
final class Runs {
    /// What one thread takes at once.
    private static final int PIECE = 1 << 17;
    /// So much is copied at once when runs are added up: it stays in the first cache.
    private static final int CACHED = 4096;

    private static final float[] ZEROS = new float[CACHED];

    /// @param offset in the array of the weights
    /// @param packed in the tensor
    private record Run(int offset, int packed, int size) {}

    private final List<Run> pieces = new ArrayList<>(); // the runs, cut
    private final Map<String, Integer> packedOffsets = new HashMap<>();
    private final int size;

    Runs(List<Weights.Slot> slots) {
        List<Run> runs = new ArrayList<>();
        int packed = 0;
        for (Weights.Slot slot : slots) {
            packedOffsets.put(slot.name(), packed);
            Run last = runs.isEmpty() ? null : runs.getLast();
            if (last != null && last.offset + last.size == slot.offset()) {
                runs.set(runs.size() - 1, new Run(last.offset, last.packed, last.size + slot.size()));
            } else {
                runs.add(new Run(slot.offset(), packed, slot.size()));
            }
            packed = Math.addExact(packed, slot.size());
        }
        size = packed;
        for (Run run : runs) {
            for (int from = 0; from < run.size; from += PIECE) {
                pieces.add(new Run(run.offset + from, run.packed + from, Math.min(PIECE, run.size - from)));
            }
        }
    }

    int size() {
        return size;
    }

    boolean holds(Weights.Slot slot) {
        return packedOffsets.containsKey(slot.name());
    }

    /// The slot's part of a packed tensor, sharing its memory.
    Tensor view(Tensor packed, Weights.Slot slot) {
        Integer from = packedOffsets.get(slot.name());
        if (from == null) {
            throw new IllegalArgumentException(slot.name() + " is not among the packed");
        }
        return packed.narrow(0, from, slot.size()).view(slot.shape()).detach();
    }

    void put(float[] values, FloatBuffer packed, Lanes lanes) {
        lanes.share(pieces.size(), i -> {
            Run piece = pieces.get(i);
            packed.put(piece.packed, values, piece.offset, piece.size);
        });
    }

    void get(FloatBuffer packed, float[] values) {
        pieces.forEach(piece -> packed.get(piece.packed, values, piece.offset, piece.size));
    }

    /// Sets the array to the sum of the packed ones, in their order, and those to zero.
    void take(List<FloatBuffer> packed, float[] sum, Lanes lanes) {
        lanes.share(pieces.size(), i -> {
            Run piece = pieces.get(i);
            Arrays.fill(sum, piece.offset, piece.offset + piece.size, 0);
            float[] read = new float[Math.min(CACHED, piece.size)];
            packed.forEach(each -> take(each, piece, read, sum));
        });
    }

    private static void take(FloatBuffer packed, Run piece, float[] read, float[] sum) {
        for (int done = 0; done < piece.size; done += CACHED) {
            int count = Math.min(CACHED, piece.size - done);
            packed.get(piece.packed + done, read, 0, count);
            packed.put(piece.packed + done, ZEROS, 0, count);
            add(read, count, sum, piece.offset + done);
        }
    }

    private static void add(float[] read, int count, float[] sum, int offset) {
        for (int i = 0; i < count; i++) {
            sum[offset + i] += read[i];
        }
    }
}
