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
    /// So much is copied at once when runs are added up: it stays in the first cache.
    private static final int PIECE = 4096;

    /// @param offset in the array of the weights
    /// @param packed in the tensor
    private record Run(int offset, int packed, int size) {}

    private final List<Run> runs = new ArrayList<>();
    private final Map<String, Integer> packedOffsets = new HashMap<>();
    private final int size;

    Runs(List<Weights.Slot> slots) {
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

    void put(float[] values, FloatBuffer packed) {
        runs.forEach(run -> packed.put(run.packed, values, run.offset, run.size));
    }

    void get(FloatBuffer packed, float[] values) {
        runs.forEach(run -> packed.get(run.packed, values, run.offset, run.size));
    }

    void clear(float[] sum) {
        runs.forEach(run -> Arrays.fill(sum, run.offset, run.offset + run.size, 0));
    }

    void add(FloatBuffer packed, float[] sum) {
        float[] piece = new float[PIECE];
        for (Run run : runs) {
            for (int done = 0; done < run.size; done += PIECE) {
                int count = Math.min(PIECE, run.size - done);
                packed.get(run.packed + done, piece, 0, count);
                add(piece, count, sum, run.offset + done);
            }
        }
    }

    private static void add(float[] piece, int count, float[] sum, int offset) {
        for (int i = 0; i < count; i++) {
            sum[offset + i] += piece[i];
        }
    }
}
