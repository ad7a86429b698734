package dev.sampan.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.sampan.model.onnx.ElementType;
import dev.sampan.model.onnx.OnnxGraph;
import dev.sampan.model.onnx.SentenceVector;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncoderTests {
    /// First six coordinates by Python (onnxruntime 1.32, tokenizers) on the same files: `harness/python/embed.py`. The
    /// INT8 encoder's last digits depend on the processor.
    @Test
    void embedsAsPythonDoes() throws IOException, OrtException {
        assertThat(embed("bge-small-zh-v1.5", "我的快递什么时候到？"))
                .hasSize(512)
                .startsWith(
                        new float[] {0.090613f, 0.066277f, 0.038906f, 0.011438f, 0.011734f, 0.002538f}, within(5e-3f));
        assertThat(embed("all-MiniLM-L6-v2", "Where is my parcel?"))
                .hasSize(384)
                .startsWith(
                        new float[] {0.033947f, -0.014033f, 0.043742f, -0.023949f, 0.060312f, 0.012646f},
                        within(1e-5f));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bge-small-zh-v1.5", "all-MiniLM-L6-v2"})
    void saysOfItsWeightsWhetherTheyAreBytes(String name) throws IOException {
        Encoder encoder = Encoder.named(name);
        long bytes = 0;
        long floats = 0;
        for (TensorProto tensor :
                ModelProto.parseFrom(encoder.onnx()).getGraph().getInitializerList()) {
            long count = tensor.getDimsList().stream().reduce(1L, Math::multiplyExact);
            boolean isByte =
                    tensor.getDataType() == ElementType.INT8.code() || tensor.getDataType() == ElementType.UINT8.code();
            bytes += isByte ? count : 0;
            floats += isByte ? 0 : count;
        }

        assertThat(encoder.quantised()).isEqualTo(bytes > floats);
    }

    @Test
    void namesTheNearestEncoderOrAll() {
        assertThatThrownBy(() -> Encoder.named("bge-small")).hasMessageContaining("mean bge-small-zh-v1.5?");
        assertThatThrownBy(() -> Encoder.named("e5"))
                .hasMessageContaining("'e5'")
                .hasMessageContaining("bge-small-zh-v1.5 and all-MiniLM-L6-v2");
    }

    private static float[] embed(String name, String text) throws IOException, OrtException {
        Encoder encoder = Encoder.named(name);
        OnnxGraph graph = new OnnxGraph("sentence");
        String ids = graph.input("input_ids", ElementType.INT64, "batch", "sequence");
        String mask = graph.input("attention_mask", ElementType.INT64, "batch", "sequence");
        String vector = SentenceVector.add(graph, encoder, ids, mask);
        graph.output(vector, ElementType.FLOAT, "batch", Integer.toString(encoder.dimension()));
        byte[] json = encoder.tokenizerJson().getBytes(StandardCharsets.UTF_8);
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.newInstance(
                        new ByteArrayInputStream(json), Map.of("padding", "false", "truncation", "false"));
                OrtSession session = environment.createSession(graph.toModel().toByteArray())) {
            Encoding encoding = tokenizer.encode(text);
            try (OnnxTensor idTensor = OnnxTensor.createTensor(environment, new long[][] {encoding.getIds()});
                    OnnxTensor maskTensor =
                            OnnxTensor.createTensor(environment, new long[][] {encoding.getAttentionMask()});
                    OrtSession.Result result =
                            session.run(Map.of("input_ids", idTensor, "attention_mask", maskTensor))) {
                return ((float[][]) result.get(0).getValue())[0];
            }
        }
    }
}
