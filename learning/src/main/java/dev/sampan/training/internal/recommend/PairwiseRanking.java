package dev.sampan.training.internal.recommend;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/// Bayesian personalised ranking (Rendle et al. 2009) of users as the sum of their things' vectors (FISM, Kabbur et al.
/// 2013): a thing of the history is to score above one outside it. Users have no vectors of their own, so that a new
/// one
/// is answered like any other.
final class PairwiseRanking {
    private static final double START = 0.05;
    private static final double POWER = 0.5;

    private final Interactions interactions;
    private final int width;
    private final double rate;
    private final double decay;
    private final float[] p;
    private final float[] q;
    private final float[] bias;

    PairwiseRanking(Interactions interactions, int width, double rate, double decay) {
        this.interactions = interactions;
        this.width = width;
        this.rate = rate;
        this.decay = decay;
        int items = interactions.items().size();
        p = new float[Math.multiplyExact(items, width)];
        q = new float[p.length];
        bias = new float[items];
    }

    Scorer fit(int epochs, long seed, BooleanSupplier stopped) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < p.length; i++) {
            p[i] = (float) (random.nextGaussian() * START);
            q[i] = (float) (random.nextGaussian() * START);
        }
        int[] users = new int[interactions.byUser().length];
        Arrays.setAll(users, i -> i);
        for (int epoch = 0; epoch < epochs && !stopped.getAsBoolean(); epoch++) {
            shuffle(users, random);
            for (int user : users) {
                learn(interactions.byUser()[user], random);
            }
        }
        return new Scorer.Vectors(p, q, bias, width, (float) POWER);
    }

    /// One user: each of its things against one outside. The sum over the history is made once; the gradients of the
    /// history's vectors are gathered and added at the end, which is the same step for all of them.
    private void learn(int[] history, SplittableRandom random) {
        int items = bias.length;
        if (history.length < 2 || history.length == items) {
            return;
        }
        float[] sum = new float[width];
        for (int item : history) {
            add(sum, p, item * width);
        }
        float scale = (float) Math.pow(history.length - 1, -POWER);
        float[] gathered = new float[width];
        float[] user = new float[width];
        for (int liked : history) {
            int other = outside(history, items, random);
            double margin = bias[liked] - bias[other];
            for (int k = 0; k < width; k++) {
                user[k] = (sum[k] - p[liked * width + k]) * scale;
                margin += user[k] * (q[liked * width + k] - q[other * width + k]);
            }
            step(liked, other, user, gathered, 1 / (1 + Math.exp(margin)));
        }
        float share = (float) (rate * scale / history.length);
        for (int item : history) {
            for (int k = 0; k < width; k++) {
                int at = item * width + k;
                p[at] += share * gathered[k] - (float) (rate * decay) * p[at];
            }
        }
    }

    private void step(int liked, int other, float[] user, float[] gathered, double slope) {
        float far = (float) (rate * slope);
        float shrink = (float) (rate * decay);
        for (int k = 0; k < width; k++) {
            int a = liked * width + k;
            int b = other * width + k;
            gathered[k] += (float) slope * (q[a] - q[b]);
            q[a] += far * user[k] - shrink * q[a];
            q[b] -= far * user[k] + shrink * q[b];
        }
        bias[liked] += far - shrink * bias[liked];
        bias[other] -= far + shrink * bias[other];
    }

    private static int outside(int[] history, int items, SplittableRandom random) {
        while (true) {
            int item = random.nextInt(items);
            if (Arrays.binarySearch(history, item) < 0) {
                return item;
            }
        }
    }

    private static void add(float[] sum, float[] from, int at) {
        for (int k = 0; k < sum.length; k++) {
            sum[k] += from[at + k];
        }
    }

    private static void shuffle(int[] values, SplittableRandom random) {
        for (int i = values.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int kept = values[i];
            values[i] = values[j];
            values[j] = kept;
        }
    }
}
