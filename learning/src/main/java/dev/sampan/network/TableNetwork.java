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
import dev.sampan.network.layers.Lookup;
import dev.sampan.spec.ModelSpec.Norm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// A network over columns: dense layers over numbers and embeddings of categories (deep), a linear map of numbers and
/// categories as they are (wide), or both, added up (Cheng et al. 2016). Without hidden layers and embeddings it is
/// logistic or linear regression.
///
/// A quantity is learnt as (y − mean) / deviation; the graph answers y.
public final class TableNetwork implements Network {
    private static final int PART_ROWS = 256;
    private static final double EMBEDDING_DEVIATION = 0.05;

    private final Shape shape;
    private final Answer answer;
    private final List<Lookup> embeddings = new ArrayList<>();
    private final List<Lookup> wides = new ArrayList<>();
    private final DenseStack deep;
    private final Dense head;
    private final Dense wide;
    private final Weights weights;
    private final Weights buffers;

    /// @param type `mlp`, `wide_deep` or `linear`
    /// @param numbers width of the numbers, 0 for none
    /// @param categories size of each index column
    /// @param embeddingSize of every category; 0 for min(50, (size + 1) / 2)
    /// @param wide beside the deep part a linear one
    public record Shape(
            String type,
            int numbers,
            List<Integer> categories,
            int embeddingSize,
            boolean wide,
            List<Integer> hiddenSizes,
            Activation activation,
            Norm norm,
            double dropout) {
        public Shape {
            categories = List.copyOf(categories);
            hiddenSizes = List.copyOf(hiddenSizes);
        }
    }

    /// What is answered.
    public sealed interface Answer {
        int outputs();
    }

    /// One of these.
    public record Labels(List<String> labels) implements Answer {
        @Override
        public int outputs() {
            return labels.size();
        }
    }

    /// A number whose training rows have this mean and deviation.
    public record Quantity(double mean, double deviation) implements Answer {
        @Override
        public int outputs() {
            return 1;
        }
    }

    public TableNetwork(Shape shape, Answer answer, long seed) {
        this.shape = shape;
        this.answer = answer;
        int width = shape.numbers();
        for (int i = 0; i < shape.categories().size(); i++) {
            int size = shape.categories().get(i);
            int embedded = shape.embeddingSize() > 0 ? shape.embeddingSize() : Math.min(50, (size + 1) / 2);
            embeddings.add(new Lookup("embeddings." + i, size, embedded, Lookup.NONE, false));
            wides.add(new Lookup("wide." + i, size, answer.outputs(), Lookup.NONE, false));
            width += embedded;
        }
        deep = new DenseStack("hidden", width, shape.hiddenSizes(), shape.norm(), shape.activation(), shape.dropout());
        head = new Dense("classifier", deep.outputs(), answer.outputs());
        wide = new Dense("wide.numbers", Math.max(1, shape.numbers()), answer.outputs());
        Weights.Layout layout = new Weights.Layout();
        Weights.Layout held = new Weights.Layout();
        embeddings.forEach(table -> table.declare(layout));
        deep.declare(layout, held);
        head.declare(layout);
        if (shape.wide()) {
            wides.forEach(table -> table.declare(layout));
            wide.declare(layout);
        }
        weights = layout.allocate();
        buffers = held.allocate();
        Initial initial = new Initial(seed);
        embeddings.forEach(table -> table.initialise(weights, initial, EMBEDDING_DEVIATION));
        deep.initialise(weights, buffers, initial);
        head.initialise(weights, initial);
        if (shape.wide() && shape.numbers() > 0) {
            wide.initialise(weights, initial); // the wide tables start at zero
        }
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
    public int partRows() {
        return shape.norm() == Norm.BATCH ? WHOLE : PART_ROWS;
    }

    @Override
    public Tensor forward(Pass pass, Map<String, Tensor> inputs) {
        Tensor numbers = inputs.get(ColumnFeatures.NUMBERS);
        Tensor ids = inputs.get(ColumnFeatures.CATEGORIES);
        Tensor x = numbers;
        for (int i = 0; i < embeddings.size(); i++) {
            Tensor vector =
                    embeddings.get(i).forward(pass, Objects.requireNonNull(ids).select(1, i));
            x = x == null ? vector : torch.cat(new TensorVector(x, vector), 1);
        }
        Tensor y = head.forward(pass, deep.forward(pass, Objects.requireNonNull(x)));
        if (!shape.wide()) {
            return y;
        }
        if (numbers != null) {
            y = y.add(wide.forward(pass, numbers));
        }
        for (int i = 0; i < wides.size(); i++) {
            y = y.add(wides.get(i).forward(pass, Objects.requireNonNull(ids).select(1, i)));
        }
        return y;
    }

    @Override
    public ModelProto onnx() {
        OnnxGraph graph = new OnnxGraph(shape.type());
        List<String> read = new ArrayList<>();
        String numbers = "";
        if (shape.numbers() > 0) {
            numbers =
                    graph.input(ColumnFeatures.NUMBERS, ElementType.FLOAT, "batch", Integer.toString(shape.numbers()));
            read.add(numbers);
        }
        List<String> ids = ids(graph);
        for (int i = 0; i < embeddings.size(); i++) {
            read.add(embeddings.get(i).onnx(graph, weights, ids.get(i)));
        }
        String x = read.size() == 1 ? read.getFirst() : graph.node("Concat", read, attribute("axis", 1));
        String y = head.onnx(graph, weights, deep.onnx(graph, weights, buffers, x));
        if (shape.wide()) {
            if (shape.numbers() > 0) {
                y = graph.node("Add", List.of(y, wide.onnx(graph, weights, numbers)));
            }
            for (int i = 0; i < wides.size(); i++) {
                y = graph.node("Add", List.of(y, wides.get(i).onnx(graph, weights, ids.get(i))));
            }
        }
        declare(graph, y);
        return graph.toModel();
    }

    /// A vector (batch) of each index column.
    private List<String> ids(OnnxGraph graph) {
        int count = shape.categories().size();
        if (count == 0) {
            return List.of();
        }
        String all = graph.input(ColumnFeatures.CATEGORIES, ElementType.INT64, "batch", Integer.toString(count));
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String place = graph.longs("column." + i, new long[0], i);
            ids.add(graph.node("Gather", List.of(all, place), attribute("axis", 1)));
        }
        return ids;
    }

    private void declare(OnnxGraph graph, String y) {
        switch (answer) {
            case Labels(List<String> labels) -> OnnxOutputs.declare(graph, y, labels.size());
            case Quantity(double mean, double deviation) -> {
                String scaled = graph.node("Mul", List.of(y, scalar(graph, "deviation", deviation)));
                graph.node("Add", List.of(scaled, scalar(graph, "mean", mean)), List.of("value"));
                graph.output("value", ElementType.FLOAT, "batch", "1");
            }
        }
    }

    private static String scalar(OnnxGraph graph, String name, double value) {
        return graph.floats(name, new long[0], new float[] {(float) value});
    }

    @Override
    public Map<String, Object> config() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("architectures", List.of("TableNetwork"));
        tree.put("model_type", shape.type());
        tree.put("num_features", shape.numbers());
        tree.put("categories", shape.categories());
        tree.put("embedding_sizes", embeddings.stream().map(Lookup::width).toList());
        tree.put("hidden_sizes", shape.hiddenSizes());
        tree.put("hidden_act", shape.activation().name().toLowerCase(Locale.ROOT));
        tree.put("norm", shape.norm().name().toLowerCase(Locale.ROOT));
        tree.put("hidden_dropout_prob", shape.dropout());
        tree.put("dtype", "float32");
        tree.put("batch_independent", true);
        switch (answer) {
            case Labels(List<String> labels) -> {
                tree.put("problem_type", "single_label_classification");
                tree.putAll(BiLstmConfig.labelTree(labels));
            }
            case Quantity(double mean, double deviation) -> {
                tree.put("problem_type", "regression");
                tree.put("mean", mean);
                tree.put("deviation", deviation);
            }
        }
        return tree;
    }
}
