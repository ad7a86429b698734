package dev.sampan.training.internal.recommend;

import dev.sampan.compute.Scope;
import dev.sampan.compute.Tensors;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// The methods with one weight from each thing to each: EASE and item kNN.
final class ItemOnItem {
    /// The weights are one ONNX constant, and a graph has at most a gigabyte.
    private static final int ITEMS_MAX = 15_000;

    private final float[] shared;
    private final int items;

    ItemOnItem(Interactions interactions) {
        items = interactions.items().size();
        if (items > ITEMS_MAX) {
            throw new ProblemException(Problem.of(
                            "training.too_many_items",
                            "ease and item_knn hold a weight for each pair of things, for at most " + ITEMS_MAX
                                    + " things, and there are " + items)
                    .at("model.method")
                    .remedy("Set model.method to ials or bpr"));
        }
        shared = interactions.shared();
    }

    static boolean possible(Interactions interactions) {
        return interactions.items().size() <= ITEMS_MAX;
    }

    /// B = −P / diag(P) with P = (XᵀX + λ I)⁻¹, and 0 on the diagonal (Steck 2019, equation 8).
    Scorer ease(double lambda) {
        float[] gram = shared.clone();
        for (int i = 0; i < items; i++) {
            gram[i * items + i] += (float) lambda;
        }
        float[] inverse;
        try (Scope _ = Scope.inference()) {
            Tensor p = torch.linalg_inv(Tensors.floats(gram, items, items).to(ScalarType.Double));
            inverse = Tensors.floats(p.to(ScalarType.Float));
        }
        float[] weights = new float[inverse.length];
        for (int from = 0; from < items; from++) {
            for (int to = 0; to < items; to++) {
                weights[from * items + to] = from == to ? 0 : -inverse[from * items + to] / inverse[to * items + to];
            }
        }
        return new Scorer.Linear(weights, items);
    }

    /// Cosine of the things' users; of each thing's like things the `neighbours` likest count.
    Scorer nearest(int neighbours) {
        double[] norms = new double[items];
        Arrays.setAll(norms, item -> Math.sqrt(shared[item * items + item]));
        float[] weights = new float[shared.length];
        float[] row = new float[items];
        for (int to = 0; to < items; to++) {
            for (int from = 0; from < items; from++) {
                double together = shared[to * items + from];
                row[from] = from == to || together == 0 ? 0 : (float) (together / (norms[to] * norms[from]));
            }
            float least = neighbours >= items ? 0 : threshold(row, neighbours);
            for (int from = 0; from < items; from++) {
                weights[from * items + to] = row[from] >= least ? row[from] : 0;
            }
        }
        return new Scorer.Linear(weights, items);
    }

    private static float threshold(float[] row, int count) {
        float[] sorted = row.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length - count];
    }
}
