package dev.sampan.training.internal.tabular;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import dev.sampan.data.ColumnFeatures;
import java.nio.FloatBuffer;
import java.util.Map;

/// What a graph over numbers answers in ONNX Runtime, by the name of any of its values.
final class OnnxScores {
    private OnnxScores() {}

    static float[] of(ModelProto graph, float[] numbers, int width, String value, int columns) throws Exception {
        ModelProto.Builder opened = graph.toBuilder();
        opened.getGraphBuilder()
                .clearOutput()
                .addOutput(
                        graph.getGraph().getOutput(0).toBuilder().setName(value).clearType());
        opened.getGraphBuilder().getNodeBuilderList().size();
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        long[] shape = {numbers.length / width, width};
        try (OrtSession session = environment.createSession(opened.build().toByteArray());
                OnnxTensor input = OnnxTensor.createTensor(environment, FloatBuffer.wrap(numbers), shape);
                OrtSession.Result result = session.run(Map.of(ColumnFeatures.NUMBERS, input))) {
            FloatBuffer values = ((OnnxTensor) result.get(0)).getFloatBuffer();
            float[] read = new float[(int) shape[0] * columns];
            values.get(read);
            return read;
        }
    }
}
