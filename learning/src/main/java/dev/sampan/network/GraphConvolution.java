package dev.sampan.network;

import static dev.sampan.model.onnx.Attributes.attribute;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.sampan.compute.Pass;
import dev.sampan.compute.Tensors;
import dev.sampan.compute.Weights;
import dev.sampan.data.ColumnFeatures;
import dev.sampan.data.LinksColumn;
import dev.sampan.model.onnx.ElementType;
import dev.sampan.model.onnx.OnnxGraph;
import dev.sampan.network.layers.Constants;
import dev.sampan.network.layers.Dropout;
import dev.sampan.network.layers.Initial;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// Two graph convolutions, `softmax(Â relu(Â X W₁ + b₁) W₂ + b₂)` (Kipf and Welling 2017), row by row: a row
/// brings its own numbers and the places of its neighbours, whose numbers are known since training. So a row of
/// training is answered as the whole graph would answer it, and a new node by what it is linked to, without a
/// change to the others.
public final class GraphConvolution implements Network {
    private static final int PART_ROWS = 4096;
    private static final String FIRST = "conv1.weight";
    private static final String FIRST_BIAS = "conv1.bias";
    private static final String SECOND = "conv2.weight";
    private static final String SECOND_BIAS = "conv2.bias";

    private final Nodes nodes;
    private final int hidden;
    private final Dropout dropout;
    private final List<String> labels;
    private final Weights weights;

    /// The known nodes.
    ///
    /// @param width of their numbers
    /// @param numbers (nodes, width)
    /// @param mixed the same after one convolution without weights, `Â X`
    public record Nodes(int count, int width, float[] numbers, float[] mixed) {
        /// @param neighbours places of each node's links
        public static Nodes of(int width, float[] numbers, List<int[]> neighbours) {
            int count = neighbours.size();
            float[] mixed = new float[numbers.length];
            for (int node = 0; node < count; node++) {
                int[] near = neighbours.get(node);
                double degree = near.length + 1;
                add(mixed, node, numbers, node, width, 1 / degree);
                for (int other : near) {
                    add(mixed, node, numbers, other, width, 1 / Math.sqrt(degree * (neighbours.get(other).length + 1)));
                }
            }
            return new Nodes(count, width, numbers, mixed);
        }

        private static void add(float[] to, int row, float[] from, int other, int width, double share) {
            for (int i = 0; i < width; i++) {
                to[row * width + i] += (float) (share * from[other * width + i]);
            }
        }
    }

    public GraphConvolution(Nodes nodes, int hidden, double dropout, List<String> labels, long seed) {
        this.nodes = nodes;
        this.hidden = hidden;
        this.dropout = new Dropout(dropout);
        this.labels = List.copyOf(labels);
        Weights.Layout layout = new Weights.Layout();
        layout.add(FIRST, nodes.width(), hidden).add(FIRST_BIAS, hidden);
        layout.add(SECOND, hidden, labels.size()).add(SECOND_BIAS, labels.size());
        weights = layout.allocate();
        Initial initial = new Initial(seed); // Glorot and Bengio 2010; biases start at 0
        initial.normal(weights, FIRST, Math.sqrt(2.0 / (nodes.width() + hidden)));
        initial.normal(weights, SECOND, Math.sqrt(2.0 / (hidden + labels.size())));
    }

    @Override
    public Weights weights() {
        return weights;
    }

    @Override
    public int partRows() {
        return PART_ROWS;
    }

    @Override
    public Tensor forward(Pass pass, Map<String, Tensor> inputs) {
        Tensor x = Objects.requireNonNull(inputs.get(ColumnFeatures.NUMBERS));
        Tensor places = Objects.requireNonNull(inputs.get(LinksColumn.PLACES));
        Tensor shares = Objects.requireNonNull(inputs.get(LinksColumn.SHARES)).unsqueeze(2);
        Tensor own = Objects.requireNonNull(inputs.get(LinksColumn.OWN));
        Tensor first = pass.weight(FIRST);
        Tensor bias = pass.weight(FIRST_BIAS);
        Tensor all =
                Tensors.floats(nodes.numbers(), nodes.count(), nodes.width()).matmul(first);
        Tensor known = Tensors.floats(nodes.mixed(), nodes.count(), nodes.width())
                .matmul(first)
                .add(bias)
                .relu();
        Tensor mine = x.matmul(first)
                .mul(own)
                .add(near(all, places, shares))
                .add(bias)
                .relu();
        Tensor both = dropout.forward(pass, torch.cat(new TensorVector(known, mine), 0));
        Tensor near = near(both, places, shares); // places are those of the known ones, which come first
        Tensor self = both.narrow(0, nodes.count(), mine.size(0));
        return self.mul(own).add(near).matmul(pass.weight(SECOND)).add(pass.weight(SECOND_BIAS));
    }

    /// The sum of the neighbours' rows, each by its share: (batch, hidden).
    private Tensor near(Tensor rows, Tensor places, Tensor shares) {
        long batch = places.size(0);
        long width = places.size(1);
        return rows.index_select(0, places.reshape(batch * width))
                .reshape(batch, width, rows.size(1))
                .mul(shares)
                .sum(1);
    }

    @Override
    public ModelProto onnx() {
        OnnxGraph graph = new OnnxGraph("gcn");
        String x = graph.input(ColumnFeatures.NUMBERS, ElementType.FLOAT, "batch", Integer.toString(nodes.width()));
        String places = graph.input(LinksColumn.PLACES, ElementType.INT64, "batch", "links");
        String shares = graph.input(LinksColumn.SHARES, ElementType.FLOAT, "batch", "links");
        String own = graph.input(LinksColumn.OWN, ElementType.FLOAT, "batch", "1");
        String each = graph.node("Unsqueeze", List.of(shares, Constants.vector(graph, 2L)));
        long[] shape = {nodes.count(), hidden};
        String all = graph.floats("nodes.first", shape, times(nodes.numbers(), false));
        String known = graph.floats("nodes.hidden", shape, times(nodes.mixed(), true));
        String bias = Constants.of(graph, weights, FIRST_BIAS);
        String self = graph.node("MatMul", List.of(x, Constants.of(graph, weights, FIRST)));
        String mine = graph.node(
                "Relu",
                List.of(graph.node("Add", List.of(mixed(graph, self, own, near(graph, all, places, each)), bias))));
        String mixed = mixed(graph, mine, own, near(graph, known, places, each));
        String y = graph.node("MatMul", List.of(mixed, Constants.of(graph, weights, SECOND)));
        OnnxOutputs.declare(
                graph, graph.node("Add", List.of(y, Constants.of(graph, weights, SECOND_BIAS))), labels.size());
        return graph.toModel();
    }

    private static String near(OnnxGraph graph, String rows, String places, String shares) {
        String found = graph.node("Gather", List.of(rows, places), attribute("axis", 0));
        String weighed = graph.node("Mul", List.of(found, shares));
        return graph.node("ReduceSum", List.of(weighed, Constants.vector(graph, 1L)), attribute("keepdims", 0));
    }

    private static String mixed(OnnxGraph graph, String self, String own, String near) {
        return graph.node("Add", List.of(graph.node("Mul", List.of(self, own)), near));
    }

    /// Rows of nodes times the first weights; for the hidden ones with bias and relu.
    private float[] times(float[] rows, boolean activated) {
        float[] values = weights.values();
        int first = weights.slot(FIRST).offset();
        int bias = weights.slot(FIRST_BIAS).offset();
        float[] made = new float[Math.multiplyExact(nodes.count(), hidden)];
        for (int node = 0; node < nodes.count(); node++) {
            for (int h = 0; h < hidden; h++) {
                double sum = activated ? values[bias + h] : 0;
                for (int i = 0; i < nodes.width(); i++) {
                    sum += (double) rows[node * nodes.width() + i] * values[first + i * hidden + h];
                }
                made[node * hidden + h] = (float) (activated ? Math.max(0, sum) : sum);
            }
        }
        return made;
    }

    @Override
    public Map<String, Object> config() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("architectures", List.of("GraphConvolution"));
        tree.put("model_type", "gcn");
        tree.put("num_nodes", nodes.count());
        tree.put("num_features", nodes.width());
        tree.put("hidden_size", hidden);
        tree.put("hidden_dropout_prob", dropout.share());
        tree.put("problem_type", "single_label_classification");
        tree.put("dtype", "float32");
        tree.put("batch_independent", true);
        tree.putAll(BiLstmConfig.labelTree(labels));
        return tree;
    }
}
