package dev.sampan.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sampan.compute.Tensors;
import dev.sampan.compute.Weights;
import dev.sampan.data.ColumnFeatures;
import dev.sampan.data.LinksColumn;
import dev.sampan.data.NamedTensors.Floats;
import dev.sampan.data.NamedTensors.Longs;
import dev.sampan.data.NamedTensors.Values;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class GraphConvolutionTests {
    /// A path a – b – c – d and e alone.
    private static final List<int[]> NEAR =
            List.of(new int[] {1}, new int[] {0, 2}, new int[] {1, 3}, new int[] {2}, new int[] {});

    private static final float[] X = {1, 0.5f, -2, 3, 0.25f, -1, 0, 2, -0.5f, 1.5f};
    private static final LinksColumn LINKS =
            new LinksColumn("links", List.of("a", "b", "c", "d", "e"), new int[] {2, 3, 3, 2, 1});

    private final GraphConvolution network =
            new GraphConvolution(GraphConvolution.Nodes.of(2, X, NEAR), 4, 0.5, List.of("x", "y", "z"), 11);

    /// Rows that are known nodes get what the whole graph at once would: the paper's formula, worked out with
    /// dense matrices.
    @Test
    void aRowIsAnsweredAsTheWholeGraphWouldAnswerItAndTheGraphOfTheModelAgrees() throws Exception {
        float[] answers = Parity.check(network, "logits", () -> inputs(X, NEAR));
        double[][] adjacency = new double[5][5];
        for (int i = 0; i < 5; i++) {
            adjacency[i][i] = 1.0 / (NEAR.get(i).length + 1);
            for (int other : NEAR.get(i)) {
                adjacency[i][other] = 1 / Math.sqrt((NEAR.get(i).length + 1.0) * (NEAR.get(other).length + 1.0));
            }
        }
        double[][] x = new double[5][2];
        for (int i = 0; i < X.length; i++) {
            x[i / 2][i % 2] = X[i];
        }
        double[][] hidden = layer(adjacency, x, "conv1", true);
        double[][] expected = layer(adjacency, hidden, "conv2", false);
        for (int i = 0; i < answers.length; i++) {
            assertThat((double) answers[i]).isCloseTo(expected[i / 3][i % 3], within(1e-5));
        }
    }

    private double[][] layer(double[][] adjacency, double[][] x, String name, boolean relu) {
        Weights.Slot weight = network.weights().slot(name + ".weight");
        Weights.Slot bias = network.weights().slot(name + ".bias");
        float[] values = network.weights().values();
        int outputs = (int) weight.shape()[1];
        double[][] made = new double[x.length][outputs];
        for (int i = 0; i < x.length; i++) {
            for (int o = 0; o < outputs; o++) {
                double sum = values[bias.offset() + o];
                for (int j = 0; j < x.length; j++) {
                    for (int k = 0; k < x[j].length; k++) {
                        sum += adjacency[i][j] * x[j][k] * values[weight.offset() + k * outputs + o];
                    }
                }
                made[i][o] = relu ? Math.max(0, sum) : sum;
            }
        }
        return made;
    }

    private static Map<String, Tensor> inputs(float[] x, List<int[]> near) {
        Map<String, Tensor> inputs = new HashMap<>();
        inputs.put(ColumnFeatures.NUMBERS, Tensors.floats(x, near.size(), 2));
        List<Values> values = LINKS.values(near);
        for (int i = 0; i < values.size(); i++) {
            inputs.put(
                    LINKS.tensors().get(i).name(),
                    switch (values.get(i)) {
                        case Floats(float[] floats, long[] shape) -> Tensors.floats(floats, shape);
                        case Longs(long[] longs, long[] shape) -> Tensors.longs(longs, shape);
                    });
        }
        return inputs;
    }
}
