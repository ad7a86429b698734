package dev.sampan.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampan.compute.Tensors;
import dev.sampan.data.ColumnFeatures;
import dev.sampan.network.layers.Activation;
import dev.sampan.spec.ModelSpec.Norm;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableNetworkTests {
    private static final int ROWS = 5;

    @ParameterizedTest
    @CsvSource({
        "3, 4:7, true, LAYER, GELU",
        "3, 4:7, true, BATCH, RELU",
        "3, '', false, NONE, TANH",
        "0, 6, true, NONE, SILU"
    })
    void theGraphAnswersAsTheForwardDoes(int numbers, String sizes, boolean wide, Norm norm, Activation activation)
            throws Exception {
        List<Integer> categories = sizes.isEmpty()
                ? List.of()
                : List.of(sizes.split(":")).stream().map(Integer::valueOf).toList();
        TableNetwork.Shape shape =
                new TableNetwork.Shape("wide_deep", numbers, categories, 0, wide, List.of(6, 4), activation, norm, 0.2);
        TableNetwork network = new TableNetwork(shape, new TableNetwork.Labels(List.of("a", "b", "c")), 5);
        float[] answered = Parity.check(network, "logits", () -> inputs(numbers, categories));
        assertThat(answered).hasSize(ROWS * 3);
    }

    private static Map<String, Tensor> inputs(int numbers, List<Integer> categories) {
        SplittableRandom random = new SplittableRandom(1);
        float[] values = new float[ROWS * numbers];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        long[] ids = new long[ROWS * categories.size()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = random.nextInt(categories.get(i % categories.size()));
        }
        Map<String, Tensor> inputs = new HashMap<>();
        if (numbers > 0) {
            inputs.put(ColumnFeatures.NUMBERS, Tensors.floats(values, ROWS, numbers));
        }
        if (!categories.isEmpty()) {
            inputs.put(ColumnFeatures.CATEGORIES, Tensors.longs(ids, ROWS, categories.size()));
        }
        return inputs;
    }
}
