package dev.sampan.compute;

import java.util.ArrayList;
import java.util.List;

/// The weights of a network with their gradient, by name, one after another in two flat arrays.
public final class Weights {
    /// Where one weight stands in the arrays.
    ///
    /// @param name as in a `state_dict` of PyTorch: `lstm.weight_ih_l0`
    /// @param shape in row order
    public record Slot(String name, long[] shape, int offset, int size) {
        public int end() {
            return offset + size;
        }
    }

    private final List<Slot> slots;
    private final float[] values;
    private final float[] gradient;

    private Weights(List<Slot> slots) {
        this.slots = List.copyOf(slots);
        int size = slots.isEmpty() ? 0 : slots.getLast().end();
        values = new float[size];
        gradient = new float[size];
    }

    /// Collects names and shapes; all weights start at zero.
    public static final class Layout {
        private final List<Slot> slots = new ArrayList<>();
        private int size;

        public Layout add(String name, long... shape) {
            long count = 1;
            for (long dim : shape) {
                count = Math.multiplyExact(count, dim);
            }
            slots.add(new Slot(name, shape, size, Math.toIntExact(count)));
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

    /// The gradient of the loss by [#values]; the array itself.
    public float[] gradient() {
        return gradient;
    }
}
