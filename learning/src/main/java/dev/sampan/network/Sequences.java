package dev.sampan.network;

import dev.sampan.compute.Tensors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// Token ids of some texts, by time and then by text, each also turned round in front of its padding.
///
/// @param ids (time, rows)
/// @param reversed (time, rows)
/// @param lengths tokens of each text
record Sequences(int time, long[] ids, long[] reversed, int[] lengths) {
    /// @param ids (rows, time)
    /// @param mask (rows, time), 1 where a token stands; padding only behind a text
    static Sequences of(Tensor ids, Tensor mask) {
        int rows = (int) ids.size(0);
        int time = (int) ids.size(1);
        int[] given = Tensors.ints(ids);
        int[] stands = Tensors.ints(mask);
        int[] lengths = new int[rows];
        for (int i = 0; i < stands.length; i++) {
            lengths[i / time] += stands[i];
        }
        long[] there = new long[given.length];
        long[] back = new long[given.length];
        for (int row = 0; row < rows; row++) {
            for (int t = 0; t < time; t++) {
                there[t * rows + row] = given[row * time + t];
                back[t * rows + row] = given[row * time + turned(t, lengths[row])];
            }
        }
        return new Sequences(time, there, back, lengths);
    }

    int rows() {
        return lengths.length;
    }

    /// The same for whatever else belongs to the tokens.
    ///
    /// @param values (time, rows, width)
    float[] reversed(float[] values, int width) {
        if (values.length == 0) {
            return values;
        }
        float[] back = new float[values.length];
        for (int row = 0; row < rows(); row++) {
            for (int t = 0; t < time; t++) {
                int from = (turned(t, lengths[row]) * rows() + row) * width;
                System.arraycopy(values, from, back, (t * rows() + row) * width, width);
            }
        }
        return back;
    }

    /// True when some text is shorter than the longest.
    boolean padded() {
        for (int length : lengths) {
            if (length < time) {
                return true;
            }
        }
        return false;
    }

    /// (time, rows, 1), true behind a text's end.
    Tensor padding() {
        float[] behind = new float[ids.length];
        for (int row = 0; row < rows(); row++) {
            for (int t = lengths[row]; t < time; t++) {
                behind[t * rows() + row] = 1;
            }
        }
        return Tensors.floats(behind, time, rows(), 1).to(ScalarType.Bool);
    }

    private static int turned(int t, int length) {
        return t < length ? length - 1 - t : t;
    }
}
