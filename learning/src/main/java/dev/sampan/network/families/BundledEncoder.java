package dev.sampan.network.families;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.model.Encoder;
import dev.sampan.model.Safetensors;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The weights of a bundled encoder as a BERT's, read out of its graph.
///
/// PyTorch's exporter keeps the names of tables, norms and biases. Matrices it turns round, for `MatMul`
/// multiplies from
/// the other side, and names anew: each is known by the bias that is added to its product.
record BundledEncoder(ObjectNode config, Map<String, Safetensors.Tensor> tensors) {
    private static final String BIAS = ".bias";

    /// @throws ProblemException `model.not_trainable` when its weights are whole numbers
    static BundledEncoder read(Encoder encoder) {
        if (encoder.quantised()) {
            throw new ProblemException(Problem.of(
                            "model.not_trainable",
                            "The weights of " + encoder.name() + " that come with Sampan are INT8, which cannot learn.")
                    .at("model.model_name_or_path")
                    .remedy("Name a folder with " + encoder.source()
                            + " (config.json, model.safetensors, tokenizer.json), or keep it frozen."));
        }
        try {
            GraphProto graph = ModelProto.parseFrom(encoder.onnx()).getGraph();
            Map<String, Safetensors.Tensor> tensors = tensors(graph);
            return new BundledEncoder(config(encoder, graph, tensors), tensors);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("the bundled encoder " + encoder.name() + " is not ONNX", e);
        }
    }

    private static Map<String, Safetensors.Tensor> tensors(GraphProto graph) {
        Map<String, Safetensors.Tensor> all = new HashMap<>();
        for (TensorProto tensor : graph.getInitializerList()) {
            if (tensor.getDataType() == TensorProto.DataType.FLOAT_VALUE) {
                all.put(tensor.getName(), floats(tensor));
            }
        }
        Map<String, String> biasOf = new HashMap<>(); // value → bias added to it
        for (NodeProto node : graph.getNodeList()) {
            if (node.getOpType().equals("Add")) {
                note(biasOf, node.getInput(0), node.getInput(1));
                note(biasOf, node.getInput(1), node.getInput(0));
            }
        }
        Map<String, Safetensors.Tensor> named = new HashMap<>();
        for (NodeProto node : graph.getNodeList()) {
            String bias = node.getOpType().equals("MatMul") ? biasOf.get(node.getOutput(0)) : null;
            Safetensors.Tensor matrix = bias == null ? null : all.remove(node.getInput(1));
            if (bias != null && matrix != null) {
                named.put(bias.substring(0, bias.length() - BIAS.length()) + ".weight", turned(matrix));
            }
        }
        named.putAll(all);
        return named;
    }

    private static void note(Map<String, String> biasOf, String value, String bias) {
        if (bias.endsWith(BIAS)) {
            biasOf.put(value, bias);
        }
    }

    private static ObjectNode config(Encoder encoder, GraphProto graph, Map<String, Safetensors.Tensor> tensors) {
        long[] words = shape(tensors, "embeddings.word_embeddings.weight");
        int layers = 0;
        while (tensors.containsKey("encoder.layer." + layers + ".output.dense.weight")) {
            layers++;
        }
        int hidden = (int) words[1];
        long headSize = Math.round(Math.pow(divisorOfScores(graph), 2)); // products are divided by its root
        ObjectNode config = JsonNodeFactory.instance.objectNode();
        config.put("model_type", "bert")
                .put("_name_or_path", encoder.source())
                .put("vocab_size", words[0])
                .put("hidden_size", hidden)
                .put("num_hidden_layers", layers)
                .put("num_attention_heads", hidden / headSize)
                .put("intermediate_size", shape(tensors, "encoder.layer.0.intermediate.dense.weight")[0])
                .put("max_position_embeddings", shape(tensors, "embeddings.position_embeddings.weight")[0])
                .put("type_vocab_size", shape(tensors, "embeddings.token_type_embeddings.weight")[0])
                .put("hidden_act", "gelu")
                .put("layer_norm_eps", 1e-12)
                .put("pad_token_id", 0)
                .put("hidden_dropout_prob", 0.1)
                .put("attention_probs_dropout_prob", 0.1)
                .put("initializer_range", 0.02)
                .putArray("architectures")
                .add("BertModel");
        return config;
    }

    private static float divisorOfScores(GraphProto graph) {
        String constant = graph.getNodeList().stream()
                .filter(node -> node.getName().equals("/encoder/layer.0/attention/self/Div"))
                .map(node -> node.getInput(1))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no scores are divided in " + graph.getName()));
        return graph.getNodeList().stream()
                .filter(node -> node.getOutputCount() == 1 && node.getOutput(0).equals(constant))
                .map(node -> floats(node.getAttribute(0).getT()).values()[0])
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no constant is named " + constant));
    }

    private static long[] shape(Map<String, Safetensors.Tensor> tensors, String name) {
        Safetensors.@Nullable Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalStateException("no weight is named " + name);
        }
        return tensor.shape();
    }

    private static Safetensors.Tensor floats(TensorProto tensor) {
        long[] shape = tensor.getDimsList().stream().mapToLong(Long::longValue).toArray();
        ByteBuffer raw = tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        float[] values = new float[raw.remaining() / Float.BYTES];
        raw.asFloatBuffer().get(values);
        return new Safetensors.Tensor(shape, values);
    }

    private static Safetensors.Tensor turned(Safetensors.Tensor matrix) {
        int rows = (int) matrix.shape()[0];
        int columns = (int) matrix.shape()[1];
        float[] turned = new float[rows * columns];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                turned[column * rows + row] = matrix.values()[row * columns + column];
            }
        }
        return new Safetensors.Tensor(new long[] {columns, rows}, turned);
    }
}
