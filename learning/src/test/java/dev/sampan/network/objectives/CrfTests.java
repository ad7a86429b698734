package dev.sampan.network.objectives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sampan.compute.NativeWeights;
import dev.sampan.compute.Pass;
import dev.sampan.compute.Scope;
import dev.sampan.compute.Tensors;
import dev.sampan.compute.Weights;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CrfTests {
    private static final int TAGS = 3;
    private static final int TIME = 4;

    @Test
    void equalsTheSumOverAllSequencesWrittenOut() {
        SplittableRandom random = new SplittableRandom(4);
        float[] scores = floats(random, 2 * TIME * TAGS);
        Weights weights =
                new Weights.Layout().add(Crf.TRANSITIONS, TAGS + 2, TAGS + 2).allocate();
        float[] between = floats(random, weights.values().length);
        System.arraycopy(between, 0, weights.values(), 0, between.length);
        long[] truth = {2, 0, 1, 1, 1, 2, -100, -100}; // the second text has two tokens

        double expected = plain(scores, 0, new int[] {2, 0, 1, 1}, between)
                + plain(scores, TIME * TAGS, new int[] {1, 2}, between);

        try (NativeWeights onDevice = new NativeWeights(weights);
                NativeWeights none = new NativeWeights(Weights.NONE);
                Scope _ = Scope.inference()) {
            Pass pass = new Pass(onDevice.leaves(), none.leaves(), null);
            Crf crf = new Crf(TAGS);
            var targets = Tensors.longs(truth, 2, TIME);
            assertThat(crf.loss(pass, Tensors.floats(scores, 2, TIME, TAGS), targets)
                            .item_double())
                    .isCloseTo(expected, within(1e-4));
            assertThat(crf.weight(targets)).isEqualTo(6);
        }
    }

    private static double plain(float[] scores, int at, int[] truth, float[] between) {
        int length = truth.length;
        double all = 0;
        int ways = (int) Math.pow(TAGS, length);
        for (int way = 0; way < ways; way++) {
            int[] tags = new int[length];
            for (int t = 0, rest = way; t < length; t++, rest /= TAGS) {
                tags[t] = rest % TAGS;
            }
            all += Math.exp(score(scores, at, tags, between));
        }
        return Math.log(all) - score(scores, at, truth, between);
    }

    private static double score(float[] scores, int at, int[] tags, float[] between) {
        int states = TAGS + 2;
        double sum = between[TAGS * states + tags[0]] + between[tags[tags.length - 1] * states + TAGS + 1];
        for (int t = 0; t < tags.length; t++) {
            sum += scores[at + t * TAGS + tags[t]];
            sum += t == 0 ? 0 : between[tags[t - 1] * states + tags[t]];
        }
        return sum;
    }

    private static float[] floats(SplittableRandom random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
