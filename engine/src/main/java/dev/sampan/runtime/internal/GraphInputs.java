package dev.sampan.runtime.internal;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import dev.sampan.data.NamedTensors;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/// Tensors in the form that ONNX Runtime takes, freed together.
record GraphInputs(Map<String, OnnxTensor> byName) implements AutoCloseable {
    static GraphInputs of(OrtEnvironment environment, NamedTensors tensors) throws OrtException {
        GraphInputs inputs = new GraphInputs(new LinkedHashMap<>());
        try {
            for (Map.Entry<String, NamedTensors.Values> entry :
                    tensors.tensors().entrySet()) {
                inputs.byName.put(entry.getKey(), tensor(environment, entry.getValue()));
            }
            return inputs;
        } catch (OrtException e) {
            inputs.close();
            throw e;
        }
    }

    private static OnnxTensor tensor(OrtEnvironment environment, NamedTensors.Values values) throws OrtException {
        return switch (values) {
            case NamedTensors.Floats(float[] floats, long[] shape) ->
                OnnxTensor.createTensor(environment, FloatBuffer.wrap(floats), shape);
            case NamedTensors.Longs(long[] longs, long[] shape) ->
                OnnxTensor.createTensor(environment, LongBuffer.wrap(longs), shape);
        };
    }

    @Override
    public void close() {
        byName.values().forEach(OnnxTensor::close);
    }
}
