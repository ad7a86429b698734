package dev.sampan.training.internal;

import dev.sampan.compute.Lanes;
import dev.sampan.compute.Scope;
import dev.sampan.compute.Tensors;
import dev.sampan.training.loop.Scores;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// Multinomial logistic regression on sentence vectors:
///
/// ```
/// f(W, b) = 1/n Σ −log softmax(W x + b)[label] + λ/2 ‖W‖²
/// ```
///
/// Products are in single precision, sums over rows and all of L-BFGS in double. Rows are taken in pieces of fixed size
/// whose sums are added in order: the same result on any number of threads.
///
/// @param parameters W (labels, dimension) in row order, then b (labels)
record LinearHead(int labels, int dimension, double[] parameters) {
    private static final int PIECE_ROWS = 1024;
    private static final int ITERATIONS_MAX = 500;
    private static final double TOLERANCE = 1e-5;

    static LinearHead zero(int labels, int dimension) {
        return new LinearHead(labels, dimension, new double[labels * (dimension + 1)]);
    }

    /// The minimum for one λ, searched from here.
    LinearHead fit(List<VectorStore> stores, double lambda, Lanes lanes) {
        double[] x = parameters.clone();
        List<Piece> pieces = pieces(stores);
        Lbfgs.minimise((at, gradient) -> objective(at, gradient, pieces, lambda, lanes), x, ITERATIONS_MAX, TOLERANCE);
        return new LinearHead(labels, dimension, x);
    }

    Scores judge(VectorStore store, Lanes lanes) {
        List<Piece> pieces = pieces(List.of(store));
        Scores.Counter[] counters = new Scores.Counter[pieces.size()];
        float[] single = single(parameters);
        lanes.run(pieces.size(), i -> {
            Piece piece = pieces.get(i);
            counters[i] = new Scores.Counter(labels);
            try (Scope _ = Scope.inference()) {
                Tensor logits =
                        logits(Tensors.prefix(single, labels * dimension, labels, dimension), bias(single), piece);
                counters[i].add(Tensors.floats(logits), piece.labels());
            }
        });
        Scores.Counter sum = new Scores.Counter(labels);
        Arrays.stream(counters).forEach(sum::add);
        return sum.scores();
    }

    float[] weight() {
        return single(Arrays.copyOf(parameters, labels * dimension));
    }

    float[] bias() {
        return single(Arrays.copyOfRange(parameters, labels * dimension, parameters.length));
    }

    /// Some neighbouring rows.
    private record Piece(VectorStore store, int from, int to) {
        int[] labels() {
            int[] labels = new int[to - from];
            Arrays.setAll(labels, i -> store.label(from + i));
            return labels;
        }

        /// (rows, dimension) in the open scope.
        Tensor vectors() {
            float[] values = new float[(to - from) * store.dimension()];
            store.copy(from, to, values);
            return Tensors.floats(values, to - from, store.dimension());
        }
    }

    private static List<Piece> pieces(List<VectorStore> stores) {
        return stores.stream()
                .flatMap(store -> IntStream.range(0, Math.ceilDiv(store.rows(), PIECE_ROWS))
                        .mapToObj(i -> new Piece(store, i * PIECE_ROWS, Math.min(store.rows(), (i + 1) * PIECE_ROWS))))
                .toList();
    }

    /// What one piece adds: the sum of its losses and the gradient of that sum.
    private record Share(double loss, float[] weight, float[] bias) {}

    private double objective(double[] at, double[] gradient, List<Piece> pieces, double lambda, Lanes lanes) {
        Share[] shares = new Share[pieces.size()];
        float[] single = single(at);
        lanes.run(shares.length, i -> shares[i] = share(single, pieces.get(i)));
        long rows =
                pieces.stream().mapToLong(piece -> piece.to() - piece.from()).sum();
        Arrays.fill(gradient, 0);
        double value = 0;
        int weights = labels * dimension;
        for (Share share : shares) {
            value += share.loss() / rows;
            for (int j = 0; j < weights; j++) {
                gradient[j] += share.weight()[j] / (double) rows;
            }
            for (int k = 0; k < labels; k++) {
                gradient[weights + k] += share.bias()[k] / (double) rows;
            }
        }
        for (int j = 0; j < weights; j++) {
            value += lambda / 2 * at[j] * at[j];
            gradient[j] += lambda * at[j];
        }
        return value;
    }

    private Share share(float[] single, Piece piece) {
        try (Scope _ = Scope.inference()) {
            int[] truth = piece.labels();
            Tensor x = piece.vectors(); // (rows, dimension)
            Tensor weight = Tensors.prefix(single, labels * dimension, labels, dimension);
            Tensor logs = torch.log_softmax(torch.linear(x, weight, new TensorOptional(bias(single))), 1);
            Tensor index = Tensors.longs(Arrays.stream(truth).asLongStream().toArray(), truth.length, 1);
            double loss = -logs.gather(1, index).to(ScalarType.Double).sum().item_double();
            Tensor error = logs.exp()
                    .scatter_add(
                            1, index, torch.full_like(index, new Scalar(-1)).to(ScalarType.Float));
            return new Share(
                    loss,
                    Tensors.floats(error.t().mm(x)),
                    Tensors.floats(error.sum(new long[] {0}, false, new ScalarTypeOptional())));
        }
    }

    private static Tensor logits(Tensor weight, Tensor bias, Piece piece) {
        return torch.linear(piece.vectors(), weight, new TensorOptional(bias));
    }

    private Tensor bias(float[] single) {
        return Tensors.floats(Arrays.copyOfRange(single, labels * dimension, single.length), labels);
    }

    private static float[] single(double[] values) {
        float[] single = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            single[i] = (float) values[i];
        }
        return single;
    }
}
