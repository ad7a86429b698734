package dev.sampan.network;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.sampan.compute.Pass;
import dev.sampan.compute.Weights;
import dev.sampan.model.onnx.ElementType;
import dev.sampan.model.onnx.OnnxGraph;
import dev.sampan.network.layers.Dense;
import dev.sampan.network.layers.Dropout;
import dev.sampan.network.layers.Initial;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// Numbers → (Dense → relu → dropout), as often as there are hidden sizes → Dense → softmax. The input is `features`
/// (batch, inputs).
public final class MlpClassifier implements Network {
    /// Name of the only input.
    public static final String FEATURES = "features";

    private final Shape shape;
    private final List<Dense> hidden = new ArrayList<>();
    private final Dense classifier;
    private final Dropout dropout;
    private final Weights weights;

    /// @param inputs numbers of one row
    /// @param hiddenSizes width of each hidden layer
    /// @param dropout share dropped behind each hidden layer while learning
    /// @param labels categories, in the order of the outputs
    public record Shape(int inputs, List<Integer> hiddenSizes, double dropout, List<String> labels) {
        public Shape {
            hiddenSizes = List.copyOf(hiddenSizes);
            labels = List.copyOf(labels);
        }
    }

    /// With random weights.
    public MlpClassifier(Shape shape, long seed) {
        this.shape = shape;
        dropout = new Dropout(shape.dropout());
        int width = shape.inputs();
        for (int size : shape.hiddenSizes()) {
            hidden.add(new Dense("hidden." + hidden.size(), width, size));
            width = size;
        }
        classifier = new Dense("classifier", width, shape.labels().size());
        Weights.Layout layout = new Weights.Layout();
        hidden.forEach(dense -> dense.declare(layout));
        classifier.declare(layout);
        weights = layout.allocate();
        Initial initial = new Initial(seed);
        hidden.forEach(dense -> dense.initialise(weights, initial));
        classifier.initialise(weights, initial);
    }

    @Override
    public Weights weights() {
        return weights;
    }

    @Override
    public Tensor forward(Pass pass, Map<String, Tensor> inputs) {
        Tensor x = Objects.requireNonNull(inputs.get(FEATURES));
        for (Dense dense : hidden) {
            x = dropout.forward(pass, torch.relu(dense.forward(pass, x)));
        }
        return classifier.forward(pass, x);
    }

    @Override
    public ModelProto onnx() {
        OnnxGraph graph = new OnnxGraph("mlp");
        String x = graph.input(FEATURES, ElementType.FLOAT, "batch", Integer.toString(shape.inputs()));
        for (Dense dense : hidden) {
            x = graph.node("Relu", List.of(dense.onnx(graph, weights, x)));
        }
        OnnxOutputs.declare(
                graph, classifier.onnx(graph, weights, x), shape.labels().size());
        return graph.toModel();
    }

    @Override
    public Map<String, Object> config() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("architectures", List.of("MlpForClassification"));
        tree.put("model_type", "mlp");
        tree.put("num_features", shape.inputs());
        tree.put("hidden_sizes", shape.hiddenSizes());
        tree.put("hidden_act", "relu");
        tree.put("hidden_dropout_prob", shape.dropout());
        tree.put("problem_type", "single_label_classification");
        tree.put("dtype", "float32");
        tree.put("batch_independent", true);
        tree.putAll(BiLstmConfig.labelTree(shape.labels()));
        return tree;
    }
}
