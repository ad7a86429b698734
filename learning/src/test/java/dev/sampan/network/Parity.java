package dev.sampan.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.sampan.compute.NativeWeights;
import dev.sampan.compute.Pass;
import dev.sampan.compute.Scope;
import dev.sampan.compute.Tensors;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// Holds a network's forward on libtorch against its graph in ONNX Runtime.
public final class Parity {
    private Parity() {}

    /// Asserts that both answer the same within 1e-4.
    ///
    /// @param output of the graph that equals the forward
    /// @param inputs made within the scope that the forward runs in
    public static float[] check(Network network, String output, Supplier<Map<String, Tensor>> inputs)
            throws OrtException {
        try (NativeWeights weights = new NativeWeights(network.weights());
                NativeWeights buffers = new NativeWeights(network.buffers());
                Scope _ = Scope.inference()) {
            Map<String, Tensor> given = inputs.get();
            Tensor made = network.forward(new Pass(weights.leaves(), buffers.leaves(), null), given);
            float[] expected = Tensors.floats(made);
            assertThat(run(network, output, given)).containsExactly(expected, within(1e-4f));
            return expected;
        }
    }

    private static float[] run(Network network, String output, Map<String, Tensor> inputs) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        Map<String, OnnxTensor> feeds = new HashMap<>();
        try (OrtSession session = environment.createSession(network.onnx().toByteArray())) {
            for (String name : session.getInputNames()) {
                feeds.put(name, onnx(environment, Objects.requireNonNull(inputs.get(name), name)));
            }
            try (OrtSession.Result result = session.run(feeds)) {
                FloatBuffer values = ((OnnxTensor) result.get(output).orElseThrow()).getFloatBuffer();
                float[] read = new float[values.remaining()];
                values.get(read);
                return read;
            }
        } finally {
            feeds.values().forEach(OnnxTensor::close);
        }
    }

    private static OnnxTensor onnx(OrtEnvironment environment, Tensor tensor) throws OrtException {
        long[] shape = tensor.shape();
        if (tensor.scalar_type().intern() == ScalarType.Long) {
            long[] values = new long[(int) tensor.numel()];
            tensor.contiguous().data_ptr_long().get(values);
            return OnnxTensor.createTensor(environment, LongBuffer.wrap(values), shape);
        }
        return OnnxTensor.createTensor(environment, FloatBuffer.wrap(Tensors.floats(tensor)), shape);
    }
}
