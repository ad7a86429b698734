package dev.sampan.network.fusion;

import static dev.sampan.model.onnx.Attributes.attribute;

import dev.sampan.compute.Pass;
import dev.sampan.compute.Weights;
import dev.sampan.data.ColumnFeatures;
import dev.sampan.model.onnx.ElementType;
import dev.sampan.model.onnx.OnnxGraph;
import dev.sampan.network.DenseStack;
import dev.sampan.network.layers.Initial;
import dev.sampan.network.layers.Lookup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// Numbers and embeddings of categories → dense layers with relu. Every row has it: its gaps are filled.
public final class TableBranch implements Branch {
    private static final int PART_ROWS = 256;
    private static final double DEVIATION = 0.05;
    private static final int EMBEDDING_MAX = 50;

    private final String name;
    private final int numbers;
    private final List<Lookup> embeddings = new ArrayList<>();
    private final DenseStack dense;

    /// @param numbers width of the numbers, 0 for none
    /// @param categories size of each index column
    public TableBranch(String name, int numbers, List<Integer> categories, List<Integer> hiddenSizes, double dropout) {
        this.name = name;
        this.numbers = numbers;
        int width = numbers;
        for (int size : categories) {
            int embedded = Math.min(EMBEDDING_MAX, (size + 1) / 2);
            embeddings.add(new Lookup(name + ".embeddings." + embeddings.size(), size, embedded, Lookup.NONE, false));
            width += embedded;
        }
        dense = DenseStack.relu(name + ".hidden", width, hiddenSizes, dropout);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int width() {
        return dense.outputs();
    }

    @Override
    public void declare(Weights.Layout weights) {
        embeddings.forEach(table -> table.declare(weights));
        dense.declare(weights, new Weights.Layout());
    }

    @Override
    public void initialise(Weights weights, Initial initial) {
        embeddings.forEach(table -> table.initialise(weights, initial, DEVIATION));
        dense.initialise(weights, Weights.NONE, initial);
    }

    @Override
    public Tensor forward(Pass pass, Map<String, Tensor> inputs) {
        Tensor x = inputs.get(ColumnFeatures.NUMBERS);
        Tensor ids = inputs.get(ColumnFeatures.CATEGORIES);
        for (int i = 0; i < embeddings.size(); i++) {
            Tensor vector =
                    embeddings.get(i).forward(pass, Objects.requireNonNull(ids).select(1, i));
            x = x == null ? vector : torch.cat(new TensorVector(x, vector), 1);
        }
        return dense.forward(pass, Objects.requireNonNull(x));
    }

    @Override
    public Tensor present(Map<String, Tensor> inputs, Tensor like) {
        return torch.ones_like(like);
    }

    @Override
    public Graph onnx(OnnxGraph graph, Weights weights) {
        List<String> read = new ArrayList<>();
        if (numbers > 0) {
            read.add(graph.input(ColumnFeatures.NUMBERS, ElementType.FLOAT, "batch", Integer.toString(numbers)));
        }
        if (!embeddings.isEmpty()) {
            String all = graph.input(
                    ColumnFeatures.CATEGORIES, ElementType.INT64, "batch", Integer.toString(embeddings.size()));
            for (int i = 0; i < embeddings.size(); i++) {
                String place = graph.longs(name + ".column." + i, new long[0], i);
                String ids = graph.node("Gather", List.of(all, place), attribute("axis", 1));
                read.add(embeddings.get(i).onnx(graph, weights, ids));
            }
        }
        String x = read.size() == 1 ? read.getFirst() : graph.node("Concat", read, attribute("axis", 1));
        return new Graph(dense.onnx(graph, weights, Weights.NONE, x), "");
    }

    @Override
    public int partRows() {
        return PART_ROWS;
    }
}
