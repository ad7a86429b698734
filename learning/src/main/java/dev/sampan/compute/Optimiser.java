package dev.sampan.compute;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Applies an [UpdateRule] to weights, each at its own share of the rate and of the decay. What is frozen is neither
/// touched nor given a state. Work is cut into pieces whose bounds do not depend on the number of threads.
public final class Optimiser {
    private static final int PIECE = 1 << 17;
    private static final int CACHED = 4096;

    private final UpdateRule rule;
    private final Weights weights;
    private final List<Taught> taught = new ArrayList<>();
    private final List<Piece> pieces = new ArrayList<>();
    private final float[][] states;
    private long steps;

    /// How one weight is taught.
    ///
    /// @param rate share of the learning rate, 0 for frozen
    /// @param decay share of the weight decay
    public record Share(double rate, double decay) {
        public static final Share WHOLE = new Share(1, 1);
        public static final Share FROZEN = new Share(0, 0);
    }

    /// @param at where its states begin in the arrays
    private record Taught(Weights.Slot slot, int at) {}

    /// @param shift what is added to a weight's index to get its index in the states
    private record Piece(int from, int to, int shift, Share share) {}

    /// One weight's part of one array kept between steps.
    ///
    /// @param name such as `exp_avg.classifier.weight`
    /// @param array which holds it from `offset` on
    public record State(String name, Weights.Slot slot, float[] array, int offset) {}

    /// Teaches all weights alike.
    public Optimiser(UpdateRule rule, Weights weights) {
        this(rule, weights, _ -> Share.WHOLE);
    }

    public Optimiser(UpdateRule rule, Weights weights, Function<Weights.Slot, Share> shares) {
        this.rule = rule;
        this.weights = weights;
        int at = 0;
        for (Weights.Slot slot : weights.slots()) {
            Share share = shares.apply(slot);
            if (share.rate() > 0) {
                taught.add(new Taught(slot, at));
                add(slot, at - slot.offset(), share);
                at += slot.size();
            }
        }
        states = new float[rule.states().size()][at];
    }

    private void add(Weights.Slot slot, int shift, Share share) {
        int from = slot.offset();
        Piece last = pieces.isEmpty() ? null : pieces.getLast();
        if (last != null && last.to == from && last.shift == shift && last.share.equals(share)) {
            pieces.removeLast();
            from = last.from; // small neighbours go together
        }
        for (; from < slot.end(); from += PIECE) {
            pieces.add(new Piece(from, Math.min(slot.end(), from + PIECE), shift, share));
        }
    }

    /// One step against the gradient, which is first multiplied by `scale` and then scaled down to the global norm
    /// `maxNorm`.
    ///
    /// @param rate η
    /// @param decay λ
    /// @param maxNorm 0 for no limit
    /// @return the gradient's norm before clipping; when it is not finite nothing is changed
    public double step(double rate, double decay, double maxNorm, double scale, Lanes lanes) {
        double norm = norm(lanes) * scale;
        if (!Double.isFinite(norm)) {
            return norm;
        }
        steps++;
        double clipped = maxNorm > 0 && norm > maxNorm ? scale * (maxNorm / (norm + 1e-6)) : scale;
        lanes.share(pieces.size(), i -> {
            Piece piece = pieces.get(i);
            UpdateRule.Step step =
                    new UpdateRule.Step(rate * piece.share.rate(), decay * piece.share.decay(), (float) clipped, steps);
            if (piece.shift == 0) {
                rule.update(
                        new UpdateRule.Part(weights.values(), weights.gradient(), piece.from, piece.to), states, step);
            } else {
                updateShifted(piece, step);
            }
        });
        return norm;
    }

    /// Behind something frozen: by way of small arrays in which the indices are the same again.
    private void updateShifted(Piece piece, UpdateRule.Step step) {
        float[] w = new float[CACHED];
        float[] g = new float[CACHED];
        float[][] kept = new float[states.length][CACHED];
        for (int from = piece.from; from < piece.to; from += CACHED) {
            int count = Math.min(CACHED, piece.to - from);
            System.arraycopy(weights.values(), from, w, 0, count);
            System.arraycopy(weights.gradient(), from, g, 0, count);
            for (int k = 0; k < states.length; k++) {
                System.arraycopy(states[k], from + piece.shift, kept[k], 0, count);
            }
            rule.update(new UpdateRule.Part(w, g, 0, count), kept, step);
            System.arraycopy(w, 0, weights.values(), from, count);
            for (int k = 0; k < states.length; k++) {
                System.arraycopy(kept[k], 0, states[k], from + piece.shift, count);
            }
        }
    }

    private double norm(Lanes lanes) {
        double[] sums = new double[pieces.size()];
        float[] gradient = weights.gradient();
        lanes.share(pieces.size(), i -> sums[i] = sumOfSquares(gradient, pieces.get(i).from, pieces.get(i).to));
        double sum = 0;
        for (double each : sums) {
            sum += each;
        }
        return Math.sqrt(sum);
    }

    /// Eight sums beside each other: a single one would wait for every addition.
    private static double sumOfSquares(float[] g, int from, int to) {
        double[] sums = new double[8];
        int i = from;
        for (; i + 8 <= to; i += 8) {
            for (int k = 0; k < 8; k++) {
                sums[k] += (double) g[i + k] * g[i + k];
            }
        }
        double sum = 0;
        for (; i < to; i++) {
            sum += (double) g[i] * g[i];
        }
        for (double part : sums) {
            sum += part;
        }
        return sum;
    }

    /// All that is kept between steps, beside [#steps].
    public List<State> states() {
        List<State> all = new ArrayList<>();
        for (int k = 0; k < states.length; k++) {
            for (Taught each : taught) {
                String name = rule.states().get(k) + "." + each.slot.name();
                all.add(new State(name, each.slot, states[k], each.at));
            }
        }
        return all;
    }

    public long steps() {
        return steps;
    }

    /// For taking up a run: the states are to be put into their arrays.
    public void resumeAt(long stepsDone) {
        steps = stepsDone;
    }
}
