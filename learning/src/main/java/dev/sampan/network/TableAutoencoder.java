package dev.sampan.network;

import static dev.sampan.model.onnx.Attributes.attribute;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.sampan.compute.Pass;
import dev.sampan.compute.Weights;
import dev.sampan.data.ColumnFeatures;
import dev.sampan.model.onnx.ElementType;
import dev.sampan.model.onnx.OnnxGraph;
import dev.sampan.network.layers.Activation;
import dev.sampan.network.layers.Dense;
import dev.sampan.network.layers.Initial;
import dev.sampan.spec.ModelSpec.Norm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.Tensor;

/// Numbers through a narrow middle and back. The forward makes the numbers again; the graph answers how far off they
/// are:
/// the mean square of the differences, which is small for rows like those that were learnt from (Sakurada and Yairi
/// 2014).
public final class TableAutoencoder implements Network {
    private static final int PART_ROWS = 256;

    private final int numbers;
    private final List<Integer> hiddenSizes;
    private final Activation activation;
    private final DenseStack layers;
    private final Dense back;
    private final Weights weights;

    /// @param hiddenSizes down to the middle; the way back mirrors them
    public TableAutoencoder(int numbers, List<Integer> hiddenSizes, Activation activation, double dropout, long seed) {
        this.numbers = numbers;
        this.hiddenSizes = List.copyOf(hiddenSizes);
        this.activation = activation;
        List<Integer> sizes = new ArrayList<>(hiddenSizes);
        sizes.addAll(hiddenSizes.subList(0, hiddenSizes.size() - 1).reversed());
        layers = new DenseStack("hidden", numbers, sizes, Norm.NONE, activation, dropout);
        back = new Dense("back", layers.outputs(), numbers);
        Weights.Layout layout = new Weights.Layout();
        layers.declare(layout, new Weights.Layout());
        back.declare(layout);
        weights = layout.allocate();
        Initial initial = new Initial(seed);
        layers.initialise(weights, Weights.NONE, initial);
        back.initialise(weights, initial);
    }

    @Override
    public Weights weights() {
        return weights;
    }

    @Override
    public int partRows() {
        return PART_ROWS;
    }

    /// @return (rows, numbers)
    @Override
    public Tensor forward(Pass pass, Map<String, Tensor> inputs) {
        Tensor x = Objects.requireNonNull(inputs.get(ColumnFeatures.NUMBERS));
        return back.forward(pass, layers.forward(pass, x));
    }

    @Override
    public ModelProto onnx() {
        OnnxGraph graph = new OnnxGraph("autoencoder");
        String x = graph.input(ColumnFeatures.NUMBERS, ElementType.FLOAT, "batch", Integer.toString(numbers));
        String made = back.onnx(graph, weights, layers.onnx(graph, weights, Weights.NONE, x));
        String off = graph.node("Sub", List.of(made, x));
        String square = graph.node("Mul", List.of(off, off));
        graph.node(
                "ReduceMean",
                List.of(square),
                List.of("value"),
                attribute("axes", List.of(1L)),
                attribute("keepdims", 1));
        graph.output("value", ElementType.FLOAT, "batch", "1");
        return graph.toModel();
    }

    @Override
    public Map<String, Object> config() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("architectures", List.of("TableAutoencoder"));
        tree.put("model_type", "autoencoder");
        tree.put("num_features", numbers);
        tree.put("hidden_sizes", hiddenSizes);
        tree.put("hidden_act", activation.name().toLowerCase(Locale.ROOT));
        tree.put("problem_type", "anomaly");
        tree.put("dtype", "float32");
        tree.put("batch_independent", true);
        return tree;
    }
}
