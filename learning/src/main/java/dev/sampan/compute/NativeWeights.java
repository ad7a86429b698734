package dev.sampan.compute;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// The copy of some weights that libtorch computes with, and for each thread that learns a set of leaves over it: the
/// values are shared, the gradients are the thread's own. Make it outside any [Scope]; it lives until closed.
public final class NativeWeights implements AutoCloseable {
    private final Weights weights;
    private final List<Weights.Slot> slots;
    private final int offset;
    private final int size;
    private final Tensor values; // (size)
    private final List<Leaves> leaves = new ArrayList<>();

    /// @param slots neighbours in the array
    public NativeWeights(Weights weights, List<Weights.Slot> slots) {
        this.weights = weights;
        this.slots = List.copyOf(slots);
        offset = slots.getFirst().offset();
        size = slots.getLast().end() - offset;
        values = torch.empty(size);
        refresh();
    }

    /// Takes over what the optimiser changed.
    public void refresh() {
        values.data_ptr_float().put(weights.values(), offset, size);
    }

    /// One more set of leaves, for one thread.
    public Leaves leaves() {
        Leaves made = new Leaves();
        leaves.add(made);
        return made;
    }

    @Override
    public void close() {
        leaves.forEach(Leaves::close);
        values.close();
    }

    /// The weights as leaves of a graph, each with a gradient that `backward` adds to.
    public final class Leaves {
        private final Tensor gradient = torch.zeros(size);
        private final float[] copied = new float[size];
        private final Map<String, Tensor> byName = new LinkedHashMap<>();

        private Leaves() {
            for (Weights.Slot slot : slots) {
                Tensor leaf = view(values, slot).set_requires_grad(true);
                leaf.mutable_grad().put(view(gradient, slot));
                byName.put(slot.name(), leaf);
            }
        }

        public Tensor get(String name) {
            Tensor leaf = byName.get(name);
            if (leaf == null) {
                throw new IllegalArgumentException("no weight is named '" + name + "'");
            }
            return leaf;
        }

        /// Copies the gradient out and starts the next one at zero. Within a scope without recording.
        public void takeGradient() {
            Tensors.copy(gradient, copied, 0, size);
            gradient.zero_();
        }

        /// Adds what [#takeGradient] took to the gradient of the weights.
        public void addTo() {
            float[] sum = weights.gradient();
            for (int i = 0; i < size; i++) {
                sum[offset + i] += copied[i];
            }
        }

        private Tensor view(Tensor flat, Weights.Slot slot) {
            return flat.narrow(0, slot.offset() - offset, slot.size())
                    .view(slot.shape())
                    .detach();
        }

        private void close() {
            byName.values().forEach(Tensor::close);
            gradient.close();
        }
    }
}
