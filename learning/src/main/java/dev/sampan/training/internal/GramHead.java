package dev.sampan.training.internal;

import dev.sampan.compute.Lanes;
import dev.sampan.data.NgramFeatures.Grams;
import dev.sampan.training.loop.Scores;
import dev.sampan.training.loop.Seeds;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// Multinomial logistic regression on sparse rows, and on the dense vectors beside them:
///
/// ```
/// f(W) = 1/n Σ −log softmax(W x)[label] + λ/2 ‖W‖²        x = (n-grams, factor · vector, 1)
/// ```
///
/// by dual coordinate ascent (Yu, Huang and Lin 2011, Dual coordinate descent methods for logistic regression and
/// maximum entropy models, section 4). The dual has a distribution q over the labels for each row, with
/// W = 1/(λn) Σ (e_label − q) xᵀ; a step makes one row's q the best it can be:
///
/// ```
/// max −Σ q log q + z·q − ρ/2 ‖q − q_old‖²,  z = W x,  ρ = ‖x‖²/(λn)   ⇒   log q + ρ q = z + ρ q_old − μ
/// ```
///
/// where μ makes q add up to 1. Steps go through the rows in an order that follows from the seed, on one thread: the
/// result is a function of rows, λ and seed.
final class GramHead {
    private static final int EPOCHS_MAX = 60;
    private static final double TOLERANCE = 2e-3; // mean change of a row's q, which is at most 2
    private static final int NEWTON_MAX = 50;
    private static final double NEGLIGIBLE = -25; // of log q: ρ q no longer counts

    private final int labels;
    private final int grams;
    private final int dimension;
    private final float[] weights; // (grams + dimension + 1, labels), the last row being the bias

    private GramHead(int labels, int grams, int dimension) {
        this.labels = labels;
        this.grams = grams;
        this.dimension = dimension;
        weights = new float[Math.multiplyExact(grams + dimension + 1, labels)];
    }

    static GramHead zero(int labels, int grams, int dimension) {
        return new GramHead(labels, grams, dimension);
    }

    /// The weights of one λ after another over the same rows, each search starting from the one before.
    static final class Search {
        private final GramHead head;
        private final GramRows rows;
        private final float[] q; // (rows, labels)
        private double lambda;

        Search(GramRows rows, int labels, int grams) {
            this.rows = rows;
            head = zero(labels, grams, rows.dimension());
            q = new float[Math.multiplyExact(rows.rows(), labels)];
            IntStream.range(0, rows.rows()).forEach(row -> q[row * labels + rows.label(row)] = 1);
        }

        /// @return the minimum; belongs to the caller
        GramHead fit(double strength, long seed) {
            if (lambda > 0) { // W follows from q and λ
                float ratio = (float) (lambda / strength);
                for (int i = 0; i < head.weights.length; i++) {
                    head.weights[i] *= ratio;
                }
            }
            lambda = strength;
            double changed = 2;
            for (int epoch = 0; epoch < EPOCHS_MAX && changed > TOLERANCE; epoch++) {
                changed = head.pass(rows, q, lambda, Seeds.at(seed, epoch));
            }
            GramHead found = zero(head.labels, head.grams, head.dimension);
            System.arraycopy(head.weights, 0, found.weights, 0, found.weights.length);
            return found;
        }
    }

    /// One step for each row.
    ///
    /// @return mean of the rows' Σ|q − q_old|
    private double pass(GramRows rows, float[] q, double lambda, SplittableRandom random) {
        int count = rows.rows();
        int[] order = shuffled(count, random);
        double scale = 1 / (lambda * count);
        float[] z = new float[labels];
        float[] difference = new float[labels];
        float[] vector = new float[dimension];
        double changed = 0;
        for (int row : order) {
            Grams text = rows.grams(row);
            rows.vector(row, vector);
            scores(text, vector, z);
            double rho = scale * norm(text, vector);
            changed += step(q, row * labels, z, rho, difference);
            add(text, vector, difference, (float) scale);
        }
        return changed / count;
    }

    /// Solves for the row's q.
    ///
    /// @param difference becomes q_old − q
    private double step(float[] q, int at, float[] z, double rho, float[] difference) {
        double most = Double.NEGATIVE_INFINITY;
        double[] t = new double[labels];
        for (int k = 0; k < labels; k++) {
            t[k] = z[k] + rho * q[at + k];
            most = Math.max(most, t[k]);
        }
        double[] found = new double[labels];
        double mu = most - rho; // the largest q is 1 here: Σq falls towards 1, and is convex in μ
        for (int i = 0; i < NEWTON_MAX; i++) {
            double sum = 0;
            double slope = 0;
            for (int k = 0; k < labels; k++) {
                found[k] = root(t[k] - mu, rho);
                sum += found[k];
                slope += found[k] / (1 + rho * found[k]);
            }
            mu += (sum - 1) / slope;
            if (Math.abs(sum - 1) < 1e-7) {
                break;
            }
        }
        double changed = 0;
        for (int k = 0; k < labels; k++) {
            difference[k] = (float) (q[at + k] - found[k]);
            changed += Math.abs(difference[k]);
            q[at + k] = (float) found[k];
        }
        return changed;
    }

    /// q of log q + ρ q = t, by Newton's method in log q from the right, where the function is convex.
    private static double root(double t, double rho) {
        if (t < NEGLIGIBLE) {
            return Math.exp(t);
        }
        double g = t <= 0 ? t : Math.min(t, Math.max(0, Math.log(t / rho))); // the root is not right of it
        for (int i = 0; i < NEWTON_MAX; i++) {
            double q = Math.exp(g);
            double step = (g + rho * q - t) / (1 + rho * q);
            g -= step;
            if (Math.abs(step) < 1e-9) {
                break;
            }
        }
        return Math.exp(g);
    }

    /// W x, into z.
    void scores(Grams text, float[] vector, float[] z) {
        System.arraycopy(weights, (grams + dimension) * labels, z, 0, labels);
        for (int i = 0; i < text.ids().length; i++) {
            add(weights, text.ids()[i] * labels, text.weights()[i], z);
        }
        for (int i = 0; i < dimension; i++) {
            add(weights, (grams + i) * labels, vector[i], z);
        }
    }

    private static void add(float[] from, int at, float factor, float[] to) {
        for (int k = 0; k < to.length; k++) {
            to[k] += factor * from[at + k];
        }
    }

    private void add(Grams text, float[] vector, float[] difference, float scale) {
        for (int i = 0; i < text.ids().length; i++) {
            spread(text.ids()[i] * labels, scale * text.weights()[i], difference);
        }
        for (int i = 0; i < dimension; i++) {
            spread((grams + i) * labels, scale * vector[i], difference);
        }
        spread((grams + dimension) * labels, scale, difference);
    }

    private void spread(int at, float factor, float[] difference) {
        for (int k = 0; k < difference.length; k++) {
            weights[at + k] += factor * difference[k];
        }
    }

    private static double norm(Grams text, float[] vector) {
        double squares = 1; // of the bias
        for (float weight : text.weights()) {
            squares += (double) weight * weight;
        }
        for (float element : vector) {
            squares += (double) element * element;
        }
        return squares;
    }

    /// This head of n-grams alone and one of vectors alone, whose logits are added up: for vectors times 1.
    GramHead plus(LinearHead other, float share) {
        GramHead sum = zero(labels, grams, other.dimension());
        System.arraycopy(weights, 0, sum.weights, 0, grams * labels);
        float[] vector = other.weight(); // (labels, dimension)
        float[] bias = other.bias();
        for (int k = 0; k < labels; k++) {
            for (int i = 0; i < other.dimension(); i++) {
                sum.weights[(grams + i) * labels + k] = share * vector[k * other.dimension() + i];
            }
            sum.weights[(grams + other.dimension()) * labels + k] = weights[grams * labels + k] + share * bias[k];
        }
        return sum;
    }

    Scores judge(GramRows rows, Lanes lanes) {
        int parts = Math.max(1, Math.ceilDiv(rows.rows(), 1024));
        Scores.Counter[] counters = new Scores.Counter[parts];
        lanes.run(parts, part -> {
            Scores.Counter counter = new Scores.Counter(labels);
            float[] z = new float[labels];
            float[] vector = new float[dimension];
            for (int row = part * 1024; row < Math.min(rows.rows(), (part + 1) * 1024); row++) {
                rows.vector(row, vector);
                scores(rows.grams(row), vector, z);
                counter.add(z, new int[] {rows.label(row)});
            }
            counters[part] = counter;
        });
        Scores.Counter sum = new Scores.Counter(labels);
        for (Scores.Counter counter : counters) {
            sum.add(counter);
        }
        return sum.scores();
    }

    /// (grams, labels)
    float[] gramWeights() {
        return Arrays.copyOf(weights, grams * labels);
    }

    /// (labels, dimension), the factor taken in: for vectors as the encoder makes them.
    float[] vectorWeights(float factor) {
        float[] turned = new float[labels * dimension];
        for (int i = 0; i < dimension; i++) {
            for (int k = 0; k < labels; k++) {
                turned[k * dimension + i] = factor * weights[(grams + i) * labels + k];
            }
        }
        return turned;
    }

    /// (labels)
    float[] bias() {
        return Arrays.copyOfRange(weights, (grams + dimension) * labels, weights.length);
    }

    private static int[] shuffled(int count, SplittableRandom random) {
        int[] all = new int[count];
        for (int i = 0; i < count; i++) {
            int j = random.nextInt(i + 1);
            all[i] = all[j];
            all[j] = i;
        }
        return all;
    }
}
