package dev.sampan.network.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sampan.compute.NativeWeights;
import dev.sampan.compute.Pass;
import dev.sampan.compute.Scope;
import dev.sampan.compute.Tensors;
import dev.sampan.compute.Weights;
import dev.sampan.network.Network;
import dev.sampan.network.Parity;
import dev.sampan.network.images.ImageClassifier.Input;
import dev.sampan.network.objectives.CrossEntropy;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ImageClassifierTests {
    private static final List<String> TWO = List.of("no", "yes");
    private static final List<String> THREE = List.of("a", "b", "c");

    /// @param name what the test is called
    private record Case(String name, ImageBody body, int channels, int side, List<String> labels) {
        ImageClassifier network() {
            ImageClassifier network =
                    new ImageClassifier(body, new Input("pixel_values", channels, side, side), labels, 5);
            unlike(network.buffers(), 3); // running means that no batch has the like of
            return network;
        }
    }

    private static void unlike(Weights weights, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < weights.values().length; i++) {
            weights.values()[i] = 0.5f + random.nextFloat();
        }
    }

    private static ConvBody conv(int side, int inputs, boolean same, boolean mean) {
        return new ConvBody(new ConvBody.Shape(side, side, inputs, List.of(4, 6, 8), 3, same, mean, 10, 0.3));
    }

    private static ResNetBody resNet(int side, int depth, boolean groupNorm) {
        return new ResNetBody(new ResNetBody.Shape(side, side, 3, depth, groupNorm));
    }

    private static final List<Case> CASES = List.of(
            new Case("cnn, valid, softmax", conv(28, 1, false, false), 1, 28, THREE),
            new Case("cnn, same, mean, sigmoid", conv(16, 3, true, true), 3, 16, TWO),
            new Case("resnet 8, batch norm", resNet(16, 8, false), 3, 16, THREE),
            new Case("resnet 8, group norm", resNet(16, 8, true), 3, 16, TWO),
            new Case("resnet 18, batch norm, large stem", resNet(72, 18, false), 3, 72, THREE),
            new Case("resnet 34, group norm", resNet(8, 34, true), 3, 8, THREE));

    private static Tensor pictures(int rows, int channels, int side) {
        float[] values = new float[rows * channels * side * side];
        SplittableRandom random = new SplittableRandom(11);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return Tensors.floats(values, rows, channels, side, side);
    }

    @TestFactory
    Stream<DynamicTest> answersOnLibtorchAndOnnxRuntimeAlike() {
        return CASES.stream()
                .map(each -> DynamicTest.dynamicTest(each.name(), () -> {
                    float[] batch = Parity.check(
                            each.network(),
                            "logits",
                            () -> Map.of("pixel_values", pictures(3, each.channels(), each.side())));
                    float[] alone = Parity.check(
                            each.network(),
                            "logits",
                            () -> Map.of("pixel_values", pictures(1, each.channels(), each.side())));
                    for (int i = 0; i < alone.length; i++) { // a row's answer is its own, whatever stands beside it
                        assertThat(alone[i]).isCloseTo(batch[i], within(1e-4f));
                    }
                }));
    }

    @Test
    void twoLabelsAreTheSigmoidOfOneOutput() throws Exception {
        ImageClassifier network = CASES.get(1).network();
        float[] logits = Parity.check(network, "logits", () -> Map.of("pixel_values", pictures(2, 3, 16)));

        assertThat(network.weights().slot("fc.weight").shape()).containsExactly(1, 10);
        assertThat(logits[0]).isZero();
        assertThat(logits[2]).isZero();
    }

    /// Row B1: 256 × 256 × 3, convolutions of 32, 64 and 128 channels, dense 128, one sigmoid.
    @Test
    void theWorkedExampleHasItsShapes() {
        ConvBody body = new ConvBody(new ConvBody.Shape(256, 256, 3, List.of(32, 64, 128), 3, false, false, 128, 0));
        Weights weights = new ImageClassifier(body, new Input("pixel_values", 3, 256, 256), TWO, 1).weights();

        assertThat(weights.slot("conv.2.weight").shape()).containsExactly(128, 64, 3, 3);
        assertThat(weights.slot("dense.weight").shape()).containsExactly(128, 128 * 30 * 30);
        assertThat(weights.values()).hasSize(896 + 18_496 + 73_856 + 115_200 * 128 + 128 + 129);
    }

    @Test
    void refusesPicturesThatTheConvolutionsUseUp() {
        assertThatThrownBy(() -> conv(16, 1, false, false)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void batchNormLearnsRunningMeansAndAnswersByThem() {
        ImageClassifier network = new ImageClassifier(resNet(8, 8, false), new Input("pixel_values", 3, 8, 8), TWO, 1);
        float[] before = network.buffers().values().clone();
        try (NativeWeights weights = new NativeWeights(network.weights());
                NativeWeights buffers = new NativeWeights(network.buffers(), _ -> false)) {
            step(network, new Pass(weights.leaves(), buffers.leaves(), null));
            buffers.bringBack();
            assertThat(network.buffers().values()).isEqualTo(before);

            step(network, new Pass(weights.leaves(), buffers.leaves(), new SplittableRandom(1)));
            buffers.bringBack();
            assertThat(network.buffers().values()).isNotEqualTo(before);
        }
    }

    @Test
    void aStepAgainstTheGradientMakesTheLossSmaller() {
        for (Case each : CASES) {
            ImageClassifier network = each.network();
            try (NativeWeights weights = new NativeWeights(network.weights());
                    NativeWeights buffers = new NativeWeights(network.buffers(), _ -> false)) {
                Pass pass = new Pass(weights.leaves(), buffers.leaves(), new SplittableRandom(1));
                double before = learn(network, pass, each);
                weights.sumGradients();
                float[] gradient = network.weights().gradient();
                double norm = 0;
                for (float value : gradient) {
                    norm += (double) value * value;
                }
                for (int i = 0; i < gradient.length; i++) {
                    network.weights().values()[i] -= (float) (0.02 / Math.sqrt(norm) * gradient[i]);
                }
                weights.refresh();
                pass = new Pass(pass.leaves(), pass.buffers(), new SplittableRandom(1));
                assertThat(learn(network, pass, each)).as(each.name()).isLessThan(before);
            }
        }
    }

    private static double learn(Network network, Pass pass, Case each) {
        try (Scope _ = Scope.recording()) {
            Tensor outputs = network.forward(pass, Map.of("pixel_values", pictures(4, each.channels(), each.side())));
            Tensor loss = new CrossEntropy().loss(pass, outputs, Tensors.longs(new long[] {0, 1, 1, 0}, 4));
            loss.backward();
            pass.leaves().keepGradient();
            return loss.item_float();
        }
    }

    private static void step(Network network, Pass pass) {
        try (Scope _ = Scope.inference()) {
            network.forward(pass, Map.of("pixel_values", pictures(4, 3, 8)));
        }
    }
}
