package dev.sampan.compute;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/// Rows that one thread read out of tables, and their gradients until these are added up.
final class Lookups {
    private final Weights weights;
    private final List<Lookup> reads = new ArrayList<>(); // the first `taken` of them hold a gradient
    private final List<Lookup> added = new ArrayList<>(); // whose rows of the sum are not zero
    private final List<float[]> spare = new ArrayList<>();
    private int taken;

    /// @param leaf kept beyond its scope until the gradient is taken
    /// @param factors of the vectors, (ids, width); empty for none
    /// @param gradient (ids, width), longer than need be
    private record Lookup(Weights.Slot table, int[] ids, float[] factors, Tensor leaf, float[] gradient) {
        int width() {
            return (int) table.shape()[1];
        }
    }

    Lookups(Weights weights) {
        this.weights = weights;
    }

    /// @param ids any shape
    /// @param factors the vectors are multiplied by them, (ids, width); empty for none
    /// @param learns false for rows alone: several threads may ask for those at once
    /// @return (shape of ids, width) in the open scope
    Tensor read(Weights.Slot table, Tensor ids, float[] factors, boolean learns) {
        int[] rows = Tensors.ints(ids);
        int width = (int) table.shape()[1];
        float[] vectors = learns ? buffer(rows.length * width) : new float[rows.length * width];
        for (int i = 0; i < rows.length; i++) {
            if (rows[i] < 0 || rows[i] >= table.shape()[0]) {
                throw new IndexOutOfBoundsException(table.name() + " has no row " + rows[i]);
            }
            System.arraycopy(weights.values(), table.offset() + rows[i] * width, vectors, i * width, width);
        }
        if (factors.length > 0) {
            multiply(vectors, factors);
        }
        long[] shape = Arrays.copyOf(ids.shape(), (int) ids.dim() + 1);
        shape[shape.length - 1] = width;
        Tensor leaf = Tensors.prefix(vectors, rows.length * width, shape);
        if (learns) {
            leaf.set_requires_grad(true);
            leaf.retainReference();
            reads.add(new Lookup(table, rows, factors, leaf, vectors));
        }
        return leaf;
    }

    /// Copies gradients out and lets go of the leaves.
    void take() {
        for (; taken < reads.size(); taken++) {
            Lookup read = reads.get(taken);
            Tensor gradient = read.leaf.grad();
            int size = read.ids.length * read.width();
            if (gradient.defined()) {
                Tensors.copy(gradient, read.gradient, 0, size);
                if (read.factors.length > 0) {
                    multiply(read.gradient, read.factors);
                }
            } else { // nothing of the loss hangs on it
                Arrays.fill(read.gradient, 0, size, 0);
            }
            read.leaf.releaseReference();
        }
    }

    void addTo(float[] sum) {
        for (Lookup read : reads.subList(0, taken)) {
            int width = read.width();
            for (int i = 0; i < read.ids.length; i++) {
                int to = read.table.offset() + read.ids[i] * width;
                for (int k = 0; k < width; k++) {
                    sum[to + k] += read.gradient[i * width + k];
                }
            }
            added.add(read);
        }
        reads.clear();
        taken = 0;
    }

    /// Sets the rows of the sum to zero again that [#addTo] wrote to.
    void clear(float[] sum) {
        for (Lookup read : added) {
            int width = read.width();
            for (int id : read.ids) {
                int from = read.table.offset() + id * width;
                Arrays.fill(sum, from, from + width, 0);
            }
            spare.add(read.gradient);
        }
        added.clear();
    }

    private static void multiply(float[] values, float[] factors) {
        for (int i = 0; i < factors.length; i++) {
            values[i] *= factors[i];
        }
    }

    private float[] buffer(int size) {
        float[] last = spare.isEmpty() ? null : spare.removeLast();
        return last != null && last.length >= size ? last : new float[size];
    }
}
