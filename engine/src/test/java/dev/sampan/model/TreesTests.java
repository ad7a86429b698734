package dev.sampan.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.sampan.data.NamedTensors.Declared;
import dev.sampan.data.NamedTensors.Type;
import dev.sampan.kernel.ProblemException;
import dev.sampan.model.internal.OnnxFile;
import dev.sampan.model.onnx.ElementType;
import dev.sampan.model.onnx.OnnxGraph;
import dev.sampan.model.onnx.TreeEnsemble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreesTests {
    @TempDir
    Path folder;

    /// x₀ < 1, missing goes left: 10 there, else x₁ < 2: 20 there, else 30; and a second tree of one leaf.
    private static Trees two() {
        return new Trees(
                2,
                1,
                new float[] {0.5f},
                new int[] {0, 5},
                new int[] {0, -1, 1, -1, -1, -1},
                new float[] {1, 10, 2, 20, 30, 0.25f},
                new int[] {1, 0, 3, 0, 0, 0},
                new int[] {2, 0, 4, 0, 0, 0},
                new boolean[] {true, false, false, false, false, false});
    }

    @Test
    void aRowIsTheSumOfTheLeavesItEndsIn() {
        assertThat(score(0, 9)).isEqualTo(10.75f);
        assertThat(score(1, 0)).isEqualTo(20.75f); // not below the threshold
        assertThat(score(Float.NaN, 0)).isEqualTo(10.75f);
        assertThat(score(1, Float.NaN)).isEqualTo(30.75f);
        assertThat(score(Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY)).isEqualTo(20.75f);
    }

    private static float score(float... row) {
        float[] scores = new float[1];
        two().score(row, 0, scores);
        return scores[0];
    }

    @Test
    void whatIsWrittenIsReadBack() throws IOException {
        Path file = Files.write(folder.resolve(Trees.FILE), two().toJson());
        assertThat(Trees.read(file)).usingRecursiveComparison().isEqualTo(two());
    }

    @Test
    void aFileThatIsNoTreesIsRefusedAndNeverWalkedForEver() throws IOException {
        byte[] whole = two().toJson();
        Random random = new Random(3);
        Path file = folder.resolve(Trees.FILE);
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = whole.clone();
            for (int k = random.nextInt(3); k >= 0; k--) {
                bytes[random.nextInt(bytes.length)] = (byte) "0123456789-,[]{}\"e. truefals".charAt(random.nextInt(28));
            }
            Files.write(file, bytes);
            try {
                Trees read = Trees.read(file);
                read.score(new float[read.features()], 0, new float[read.groups()]); // ends, whatever it says
            } catch (ProblemException e) {
                assertThat(e.problems().getFirst().code()).isEqualTo("model.corrupt");
            }
        }
    }

    @Test
    void aCircleAndAFeatureThatNoRowHasAreRefused() {
        Trees good = two();
        assertThatThrownBy(() -> new Trees(
                        2,
                        1,
                        good.base(),
                        good.roots(),
                        good.feature(),
                        good.value(),
                        new int[] {1, 0, 0, 0, 0, 0},
                        good.right(),
                        good.missingLeft()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Trees(
                        1,
                        1,
                        good.base(),
                        good.roots(),
                        good.feature(),
                        good.value(),
                        good.left(),
                        good.right(),
                        good.missingLeft()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theGraphOfTreesIsCheckedBeforeNativeCodeSeesIt() throws IOException {
        OnnxGraph graph = new OnnxGraph("trees");
        String x = graph.input("numbers", ElementType.FLOAT, "batch", "2");
        graph.output(TreeEnsemble.add(graph, two(), x), ElementType.FLOAT, "batch", "1");
        ModelProto good = graph.toModel();
        read(good).expect(List.of(new Declared("numbers", Type.FLOAT, List.of(-1L, 2L))), List.of());
        refused(good, "nodes_featureids", 2); // a row has features 0 and 1
        refused(good, "nodes_truenodeids", 0); // back to the root
        refused(good, "nodes_falsenodeids", 9); // out of the tree
        refused(good, "target_ids", 1); // there is one target
        refused(good, "target_nodeids", 0); // the root is no leaf
    }

    /// The first number of a list changed.
    private void refused(ModelProto good, String name, long value) {
        ModelProto.Builder bad = good.toBuilder();
        bad.getGraphBuilder().getNodeBuilder(0).getAttributeBuilderList().stream()
                .filter(attribute -> attribute.getName().equals(name))
                .forEach(attribute -> attribute.setInts(0, value));
        assertThatThrownBy(() -> read(bad.build()))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problems().getFirst().code()).isEqualTo("model.unsafe_onnx"));
    }

    private OnnxFile read(ModelProto model) throws IOException {
        Path file = folder.resolve("model.onnx");
        Files.write(file, model.toByteArray());
        return OnnxFile.read(file);
    }
}
