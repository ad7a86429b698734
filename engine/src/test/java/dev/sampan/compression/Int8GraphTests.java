package dev.sampan.compression;

import static dev.sampan.model.onnx.Attributes.attribute;
import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.sampan.model.onnx.ElementType;
import dev.sampan.model.onnx.OnnxGraph;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class Int8GraphTests {
    private final SplittableRandom random = new SplittableRandom(5);

    @Test
    void aClassifierIsAboutFourTimesSmallerAndAnswersNearlyTheSame() throws OrtException {
        ModelProto model = aClassifier();
        ModelProto small = Int8Graph.quantised(model, true);
        assertThat(model.getSerializedSize() / (double) small.getSerializedSize())
                .isGreaterThan(3.5);
        float[][] whole = run(model, tokens(8, 12));
        float[][] quantised = run(small, tokens(8, 12));
        assertThat(cosine(whole, quantised)).isGreaterThan(0.999);
    }

    @Test
    void aRowsAnswerDoesNotDependOnTheRowsItIsAskedWith() throws OrtException {
        ModelProto small = Int8Graph.quantised(aClassifier(), true);
        long[][] batch = tokens(6, 12);
        float[][] together = run(small, batch);
        for (int i = 0; i < batch.length; i++) {
            assertThat(run(small, new long[][] {batch[i]})[0]).isEqualTo(together[i]);
        }
    }

    /// The arithmetic of the class comment, done by hand in doubles.
    @Test
    void aProductIsTheOneTheFormulaSays() throws OrtException {
        float[] weight = floats(32 * 16);
        OnnxGraph graph = new OnnxGraph("product");
        String x = graph.input("x", ElementType.FLOAT, "batch", "32");
        graph.node("MatMul", List.of(x, graph.floats("w", new long[] {32, 16}, weight)), List.of("y"));
        graph.output("y", ElementType.FLOAT, "batch", "16");
        float[][] rows = {floats(32), new float[32], floats(32)};
        for (int i = 0; i < 32; i++) {
            rows[2][i] *= 100; // another magnitude: a scale of its own
        }

        float[][] answered = runFloats(Int8Graph.quantised(graph.toModel(), true), rows);

        for (int r = 0; r < rows.length; r++) {
            assertThat(answered[r]).containsExactly(byHand(rows[r], weight), within());
        }
    }

    @Test
    void outputsOfAnotherMagnitudeNeedScalesOfTheirOwn() throws OrtException {
        float[] weight = floats(32 * 16);
        for (int i = 0; i < weight.length; i++) {
            weight[i] *= i % 16 == 0 ? 100 : 1;
        }
        OnnxGraph graph = new OnnxGraph("product");
        String x = graph.input("x", ElementType.FLOAT, "batch", "32");
        graph.node("MatMul", List.of(x, graph.floats("w", new long[] {32, 16}, weight)), List.of("y"));
        graph.output("y", ElementType.FLOAT, "batch", "16");
        float[][] rows = {floats(32)};
        float[] whole = runFloats(graph.toModel(), rows)[0];
        float[] fine = runFloats(Int8Graph.quantised(graph.toModel(), true), rows)[0];
        float[] coarse = runFloats(Int8Graph.quantised(graph.toModel(), false), rows)[0];
        assertThat(error(whole, fine, 1)).isLessThan(0.02);
        assertThat(error(whole, coarse, 1)).isGreaterThan(0.1);
        assertThat(coarse[0]).isCloseTo(whole[0], org.assertj.core.api.Assertions.withinPercentage(2));
    }

    /// Relative distance from the given position on.
    private static double error(float[] a, float[] b, int from) {
        double distance = 0;
        double length = 0;
        for (int i = from; i < a.length; i++) {
            distance += (a[i] - b[i]) * (a[i] - b[i]);
            length += a[i] * a[i];
        }
        return Math.sqrt(distance / length);
    }

    @Test
    void gemmInBothOrientationsKeepsItsBias() throws OrtException {
        for (int transposed = 0; transposed <= 1; transposed++) {
            OnnxGraph graph = new OnnxGraph("gemm");
            String x = graph.input("x", ElementType.FLOAT, "batch", "40");
            long[] shape = transposed == 1 ? new long[] {24, 40} : new long[] {40, 24};
            String w = graph.floats("w", shape, floats(40 * 24));
            String b = graph.floats("b", new long[] {24}, floats(24));
            graph.node("Gemm", List.of(x, w, b), List.of("y"), attribute("transB", transposed));
            graph.output("y", ElementType.FLOAT, "batch", "24");
            float[][] rows = {floats(40), floats(40)};
            ModelProto small = Int8Graph.quantised(graph.toModel(), true);
            assertThat(operators(small)).containsKey("MatMulInteger").doesNotContainKey("Gemm");
            assertThat(cosine(runFloats(graph.toModel(), rows), runFloats(small, rows)))
                    .isGreaterThan(0.9999);
        }
    }

    @Test
    void smallSharedAndOddWeightsStayAsTheyAre() {
        OnnxGraph graph = new OnnxGraph("left alone");
        String x = graph.input("x", ElementType.FLOAT, "batch", "4", "16");
        String tiny = graph.floats("tiny", new long[] {16, 15}, floats(240));
        String shared = graph.floats("shared", new long[] {16, 16}, floats(256));
        String deep = graph.floats("deep", new long[] {1, 16, 16}, floats(256));
        String a = graph.node("MatMul", List.of(x, tiny));
        String b = graph.node("MatMul", List.of(graph.node("MatMul", List.of(x, shared)), shared));
        String c = graph.node("MatMul", List.of(b, deep));
        graph.output(a, ElementType.FLOAT, "batch", "4", "15");
        graph.output(c, ElementType.FLOAT, "batch", "4", "16");
        ModelProto model = graph.toModel();
        assertThat(Int8Graph.quantised(model, true)).isEqualTo(model);
    }

    @Test
    void quantisingTwiceChangesNothingMore() {
        ModelProto once = Int8Graph.quantised(aClassifier(), true);
        assertThat(Int8Graph.quantised(once, true)).isEqualTo(once);
        assertThat(Int8Graph.quantised(aClassifier(), true).getSerializedSize()).isEqualTo(once.getSerializedSize());
    }

    /// Embedding → BiLSTM → maximum → two dense layers, as the trained ones are.
    private ModelProto aClassifier() {
        SplittableRandom own = new SplittableRandom(11);
        OnnxGraph graph = new OnnxGraph("classifier");
        String ids = graph.input("input_ids", ElementType.INT64, "batch", "sequence");
        String table = graph.floats("embedding.weight", new long[] {2_000, 64}, floats(own, 2_000 * 64));
        String vectors = graph.node("Gather", List.of(table, ids), attribute("axis", 0));
        String byTime = graph.node("Transpose", List.of(vectors), attribute("perm", List.of(1L, 0L, 2L)));
        String w = graph.floats("lstm.W", new long[] {2, 128, 64}, floats(own, 2 * 128 * 64));
        String r = graph.floats("lstm.R", new long[] {2, 128, 32}, floats(own, 2 * 128 * 32));
        String states = graph.node(
                "LSTM", List.of(byTime, w, r), attribute("hidden_size", 32), attribute("direction", "bidirectional"));
        String byRow = graph.node("Transpose", List.of(states), attribute("perm", List.of(2L, 0L, 1L, 3L)));
        String flat = graph.node("Reshape", List.of(byRow, graph.longs("shape", new long[] {3}, 0, 0, 64)));
        String pooled =
                graph.node("ReduceMax", List.of(flat), attribute("axes", List.of(1L)), attribute("keepdims", 0));
        String dense = graph.node(
                "MatMul", List.of(pooled, graph.floats("dense.weight", new long[] {64, 64}, floats(own, 64 * 64))));
        String hidden = graph.node("Relu", List.of(dense));
        String head = graph.floats("head.weight", new long[] {20, 64}, floats(own, 20 * 64));
        String bias = graph.floats("head.bias", new long[] {20}, floats(own, 20));
        graph.node("Gemm", List.of(hidden, head, bias), List.of("logits"), attribute("transB", 1));
        graph.output("logits", ElementType.FLOAT, "batch", "20");
        return graph.toModel();
    }

    private static float[] byHand(float[] x, float[] weight) {
        float largest = 0;
        for (float v : x) {
            largest = Math.max(largest, Math.abs(v));
        }
        double s = Math.max(1e-12, largest / 127.0);
        float[] y = new float[16];
        for (int n = 0; n < 16; n++) {
            double w = 0;
            for (int k = 0; k < 32; k++) {
                w = Math.max(w, Math.abs(weight[k * 16 + n]) / 127.0);
            }
            long sum = 0;
            for (int k = 0; k < 32; k++) {
                sum += (long) Math.rint(x[k] / s) * (long) Math.rint(weight[k * 16 + n] / w);
            }
            y[n] = (float) (sum * s * w);
        }
        return y;
    }

    private static org.assertj.core.data.Offset<Float> within() {
        return org.assertj.core.api.Assertions.within(1e-3f);
    }

    private static Map<String, Long> operators(ModelProto model) {
        Map<String, Long> count = new HashMap<>();
        for (NodeProto node : model.getGraph().getNodeList()) {
            count.merge(node.getOpType(), 1L, Long::sum);
        }
        return count;
    }

    private static double cosine(float[][] a, float[][] b) {
        double worst = 1;
        for (int i = 0; i < a.length; i++) {
            double ab = 0;
            double aa = 0;
            double bb = 0;
            for (int c = 0; c < a[i].length; c++) {
                ab += a[i][c] * b[i][c];
                aa += a[i][c] * a[i][c];
                bb += b[i][c] * b[i][c];
            }
            worst = Math.min(worst, ab / Math.sqrt(aa * bb));
        }
        return worst;
    }

    private long[][] tokens(int rows, int length) {
        SplittableRandom own = new SplittableRandom(3);
        long[][] ids = new long[rows][length];
        for (long[] row : ids) {
            Arrays.setAll(row, _ -> own.nextInt(2_000));
        }
        return ids;
    }

    private float[] floats(int count) {
        return floats(random, count);
    }

    private static float[] floats(SplittableRandom random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (random.nextDouble() + random.nextDouble() + random.nextDouble() - 1.5) * 0.4f;
        }
        return values;
    }

    private static float[][] run(ModelProto model, long[][] ids) throws OrtException {
        try (OnnxTensor tensor = OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), ids)) {
            return run(model, "input_ids", tensor);
        }
    }

    private static float[][] runFloats(ModelProto model, float[][] rows) throws OrtException {
        try (OnnxTensor tensor = OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), rows)) {
            return run(model, "x", tensor);
        }
    }

    private static float[][] run(ModelProto model, String input, OnnxTensor tensor) throws OrtException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            try (OrtSession session = OrtEnvironment.getEnvironment().createSession(model.toByteArray(), options);
                    OrtSession.Result result = session.run(Map.of(input, tensor))) {
                return (float[][]) result.get(0).getValue();
            }
        }
    }
}
