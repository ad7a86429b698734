package dev.sampan.network.images;

import static dev.sampan.model.onnx.Attributes.attribute;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.sampan.compute.Pass;
import dev.sampan.compute.Weights;
import dev.sampan.model.onnx.ElementType;
import dev.sampan.model.onnx.OnnxGraph;
import dev.sampan.network.BiLstmConfig;
import dev.sampan.network.Network;
import dev.sampan.network.OnnxOutputs;
import dev.sampan.network.layers.Dense;
import dev.sampan.network.layers.Initial;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;

/// Body → Dense → softmax over the labels, or for two labels the sigmoid of a single output z: as logits (0, z), whose
/// softmax is (1 − σ(z), σ(z)) and whose cross-entropy is the binary one.
public final class ImageClassifier implements Network {
    private final ImageBody body;
    private final Input input;
    private final List<String> labels;
    private final Dense classifier;
    private final Weights weights;
    private final Weights buffers;

    /// The pictures.
    ///
    /// @param name of the graph's input: (batch, channels, height, width)
    public record Input(String name, int channels, int height, int width) {}

    /// With random weights.
    public ImageClassifier(ImageBody body, Input input, List<String> labels, long seed) {
        this.body = body;
        this.input = input;
        this.labels = List.copyOf(labels);
        classifier = new Dense("fc", body.width(), labels.size() == 2 ? 1 : labels.size());
        Weights.Layout layout = new Weights.Layout();
        Weights.Layout kept = new Weights.Layout();
        body.declare(layout, kept);
        classifier.declare(layout);
        weights = layout.allocate();
        buffers = kept.allocate();
        Initial initial = new Initial(seed);
        body.initialise(weights, buffers, initial);
        classifier.initialise(weights, initial);
    }

    @Override
    public Weights weights() {
        return weights;
    }

    @Override
    public Weights buffers() {
        return buffers;
    }

    @Override
    public Tensor forward(Pass pass, Map<String, Tensor> inputs) {
        // The channels of a pixel beside each other is what the processor's convolutions work on: less is turned round.
        Tensor x =
                Objects.requireNonNull(inputs.get(input.name()), input.name()).contiguous(MemoryFormat.ChannelsLast);
        Tensor z = classifier.forward(pass, body.forward(pass, x));
        return labels.size() == 2 ? torch.cat(new TensorVector(torch.zeros_like(z), z), 1) : z;
    }

    @Override
    public ModelProto onnx() {
        OnnxGraph graph = new OnnxGraph(body.type());
        String x = graph.input(
                input.name(),
                ElementType.FLOAT,
                "batch",
                Integer.toString(input.channels()),
                Integer.toString(input.height()),
                Integer.toString(input.width()));
        String z = classifier.onnx(graph, weights, body.onnx(graph, weights, buffers, x));
        if (labels.size() == 2) {
            String nothing = graph.node("Sub", List.of(z, z));
            z = graph.node("Concat", List.of(nothing, z), attribute("axis", 1));
        }
        OnnxOutputs.declare(graph, z, labels.size());
        return graph.toModel();
    }

    @Override
    public Map<String, Object> config() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("architectures", List.of("ImageClassifier"));
        tree.put("model_type", body.type());
        tree.put("num_channels", input.channels());
        tree.put("image_size", List.of(input.height(), input.width()));
        tree.putAll(body.config());
        tree.put("output", labels.size() == 2 ? "sigmoid" : "softmax");
        tree.put("problem_type", "single_label_classification");
        tree.put("dtype", "float32");
        tree.put("batch_independent", true);
        tree.putAll(BiLstmConfig.labelTree(labels));
        return tree;
    }

    @Override
    public int partRows() {
        return body.partRows();
    }
}
