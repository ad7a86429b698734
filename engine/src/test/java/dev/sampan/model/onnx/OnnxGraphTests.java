package dev.sampan.model.onnx;

import static dev.sampan.model.onnx.Attributes.attribute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OnnxGraphTests {
    private static final int VOCABULARY = 5;
    private static final int WIDTH = 3;
    private static final int HIDDEN = 2;

    @Test
    void writesABidirectionalLstmThatComputesWhatTheEquationsSayAndNeverSeesThePadding() throws OrtException {
        Random random = new Random(7);
        float[] embedding = randoms(random, VOCABULARY * WIDTH);
        float[] w = randoms(random, 2 * 4 * HIDDEN * WIDTH);
        float[] r = randoms(random, 2 * 4 * HIDDEN * HIDDEN);
        float[] b = randoms(random, 2 * 8 * HIDDEN);
        OnnxGraph graph = new OnnxGraph("bilstm");
        String ids = graph.input("input_ids", ElementType.INT64, "batch", "sequence");
        String mask = graph.input("attention_mask", ElementType.INT64, "batch", "sequence");
        String table = graph.floats("embedding.weight", new long[] {VOCABULARY, WIDTH}, embedding);
        String embedded = graph.node("Gather", List.of(table, ids)); // (batch, time, width)
        String byTime = graph.node("Transpose", List.of(embedded), attribute("perm", List.of(1L, 0L, 2L)));
        String one = graph.longs("one", new long[] {1}, 1);
        String lengths = graph.node(
                "Cast",
                List.of(graph.node("ReduceSum", List.of(mask, one), attribute("keepdims", 0))),
                attribute("to", ElementType.INT32.code()));
        String lstm = graph.node( // (time, 2, batch, hidden)
                "LSTM",
                List.of(
                        byTime,
                        graph.floats("lstm.w", new long[] {2, 4 * HIDDEN, WIDTH}, w),
                        graph.floats("lstm.r", new long[] {2, 4 * HIDDEN, HIDDEN}, r),
                        graph.floats("lstm.b", new long[] {2, 8 * HIDDEN}, b),
                        lengths),
                attribute("hidden_size", HIDDEN),
                attribute("direction", "bidirectional"));
        String byRow = graph.node("Transpose", List.of(lstm), attribute("perm", List.of(2L, 0L, 1L, 3L)));
        String flat = graph.node("Reshape", List.of(byRow, graph.longs("flat", new long[] {3}, 0, 0, -1)));
        String stands = graph.node("Cast", List.of(mask), attribute("to", ElementType.BOOL.code()));
        String column = graph.node("Unsqueeze", List.of(stands, graph.longs("two", new long[] {1}, 2)));
        String least = graph.floats("least", new long[] {}, new float[] {-Float.MAX_VALUE});
        String masked = graph.node("Where", List.of(column, flat, least));
        graph.node(
                "ReduceMax",
                List.of(masked),
                List.of("pooled"),
                attribute("axes", List.of(1L)),
                attribute("keepdims", 0));
        graph.output("pooled", ElementType.FLOAT, "batch", Integer.toString(2 * HIDDEN));

        float[][] pooled =
                run(graph.toModel(), new long[][] {{2, 3, 4}, {4, 1, 0}}, new long[][] {{1, 1, 1}, {1, 1, 0}});

        assertThat(pooled[0]).containsExactly(byHand(new int[] {2, 3, 4}, embedding, w, r, b), within(1e-6f));
        assertThat(pooled[1]).containsExactly(byHand(new int[] {4, 1}, embedding, w, r, b), within(1e-6f));
    }

    @Test
    void mergesOneGraphTwiceUnderTwoPrefixes() throws OrtException {
        OnnxGraph part = new OnnxGraph("part");
        String x = part.input("x", ElementType.FLOAT, "batch", "sequence");
        part.node("Mul", List.of(x, part.floats("factor", new long[] {}, new float[] {3})), List.of("y"));
        part.output("y", ElementType.FLOAT, "batch", "sequence");
        OnnxGraph whole = new OnnxGraph("whole");
        String ids = whole.input("input_ids", ElementType.INT64, "batch", "sequence");
        whole.input("attention_mask", ElementType.INT64, "batch", "sequence");
        String floats = whole.node("Cast", List.of(ids), attribute("to", ElementType.FLOAT.code()));
        String first =
                whole.merge(part.toModel(), "first.", Map.of("x", floats)).getFirst();
        String second =
                whole.merge(part.toModel(), "second.", Map.of("x", first)).getFirst();
        whole.output(second, ElementType.FLOAT, "batch", "sequence");

        float[][] result = run(whole.toModel(), new long[][] {{1, 2}}, new long[][] {{1, 1}});

        assertThat(second).isEqualTo("second.y");
        assertThat(result[0]).containsExactly(9, 18);
    }

    @Test
    void bringsTheAxesOfAnOlderGraphToTheirNewPlace() throws OrtException {
        OnnxGraph part = new OnnxGraph("old");
        String x = part.input("x", ElementType.INT64, "batch", "sequence");
        String sum = part.node("ReduceSum", List.of(x), attribute("axes", List.of(1L)), attribute("keepdims", 1));
        part.node("Cast", List.of(sum), List.of("y"), attribute("to", ElementType.FLOAT.code()));
        part.output("y", ElementType.FLOAT, "batch", "1");
        ModelProto old = part.toModel().toBuilder()
                .setOpsetImport(0, OperatorSetIdProto.newBuilder().setVersion(11))
                .build();
        OnnxGraph whole = new OnnxGraph("whole");
        String ids = whole.input("input_ids", ElementType.INT64, "batch", "sequence");
        whole.input("attention_mask", ElementType.INT64, "batch", "sequence");
        whole.output(whole.merge(old, "old.", Map.of("x", ids)).getFirst(), ElementType.FLOAT, "batch", "1");

        assertThat(run(whole.toModel(), new long[][] {{1, 2}}, new long[][] {{1, 1}})[0])
                .containsExactly(3);
    }

    @Test
    void refusesAnUnknownNameADoubledNameAndAShapeThatDoesNotFit() {
        OnnxGraph graph = new OnnxGraph("g");
        graph.input("x", ElementType.FLOAT, "batch");

        assertThatThrownBy(() -> graph.node("Relu", List.of("z"))).hasMessageContaining("'z'");
        assertThatThrownBy(() -> graph.input("x", ElementType.FLOAT)).hasMessageContaining("'x'");
        assertThatThrownBy(() -> graph.floats("w", new long[] {2, 2}, new float[3]))
                .hasMessageContaining("12 bytes");
    }

    private static float[][] run(ModelProto model, long[][] ids, long[][] mask) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession session = environment.createSession(model.toByteArray());
                OnnxTensor idTensor = OnnxTensor.createTensor(environment, ids);
                OnnxTensor maskTensor = OnnxTensor.createTensor(environment, mask);
                OrtSession.Result result = session.run(Map.of("input_ids", idTensor, "attention_mask", maskTensor))) {
            return (float[][]) result.get(0).getValue();
        }
    }

    /// Maximum over time of both directions, by the LSTM's equations (ONNX order of the gates: input, output, forget,
    /// cell).
    private static float[] byHand(int[] ids, float[] embedding, float[] w, float[] r, float[] b) {
        float[] best = new float[2 * HIDDEN];
        Arrays.fill(best, -Float.MAX_VALUE);
        for (int direction = 0; direction < 2; direction++) {
            double[] h = new double[HIDDEN];
            double[] c = new double[HIDDEN];
            for (int step = 0; step < ids.length; step++) {
                int id = ids[direction == 0 ? step : ids.length - 1 - step];
                double[] gates = new double[4 * HIDDEN];
                for (int g = 0; g < gates.length; g++) {
                    int row = direction * 4 * HIDDEN + g;
                    gates[g] = b[direction * 8 * HIDDEN + g] + b[direction * 8 * HIDDEN + 4 * HIDDEN + g];
                    for (int i = 0; i < WIDTH; i++) {
                        gates[g] += w[row * WIDTH + i] * embedding[id * WIDTH + i];
                    }
                    for (int i = 0; i < HIDDEN; i++) {
                        gates[g] += r[row * HIDDEN + i] * h[i];
                    }
                }
                double[] next = new double[HIDDEN];
                for (int i = 0; i < HIDDEN; i++) {
                    c[i] = sigmoid(gates[2 * HIDDEN + i]) * c[i] + sigmoid(gates[i]) * Math.tanh(gates[3 * HIDDEN + i]);
                    next[i] = sigmoid(gates[HIDDEN + i]) * Math.tanh(c[i]);
                    best[direction * HIDDEN + i] = Math.max(best[direction * HIDDEN + i], (float) next[i]);
                }
                h = next;
            }
        }
        return best;
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    private static float[] randoms(Random random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
