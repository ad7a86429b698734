package dev.sampan.network.adversarial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampan.compute.Tensors;
import dev.sampan.data.NamedTensors.Declared;
import dev.sampan.data.NamedTensors.Floats;
import dev.sampan.data.NumberSample;
import dev.sampan.data.SampleFeatures;
import dev.sampan.data.Target;
import dev.sampan.data.WordSample;
import dev.sampan.network.Network;
import dev.sampan.network.Parity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class GeneratorTests {
    private static final Target.Samples COLUMNS = new Target.Samples(List.of(
            new NumberSample("age", new double[] {18, 30, 90}, 0, false),
            new WordSample("job", List.of("nurse", "baker", "smith")),
            new NumberSample("income", new double[] {0, 10, 20.5}, 2, true)));

    private static SampleFeatures features(int labels) {
        return new SampleFeatures(
                5,
                labels == 0 ? null : "good",
                List.of("no", "yes").subList(0, labels),
                List.of(0.25, 0.75).subList(0, labels),
                COLUMNS);
    }

    private record Case(String name, Network network, SampleFeatures features) {}

    private static Network pictures(int side, int planes, List<Integer> channels, int labels) {
        return new PictureGenerator(new PictureShape(side, side, planes, channels, labels), 5, 3);
    }

    @TestFactory
    Stream<DynamicTest> makesTheSameOnLibtorchAndOnnxRuntime() {
        return Stream.of(
                        new Case("28, grey", pictures(28, 1, List.of(12, 8), 0), features(0)),
                        new Case("16, colours, labels", pictures(16, 3, List.of(8, 10, 6), 2), features(2)),
                        new Case("rows", table(0), features(0)),
                        new Case("rows, labels", table(2), features(2)))
                .map(each -> DynamicTest.dynamicTest(each.name, () -> {
                    float[] batch = Parity.check(each.network, "sample", () -> inputs(each, 3));
                    float[] alone = Parity.check(each.network, "sample", () -> inputs(each, 1));
                    assertThat(alone)
                            .as("a sample hangs on its own noise alone")
                            .containsExactly(
                                    java.util.Arrays.copyOf(batch, alone.length),
                                    org.assertj.core.api.Assertions.within(1e-5f));
                }));
    }

    private static Network table(int labels) {
        List<TableShape.Block> blocks = List.of(
                new TableShape.Block(1, false),
                new TableShape.Block(3, true),
                new TableShape.Block(1, false),
                new TableShape.Block(2, true));
        return new TableGenerator(new TableShape(blocks, List.of(16, 8), labels), 5, 3);
    }

    private static Map<String, Tensor> inputs(Case of, int rows) {
        Map<String, Tensor> inputs = new HashMap<>();
        of.features
                .encode(IntStream.range(0, rows)
                        .mapToObj(seed -> Map.of("seed", Integer.toString(seed)))
                        .toList())
                .tensors()
                .forEach((name, values) -> {
                    Floats floats = (Floats) values;
                    inputs.put(name, Tensors.floats(floats.values(), floats.shape()));
                });
        return inputs;
    }

    @Test
    void readsWhatTheFeaturesMake() {
        SampleFeatures features = features(2);
        assertThat(table(2).onnx().getGraph().getInputList())
                .extracting(input -> input.getName())
                .containsExactlyElementsOf(
                        features.tensors().stream().map(Declared::name).toList());
    }

    @Test
    void mapsGoDownToASideOfAboutFour() {
        assertThat(PictureShape.usual(28, 28)).containsExactly(64, 32);
        assertThat(PictureShape.usual(32, 32)).containsExactly(128, 64, 32);
        assertThat(PictureShape.usual(64, 64)).containsExactly(256, 128, 64, 32);
        assertThat(PictureShape.usual(25, 25)).isNull();
    }
}
