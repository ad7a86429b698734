package dev.sampan.training.internal;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.sampan.compute.Lanes;
import dev.sampan.model.Encoder;
import dev.sampan.model.onnx.ElementType;
import dev.sampan.model.onnx.OnnxGraph;
import dev.sampan.model.onnx.SentenceVector;
import dev.sampan.runtime.DeepStack;
import dev.sampan.training.loop.BatchOrder;
import java.nio.LongBuffer;
import java.util.Map;

/// A pretrained encoder on ONNX Runtime: token ids → vectors of length 1. Rows of like length go together, on every
/// lane a batch of its own.
///
/// An encoder with INT8 weights quantises its activations by the range it finds in the whole batch, so a text's vector
/// would depend on its company; such an encoder reads one text at a time, here as in serving.
final class SentenceEncoder implements AutoCloseable {
    private static final int BATCH_ROWS = 32;

    private final Encoder encoder;
    private final Lanes lanes;
    private final OrtSession session;

    SentenceEncoder(Encoder encoder, Lanes lanes) {
        this.encoder = encoder;
        this.lanes = lanes;
        OnnxGraph graph = new OnnxGraph("sentence-vector");
        String ids = graph.input("input_ids", ElementType.INT64, "batch", "sequence");
        String mask = graph.input("attention_mask", ElementType.INT64, "batch", "sequence");
        String vector = SentenceVector.add(graph, encoder, ids, mask);
        graph.output(vector, ElementType.FLOAT, "batch", Integer.toString(encoder.dimension()));
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            byte[] model = graph.toModel().toByteArray();
            session = DeepStack.call(
                    OrtException.class, () -> OrtEnvironment.getEnvironment().createSession(model, options));
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime refuses the encoder " + encoder.name(), e);
        }
    }

    String name() {
        return encoder.name();
    }

    int dimension() {
        return encoder.dimension();
    }

    /// @return (to − from, dimension)
    float[] vectors(TokenStore tokens, int from, int to) {
        int dimension = encoder.dimension();
        float[] vectors = new float[(to - from) * dimension];
        BatchOrder order =
                BatchOrder.byLength(to - from, i -> tokens.length(from + i), encoder.quantised() ? 1 : BATCH_ROWS);
        int used = Math.min(lanes.count(), order.batches());
        lanes.run(used, lane -> {
            for (int i = lane; i < order.batches(); i += used) {
                int[] rows = order.batch(i);
                float[][] found = run(tokens, from, rows);
                for (int k = 0; k < rows.length; k++) {
                    System.arraycopy(found[k], 0, vectors, rows[k] * dimension, dimension);
                }
            }
        });
        return vectors;
    }

    private float[][] run(TokenStore tokens, int first, int[] rows) {
        int length = tokens.length(first + rows[rows.length - 1]); // rows are sorted by length
        long[] ids = new long[rows.length * length];
        long[] mask = new long[ids.length];
        for (int row = 0; row < rows.length; row++) {
            int[] text = tokens.text(first + rows[row]);
            for (int t = 0; t < text.length; t++) {
                ids[row * length + t] = text[t];
                mask[row * length + t] = 1;
            }
        }
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        long[] shape = {rows.length, length};
        try (OnnxTensor idTensor = OnnxTensor.createTensor(environment, LongBuffer.wrap(ids), shape);
                OnnxTensor maskTensor = OnnxTensor.createTensor(environment, LongBuffer.wrap(mask), shape);
                OrtSession.Result result = session.run(Map.of("input_ids", idTensor, "attention_mask", maskTensor))) {
            return (float[][]) result.get(0).getValue();
        } catch (OrtException e) {
            throw new IllegalStateException("the encoder " + encoder.name() + " failed", e);
        }
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime cannot close the encoder", e);
        }
    }
}
