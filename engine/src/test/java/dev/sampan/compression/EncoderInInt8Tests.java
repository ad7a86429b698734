package dev.sampan.compression;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.sampan.model.Encoder;
import dev.sampan.model.onnx.ElementType;
import dev.sampan.model.onnx.OnnxGraph;
import dev.sampan.model.onnx.SentenceVector;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The pretrained encoders themselves, of which one comes in fp32 and one in INT8.
class EncoderInInt8Tests {
    private static final List<String> TEXTS = List.of(
            "Where is my parcel? It was due on Monday.",
            "I still have not received my new card, I ordered over a week ago",
            "refund pls",
            "Why was I charged twice for the same cash withdrawal abroad?");

    @Test
    void anFp32EncoderGetsThreeAndAHalfTimesSmallerAndItsVectorsHardlyTurn() throws IOException, OrtException {
        ModelProto whole = graph(Encoder.named("all-MiniLM-L6-v2"));
        ModelProto small = Int8Graph.quantised(whole, true);
        assertThat(whole.getSerializedSize() / (double) small.getSerializedSize())
                .isGreaterThan(3.5);
        float[][] before = vectors(whole);
        float[][] after = vectors(small);
        for (int i = 0; i < before.length; i++) {
            double cosine = 0; // both have length 1
            for (int d = 0; d < before[i].length; d++) {
                cosine += before[i][d] * after[i][d];
            }
            assertThat(cosine).as(TEXTS.get(i)).isGreaterThan(0.985);
        }
    }

    @Test
    void anInt8EncoderHasNothingToGain() throws IOException {
        ModelProto already = graph(Encoder.named("bge-small-zh-v1.5"));
        assertThat(Int8Graph.quantised(already, true).getSerializedSize())
                .isGreaterThan((int) (already.getSerializedSize() * 0.95));
    }

    private static ModelProto graph(Encoder encoder) {
        OnnxGraph graph = new OnnxGraph("sentence");
        String ids = graph.input("input_ids", ElementType.INT64, "batch", "sequence");
        String mask = graph.input("attention_mask", ElementType.INT64, "batch", "sequence");
        String vector = SentenceVector.add(graph, encoder, ids, mask);
        graph.output(vector, ElementType.FLOAT, "batch", Integer.toString(encoder.dimension()));
        return graph.toModel();
    }

    private static float[][] vectors(ModelProto model) throws IOException, OrtException {
        byte[] json = Encoder.named("all-MiniLM-L6-v2").tokenizerJson().getBytes(StandardCharsets.UTF_8);
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        float[][] vectors = new float[TEXTS.size()][];
        try (HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.newInstance(
                        new ByteArrayInputStream(json), Map.of("padding", "false", "truncation", "false"));
                OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            try (OrtSession session = environment.createSession(model.toByteArray(), options)) {
                for (int i = 0; i < vectors.length; i++) {
                    vectors[i] = vector(session, tokenizer.encode(TEXTS.get(i)).getIds());
                }
            }
        }
        return vectors;
    }

    private static float[] vector(OrtSession session, long[] ids) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        long[] mask = new long[ids.length];
        Arrays.fill(mask, 1);
        try (OnnxTensor idTensor = OnnxTensor.createTensor(environment, new long[][] {ids});
                OnnxTensor maskTensor = OnnxTensor.createTensor(environment, new long[][] {mask});
                OrtSession.Result result = session.run(Map.of("input_ids", idTensor, "attention_mask", maskTensor))) {
            return ((float[][]) result.get(0).getValue())[0];
        }
    }
}
