package dev.sampan.network.fusion;

import dev.sampan.compute.Pass;
import dev.sampan.compute.Weights;
import dev.sampan.model.onnx.ElementType;
import dev.sampan.model.onnx.OnnxGraph;
import dev.sampan.network.DenseStack;
import dev.sampan.network.layers.Initial;
import dev.sampan.network.layers.Lookup;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// Weighted n-grams → the sum of their vectors → dense → relu. A text without a known n-gram is none.
public final class TextBranch implements Branch {
    private static final int PART_ROWS = 64;
    private static final double DEVIATION = 0.1;

    private final String name;
    private final String ids;
    private final String values;
    private final Lookup table;
    private final DenseStack dense;

    /// @param ids name of the input of the n-grams, (rows, grams) INT64
    /// @param weights name of the input of their weights, (rows, grams) FLOAT, 0 or more
    public record Input(String ids, String weights, int grams) {}

    public TextBranch(String name, Input input, int embeddingSize, int denseSize, double dropout) {
        this.name = name;
        ids = input.ids();
        values = input.weights();
        table = new Lookup(name + ".ngrams", input.grams(), embeddingSize, Lookup.NONE, false);
        dense = DenseStack.relu(name + ".hidden", embeddingSize, List.of(denseSize), dropout);
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
        table.declare(weights);
        dense.declare(weights, new Weights.Layout());
    }

    @Override
    public void initialise(Weights weights, Initial initial) {
        table.initialise(weights, initial, DEVIATION);
        dense.initialise(weights, Weights.NONE, initial);
    }

    @Override
    public Tensor forward(Pass pass, Map<String, Tensor> inputs) {
        Tensor vectors = table.forward(pass, input(inputs, ids)); // (rows, grams, width)
        Tensor bag = input(inputs, values).unsqueeze(1).matmul(vectors).squeeze(1);
        return dense.forward(pass, bag);
    }

    @Override
    public Tensor present(Map<String, Tensor> inputs, Tensor like) {
        return torch.sign(torch.sum(input(inputs, values), new long[] {1}, true, new ScalarTypeOptional()));
    }

    @Override
    public Graph onnx(OnnxGraph graph, Weights weights) {
        String rows = graph.input(ids, ElementType.INT64, "batch", values + "_count");
        String line = graph.input(values, ElementType.FLOAT, "batch", values + "_count");
        String one = graph.longs(name + ".axis", new long[] {1}, 1);
        String vectors = table.onnx(graph, weights, rows);
        String sum = graph.node("MatMul", List.of(graph.node("Unsqueeze", List.of(line, one)), vectors));
        String bag = graph.node("Squeeze", List.of(sum, one));
        String present = graph.node("Sign", List.of(graph.node("ReduceSum", List.of(line, one))));
        return new Graph(dense.onnx(graph, weights, Weights.NONE, bag), present);
    }

    @Override
    public int partRows() {
        return PART_ROWS;
    }

    private static Tensor input(Map<String, Tensor> inputs, String name) {
        return Objects.requireNonNull(inputs.get(name), name);
    }
}
