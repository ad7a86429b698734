package dev.sampan.data.label;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// Which rows to label next, so that few labels teach much (Settles, "Active learning literature survey", 2009).
public final class LabelOrder {
    /// Of `MIXED`: among so many times the rows asked for, the most uncertain ones, a varied choice is made.
    private static final int POOL = 10;

    private LabelOrder() {}

    /// What makes a row worth labelling.
    public enum By {
        /// a low highest score
        UNCERTAINTY,
        /// two highest scores close together
        MARGIN,
        /// scores spread over many classes: −Σ p·log p
        ENTROPY,
        /// far from every row chosen before: greedy k-centre (Sener and Savarese, "Active learning for
        /// convolutional neural networks: a core-set approach", 2018)
        DIVERSITY,
        /// drawn by squared distance from those chosen before, the seeding of k-means++ (Arthur and Vassilvitskii,
        /// 2007): as varied as `DIVERSITY`, less drawn to outliers
        SPREAD,
        /// the greedy k-centre among the most uncertain by entropy: neither ten times the same doubt nor far and
        /// certain
        MIXED
    }

    /// Numbers of the chosen rows, the first to label first.
    ///
    /// @param scores (rows, classes), probabilities
    /// @param vectors (rows, features) in which distance is measured; the scores themselves will do
    /// @param count how many, at most the rows
    public static List<Integer> of(float[][] scores, float[][] vectors, By by, int count, long seed) {
        int most = Math.min(count, scores.length);
        return switch (by) {
            case UNCERTAINTY, MARGIN, ENTROPY -> sorted(scores, by).subList(0, most);
            case DIVERSITY -> centres(vectors, sorted(scores, By.ENTROPY), most);
            case SPREAD -> spread(vectors, most, seed);
            case MIXED -> {
                List<Integer> pool = sorted(scores, By.ENTROPY);
                long wide = Math.min((long) POOL * most, scores.length);
                yield centres(vectors, pool.subList(0, (int) wide), most);
            }
        };
    }

    /// The most doubtful first; of equals the earlier row.
    private static List<Integer> sorted(float[][] scores, By by) {
        double[] doubt =
                Arrays.stream(scores).mapToDouble(row -> doubt(row, by)).toArray();
        return IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer row) -> -doubt[row]))
                .toList();
    }

    /// How doubtful one row's scores are; higher is more.
    public static double doubt(float[] scores, By by) {
        float[] rising = scores.clone();
        Arrays.sort(rising);
        int n = rising.length;
        return switch (by) {
            case UNCERTAINTY -> n == 0 ? 0 : 1 - (double) rising[n - 1];
            case MARGIN -> n < 2 ? 0 : 1 - ((double) rising[n - 1] - rising[n - 2]);
            case ENTROPY, DIVERSITY, SPREAD, MIXED -> {
                double bits = 0;
                for (float p : scores) {
                    bits -= p > 0 ? p * Math.log(p) : 0;
                }
                yield bits;
            }
        };
    }

    /// Begins with the first of the pool; then again and again the row farthest from all chosen.
    private static List<Integer> centres(float[][] vectors, List<Integer> pool, int count) {
        double[] distance = new double[pool.size()];
        Arrays.fill(distance, Double.POSITIVE_INFINITY);
        List<Integer> chosen = new ArrayList<>();
        int next = 0;
        while (chosen.size() < count) {
            int centre = pool.get(next);
            chosen.add(centre);
            distance[next] = -1;
            int farthest = -1;
            for (int i = 0; i < distance.length; i++) {
                if (distance[i] >= 0) {
                    distance[i] = Math.min(distance[i], squared(vectors[pool.get(i)], vectors[centre]));
                    farthest = farthest < 0 || distance[i] > distance[farthest] ? i : farthest;
                }
            }
            next = farthest;
        }
        return chosen;
    }

    private static List<Integer> spread(float[][] vectors, int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] distance = new double[vectors.length];
        Arrays.fill(distance, 1);
        boolean[] taken = new boolean[vectors.length];
        List<Integer> chosen = new ArrayList<>();
        while (chosen.size() < count) {
            int row = drawn(distance, taken, random);
            boolean first = chosen.isEmpty();
            chosen.add(row);
            taken[row] = true;
            for (int i = 0; i < vectors.length; i++) {
                double to = squared(vectors[i], vectors[row]);
                distance[i] = first ? to : Math.min(distance[i], to);
            }
        }
        return chosen;
    }

    /// By the weights; evenly where all that are left weigh nothing.
    private static int drawn(double[] weights, boolean[] taken, SplittableRandom random) {
        double sum = 0;
        int left = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += taken[i] ? 0 : weights[i];
            left += taken[i] ? 0 : 1;
        }
        double at = random.nextDouble() * (sum > 0 ? sum : left);
        int last = -1;
        for (int i = 0; i < weights.length; i++) {
            if (!taken[i]) {
                last = i;
                at -= sum > 0 ? weights[i] : 1;
                if (at < 0) {
                    return i;
                }
            }
        }
        return last;
    }

    private static double squared(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            double off = (double) a[i] - b[i];
            sum += off * off;
        }
        return sum;
    }
}
