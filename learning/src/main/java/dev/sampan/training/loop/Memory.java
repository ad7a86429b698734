package dev.sampan.training.loop;

import dev.sampan.compute.Optimiser;
import dev.sampan.compute.Weights;
import dev.sampan.network.Network;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All arrays of a run: weights and buffers as they are, those of the best validation, the moving average, and what the
/// optimiser keeps.
final class Memory {
    final Optimiser optimiser;
    private final Weights weights;
    private final Weights buffers;
    private final double averageDecay;
    private final float @Nullable [] average;
    private final float[] best; // empty where the last are the best
    private final float[] bestBuffers;

    /// One weight's values in one of the arrays.
    record Stored(String name, long[] shape, float[] array, int offset, int size) {}

    /// @param averageDecay of the moving average, 0 for none
    /// @param judged whether validation tells which weights are the best; without it and without an average
    ///     they are the last, of which no second copy is kept
    Memory(Network network, Optimiser optimiser, double averageDecay, boolean judged) {
        this(network.weights(), network.buffers(), optimiser, averageDecay, judged);
    }

    private Memory(Weights weights, Weights buffers, Optimiser optimiser, double averageDecay, boolean judged) {
        this.optimiser = optimiser;
        this.averageDecay = averageDecay;
        this.weights = weights;
        this.buffers = buffers;
        average = averageDecay > 0 ? weights.values().clone() : null;
        boolean kept = judged || average != null;
        best = kept ? weights.values().clone() : new float[0];
        bestBuffers = kept ? buffers.values().clone() : new float[0];
    }

    /// a ← d a + (1 − d) w, with d growing from 0.1 in the first steps, so that the first weights are soon forgotten.
    void average(long step) {
        float[] a = average;
        if (a == null) {
            return;
        }
        float[] w = weights.values();
        float d = (float) Math.min(averageDecay, (1.0 + step) / (10.0 + step));
        for (int i = 0; i < a.length; i++) {
            a[i] = d * a[i] + (1 - d) * w[i];
        }
    }

    /// Puts the moving average in the weights' place, and with a second call back again.
    ///
    /// @return false when there is none
    boolean swapAverage() {
        float[] a = average;
        if (a == null) {
            return false;
        }
        float[] w = weights.values();
        for (int i = 0; i < a.length; i++) {
            float own = w[i];
            w[i] = a[i];
            a[i] = own;
        }
        return true;
    }

    /// Of weights that no validation judges.
    static Memory unjudged(Weights weights, Optimiser optimiser, double averageDecay) {
        return new Memory(weights, Weights.NONE, optimiser, averageDecay, false);
    }

    void keepBest() {
        System.arraycopy(weights.values(), 0, best, 0, best.length);
        System.arraycopy(buffers.values(), 0, bestBuffers, 0, bestBuffers.length);
    }

    void restoreBest() {
        System.arraycopy(best, 0, weights.values(), 0, best.length);
        System.arraycopy(bestBuffers, 0, buffers.values(), 0, bestBuffers.length);
    }

    /// Everything, for a checkpoint.
    List<Stored> stored() {
        List<Stored> all = new ArrayList<>();
        add(all, "", weights, weights.values());
        add(all, "", buffers, buffers.values());
        if (best.length > 0) {
            add(all, "best.", weights, best);
            add(all, "best.", buffers, bestBuffers);
        }
        float[] a = average;
        if (a != null) {
            add(all, "ema.", weights, a);
        }
        for (Optimiser.State state : optimiser.states()) {
            Weights.Slot slot = state.slot();
            all.add(new Stored("optimizer." + state.name(), slot.shape(), state.array(), state.offset(), slot.size()));
        }
        return all;
    }

    private static void add(List<Stored> all, String prefix, Weights names, float[] values) {
        for (Weights.Slot slot : names.slots()) {
            all.add(new Stored(prefix + slot.name(), slot.shape(), values, slot.offset(), slot.size()));
        }
    }
}
