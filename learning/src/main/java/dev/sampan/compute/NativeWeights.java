package dev.sampan.compute;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// The copy of some weights that libtorch computes with, and for each thread that learns a set of leaves over it: the
/// values are shared, the gradients are the thread's own. Tables are not copied: their rows are looked up in the Java
/// array. Make it outside any [Scope]; it lives until closed.
public final class NativeWeights implements AutoCloseable {
    private final Weights weights;
    private final Predicate<Weights.Slot> learns;
    private final List<Weights.Slot> dense;
    private final Runs packed; // of all that are no tables
    private final Runs learning; // of those that learn
    private final Tensor values; // (packed)
    private final FloatBuffer valuesMemory;
    private final List<Leaves> leaves = new ArrayList<>();

    /// All weights, all learning.
    public NativeWeights(Weights weights) {
        this(weights, _ -> true);
    }

    /// @param learns false for what is frozen: no gradient is computed for it
    public NativeWeights(Weights weights, Predicate<Weights.Slot> learns) {
        this.weights = weights;
        this.learns = learns;
        dense = weights.slots().stream().filter(slot -> !slot.table()).toList();
        packed = new Runs(dense);
        learning = new Runs(dense.stream().filter(learns).toList());
        values = torch.empty(Math.max(1, packed.size()));
        valuesMemory = memory(values, packed.size());
        packed.put(weights.values(), valuesMemory, Lanes.ONE);
    }

    /// The same by the caller's thread alone.
    public void refresh() {
        refresh(Lanes.ONE);
    }

    /// Takes over what the optimiser changed.
    public void refresh(Lanes lanes) {
        packed.put(weights.values(), valuesMemory, lanes);
    }

    /// How many numbers learn, beside tables.
    public int learningSize() {
        return learning.size();
    }

    /// The other way round, for what libtorch itself changes: running statistics.
    public void bringBack() {
        packed.get(valuesMemory, weights.values());
    }

    /// One more set of leaves, for one thread.
    public Leaves leaves() {
        Leaves made = new Leaves();
        leaves.add(made);
        return made;
    }

    /// The same by the caller's thread alone.
    public void sumGradients() {
        sumGradients(Lanes.ONE);
    }

    /// Sets the gradient of the weights to the sum of what the leaves hold, in their order, and theirs to zero. By the
    /// owner's thread, while no other computes.
    public void sumGradients(Lanes lanes) {
        float[] sum = weights.gradient();
        List<Leaves> used = leaves.stream().filter(each -> each.used).toList();
        learning.take(used.stream().map(each -> each.gradientMemory).toList(), sum, lanes);
        leaves.forEach(each -> each.lookups.clear(sum));
        used.forEach(each -> {
            each.lookups.addTo(sum);
            each.used = false;
        });
    }

    @Override
    public void close() {
        leaves.forEach(Leaves::close);
        values.close();
    }

    private static FloatBuffer memory(Tensor tensor, int size) {
        return tensor.data_ptr_float().capacity(size).asBuffer();
    }

    /// The weights as leaves of a graph, each with a gradient that `backward` adds to, over as many passes as wanted.
    public final class Leaves {
        private final Tensor gradient = torch.zeros(Math.max(1, learning.size()));
        private final FloatBuffer gradientMemory = memory(gradient, learning.size());
        private final Map<String, Tensor> byName = new LinkedHashMap<>();
        private final Lookups lookups = new Lookups(weights);
        private boolean used;

        private Leaves() {
            for (Weights.Slot slot : dense) {
                Tensor leaf = packed.view(values, slot);
                if (learning.holds(slot)) {
                    leaf.set_requires_grad(true);
                    leaf.mutable_grad().put(learning.view(gradient, slot));
                }
                byName.put(slot.name(), leaf);
            }
        }

        /// @throws IllegalArgumentException when there is no such weight, or it is a table
        public Tensor get(String name) {
            Tensor leaf = byName.get(name);
            if (leaf == null) {
                throw new IllegalArgumentException("no weight is named '" + name + "', or it is a table");
            }
            return leaf;
        }

        /// Rows of a table, as a leaf of the open scope's graph.
        ///
        /// @param ids 64-bit integers of any shape
        /// @param factors the rows are multiplied by them, (ids, width) in row order; empty for none
        /// @return (shape of ids, width)
        public Tensor rows(String table, Tensor ids, float[] factors) {
            Weights.Slot slot = weights.slot(table);
            if (!slot.table()) {
                throw new IllegalArgumentException(table + " is no table");
            }
            return lookups.read(slot, ids, factors, learns.test(slot) && GradMode.is_enabled());
        }

        /// To be called after `backward`, before the scope closes.
        public void keepGradient() {
            used = true;
            lookups.take();
        }

        private void close() {
            byName.values().forEach(Tensor::close);
            gradient.close();
        }
    }
}
