package dev.sampan.network.fusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.sampan.compute.Pass;
import dev.sampan.compute.Tensors;
import dev.sampan.compute.Weights;
import dev.sampan.data.ColumnFeatures;
import dev.sampan.network.Network;
import dev.sampan.network.Parity;
import dev.sampan.network.TableNetwork.Answer;
import dev.sampan.network.TableNetwork.Labels;
import dev.sampan.network.TableNetwork.Quantity;
import dev.sampan.network.images.ConvBody;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class FusionNetworkTests {
    private static final int ROWS = 6;
    private static final int PARTS = 3;

    /// Row 0 has no text, row 1 no picture, row 2 neither.
    private static Map<String, Tensor> inputs() {
        SplittableRandom random = new SplittableRandom(4);
        long[] ids = new long[ROWS * 3];
        float[] weights = new float[ROWS * 3];
        float[] pixels = new float[ROWS * 64];
        float[] present = new float[ROWS];
        float[] numbers = new float[ROWS * 2];
        long[] categories = new long[ROWS];
        for (int row = 0; row < ROWS; row++) {
            for (int k = 0; k < 3; k++) {
                ids[row * 3 + k] = random.nextInt(9);
                weights[row * 3 + k] = row == 0 || row == 2 ? 0 : (float) random.nextDouble();
            }
            present[row] = row == 1 || row == 2 ? 0 : 1;
            for (int k = 0; k < 64; k++) {
                pixels[row * 64 + k] = present[row] * (float) random.nextGaussian();
            }
            numbers[2 * row] = (float) random.nextGaussian();
            numbers[2 * row + 1] = (float) random.nextGaussian();
            categories[row] = random.nextInt(4);
        }
        Map<String, Tensor> inputs = new HashMap<>();
        inputs.put("text_0_ids", Tensors.longs(ids, ROWS, 3));
        inputs.put("text_0_weights", Tensors.floats(weights, ROWS, 3));
        inputs.put("pixel_values", Tensors.floats(pixels, ROWS, 1, 8, 8));
        inputs.put("pixel_values_present", Tensors.floats(present, ROWS, 1));
        inputs.put(ColumnFeatures.NUMBERS, Tensors.floats(numbers, ROWS, 2));
        inputs.put(ColumnFeatures.CATEGORIES, Tensors.longs(categories, ROWS, 1));
        return inputs;
    }

    private static FusionNetwork network(Answer answer) {
        ConvBody.Shape shape = new ConvBody.Shape(8, 8, 1, List.of(4), 3, true, false, 6, 0.2);
        return new FusionNetwork(
                List.of(
                        new TextBranch("text_0", new TextBranch.Input("text_0_ids", "text_0_weights", 9), 5, 7, 0.2),
                        new ImageBranch("image_0", shape, "pixel_values", "pixel_values_present"),
                        new TableBranch("table", 2, List.of(4), List.of(8), 0.2)),
                answer,
                7);
    }

    /// Answers the shares instead of the logits.
    private record Sharing(FusionNetwork network) implements Network {
        @Override
        public Weights weights() {
            return network.weights();
        }

        @Override
        public Tensor forward(Pass pass, Map<String, Tensor> inputs) {
            float[] weighted = Tensors.floats(network.weighted(pass, inputs));
            int width = weighted.length / ROWS;
            float[] shares = new float[ROWS * PARTS];
            for (int row = 0; row < ROWS; row++) {
                double[] own = network.shares(Arrays.copyOfRange(weighted, row * width, (row + 1) * width));
                for (int part = 0; part < PARTS; part++) {
                    shares[row * PARTS + part] = (float) own[part];
                }
            }
            return Tensors.floats(shares, ROWS, PARTS);
        }

        @Override
        public ModelProto onnx() {
            return network.onnx();
        }

        @Override
        public Map<String, Object> config() {
            return network.config();
        }
    }

    @Test
    void theGraphAnswersAsTheForwardDoesAndSaysTheSameShares() throws Exception {
        FusionNetwork network = network(new Labels(List.of("a", "b", "c")));

        assertThat(Parity.check(network, "logits", FusionNetworkTests::inputs)).hasSize(ROWS * 3);
        float[] shares = Parity.check(new Sharing(network), "shares", FusionNetworkTests::inputs);

        for (int row = 0; row < ROWS; row++) {
            float sum = shares[row * PARTS] + shares[row * PARTS + 1] + shares[row * PARTS + 2];
            assertThat(sum).isCloseTo(1, within(1e-4f));
        }
        assertThat(shares[0]).as("the text of row 0, which has none").isZero();
        assertThat(shares[PARTS + 1]).as("the picture of row 1").isZero();
        assertThat(shares[2 * PARTS + 2])
                .as("the table of row 2, which has nothing else")
                .isCloseTo(1, within(1e-4f));
    }

    @Test
    void aQuantitysSharesAreOfWhatPullsTheAnswerItsWay() throws Exception {
        FusionNetwork network = network(new Quantity(0, 1));

        assertThat(Parity.check(network, "value", FusionNetworkTests::inputs)).hasSize(ROWS);
        float[] shares = Parity.check(new Sharing(network), "shares", FusionNetworkTests::inputs);

        assertThat(shares[2 * PARTS + 2]).isCloseTo(1, within(1e-4f));
    }
}
