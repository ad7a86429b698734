package dev.sampan.training.internal;

import dev.sampan.network.BiLstmClassifier;
import java.util.SplittableRandom;

/// While learning, rare tokens are now and then read as unknown, so that the vector of what was never seen is
/// learnt from the words most like it. A token of count c is replaced with probability α / (α + c)
/// (Kiperwasser and Goldberg 2016, Simple and Accurate Dependency Parsing, section 4.1, with its α).
final class RareTokens {
    private static final double ALPHA = 0.25;

    /// Nothing is ever replaced.
    static final RareTokens NONE = new RareTokens(new float[0]);

    private final float[] replaced; // probability by id

    private RareTokens(float[] replaced) {
        this.replaced = replaced;
    }

    /// Counts all tokens of a store once.
    static RareTokens of(TokenStore store, int vocabulary) {
        long[] counts = new long[vocabulary];
        for (int row = 0; row < store.rows(); row++) {
            for (int id : store.text(row)) {
                counts[id]++;
            }
        }
        float[] replaced = new float[vocabulary];
        for (int id = BiLstmClassifier.UNKNOWN + 1; id < vocabulary; id++) {
            replaced[id] = (float) (ALPHA / (ALPHA + counts[id]));
        }
        return new RareTokens(replaced);
    }

    /// Replaces in place, going through the texts token by token.
    ///
    /// @param ids (rows, time)
    void apply(long[] ids, int time, SplittableRandom random) {
        if (replaced.length == 0) {
            return;
        }
        for (int t = 0; t < time; t++) {
            for (int i = t; i < ids.length; i += time) {
                // A frequent token costs no random number worth speaking of: fewer than one in 250 is replaced from c =
                // 62.
                float p = replaced[(int) ids[i]];
                if (p > 0 && random.nextInt() >>> 8 < p * (1 << 24)) {
                    ids[i] = BiLstmClassifier.UNKNOWN;
                }
            }
        }
    }
}
