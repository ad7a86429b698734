package dev.sampan.compute;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The weights of a network with their gradient, by name, one after another in two flat arrays.
public final class Weights {
    /// No weights at all.
    public static final Weights NONE = new Layout().allocate();

    /// Where one weight stands in the arrays.
    ///
    /// @param name as in a `state_dict` of PyTorch: `lstm.weight_ih_l0`
    /// @param shape in row order
    /// @param table a table (rows, width) that is read by rows alone and stays in Java: [NativeWeights.Leaves#rows]
    public record Slot(String name, long[] shape, int offset, int size, boolean table) {
        public int end() {
            return offset + size;
        }
    }

    private final List<Slot> slots;
    private final float[] values;
    private float @Nullable [] gradient;

    private Weights(List<Slot> slots) {
        this.slots = List.copyOf(slots);
        int size = slots.isEmpty() ? 0 : slots.getLast().end();
        values = new float[size];
    }

    /// Collects names and shapes; all weights start at zero.
    public static final class Layout {
        private final List<Slot> slots = new ArrayList<>();
        private int size;

        public Layout add(String name, long... shape) {
            return add(name, shape, false);
        }

        /// A table of vectors of which a step reads few rows: neither copied to libtorch nor given a dense gradient.
        public Layout table(String name, long rows, long width) {
            return add(name, new long[] {rows, width}, true);
        }

        private Layout add(String name, long[] shape, boolean table) {
            long count = 1;
            for (long dim : shape) {
                count = Math.multiplyExact(count, dim);
            }
            slots.add(new Slot(name, shape, size, Math.toIntExact(count), table));
            size = Math.addExact(size, (int) count);
            return this;
        }

        public Weights allocate() {
            return new Weights(slots);
        }
    }

    public List<Slot> slots() {
        return slots;
    }

    public Slot slot(String name) {
        return slots.stream()
                .filter(slot -> slot.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no weight is named '" + name + "'"));
    }

    /// All weights; the array itself, which the optimiser changes.
    public float[] values() {
        return values;
    }

    /// The gradient of the loss by [#values]; the array itself. By the owner's thread.
    public float[] gradient() {
        float[] made = gradient;
        if (made == null) {
            made = new float[values.length];
            gradient = made;
        }
        return made;
    }
}
