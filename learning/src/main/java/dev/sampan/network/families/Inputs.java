package dev.sampan.network.families;

import dev.sampan.compute.Tensors;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/// Names of what networks read, as the reference has them, and what is made of them.
final class Inputs {
    static final String IDS = "input_ids";
    static final String MASK = "attention_mask";
    static final String TYPES = "token_type_ids";
    static final String DECODER_IDS = "decoder_input_ids";
    static final String DECODER_MASK = "decoder_attention_mask";

    private Inputs() {}

    /// (rows, time)
    static Tensor ids(Map<String, Tensor> inputs) {
        return required(inputs, IDS);
    }

    static Tensor required(Map<String, Tensor> inputs, String name) {
        Tensor found = inputs.get(name);
        if (found == null) {
            throw new IllegalArgumentException("no input is named '" + name + "' among " + inputs.keySet());
        }
        return found;
    }

    /// The same of a graph's values.
    static String named(Map<String, String> values, String name) {
        String found = values.get(name);
        if (found == null) {
            throw new IllegalArgumentException("no value is named '" + name + "' among " + values.keySet());
        }
        return found;
    }

    /// 0, 1, 2, … as (1, time).
    ///
    /// @param max places the network knows
    static Tensor places(long time, int max) {
        if (time > max) {
            throw new ProblemException(Problem.of(
                    "model.too_long", "A text of " + time + " tokens is longer than the model's " + max + " places."));
        }
        long[] places = new long[(int) time];
        for (int i = 0; i < time; i++) {
            places[i] = i;
        }
        return Tensors.longs(places, 1, time);
    }

    /// Place of each row's last token that is no padding; the last place where there is none.
    ///
    /// @param padding -1 when the network has no id for it
    static long[] last(Tensor ids, int padding) {
        int[] all = Tensors.ints(ids);
        int time = (int) ids.size(1);
        long[] last = new long[(int) ids.size(0)];
        for (int row = 0; row < last.length; row++) {
            last[row] = padding < 0 ? time - 1 : 0;
            for (int t = 0; padding >= 0 && t < time; t++) {
                if (all[row * time + t] != padding) {
                    last[row] = t;
                }
            }
        }
        return last;
    }
}
