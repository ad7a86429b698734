package dev.sampan.network.fusion;

import static dev.sampan.model.onnx.Attributes.attribute;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.sampan.compute.Pass;
import dev.sampan.compute.Weights;
import dev.sampan.data.FusedPart;
import dev.sampan.model.onnx.ElementType;
import dev.sampan.model.onnx.OnnxGraph;
import dev.sampan.network.BiLstmConfig;
import dev.sampan.network.Network;
import dev.sampan.network.OnnxOutputs;
import dev.sampan.network.TableNetwork.Answer;
import dev.sampan.network.TableNetwork.Labels;
import dev.sampan.network.TableNetwork.Quantity;
import dev.sampan.network.layers.Constants;
import dev.sampan.network.layers.Dense;
import dev.sampan.network.layers.Initial;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// Late fusion. Each branch p makes a vector v_p of its part of a row, of it logits z_p and a gate g_p; with m_p = 1
/// where the row has the part, else 0:
///
/// ```
/// w_p = m_p exp(g_p) / Σ m exp(g)      z_p = Z_p v_p + b_p      g_p = u_p · v_p + a_p
/// logits = Σ w_p z_p
/// ```
///
/// A part that is missing so adds nothing, and the others share its weight; where all are missing the logits are 0.
/// What
/// part p did for the answer k is c_p = w_p (z_pk − mean over the classes of z_p), and its share max(0, c_p) divided by
/// the sum of these: a part that speaks against the answer has none. A quantity is learnt as (y − mean) / deviation,
/// where c_p is w_p z_p in the direction of the answer.
public final class FusionNetwork implements Network {
    private static final float HIDDEN = 1e9f;
    private static final float LEAST = 1e-12f;

    private final List<Branch> branches;
    private final Answer answer;
    private final List<Dense> heads = new ArrayList<>();
    private final List<Dense> gates = new ArrayList<>();
    private final Weights weights;

    public FusionNetwork(List<Branch> branches, Answer answer, long seed) {
        this.branches = List.copyOf(branches);
        this.answer = answer;
        Weights.Layout layout = new Weights.Layout();
        for (Branch branch : branches) {
            heads.add(new Dense(branch.name() + ".classifier", branch.width(), answer.outputs()));
            gates.add(new Dense(branch.name() + ".gate", branch.width(), 1));
            branch.declare(layout);
            heads.getLast().declare(layout);
            gates.getLast().declare(layout);
        }
        weights = layout.allocate();
        Initial initial = new Initial(seed);
        for (int i = 0; i < branches.size(); i++) {
            branches.get(i).initialise(weights, initial);
            heads.get(i).initialise(weights, initial);
            gates.get(i).initialise(weights, initial);
        }
    }

    @Override
    public Weights weights() {
        return weights;
    }

    @Override
    public int partRows() {
        return branches.stream().mapToInt(Branch::partRows).min().orElseThrow();
    }

    @Override
    public Tensor forward(Pass pass, Map<String, Tensor> inputs) {
        return torch.sum(weighted(pass, inputs), new long[] {1}, false, new ScalarTypeOptional());
    }

    /// What each part adds to the logits: (rows, parts, outputs).
    public Tensor weighted(Pass pass, Map<String, Tensor> inputs) {
        TensorVector logits = new TensorVector();
        TensorVector scores = new TensorVector();
        TensorVector present = new TensorVector();
        for (int i = 0; i < branches.size(); i++) {
            Tensor vector = branches.get(i).forward(pass, inputs);
            Tensor gate = gates.get(i).forward(pass, vector);
            logits.push_back(heads.get(i).forward(pass, vector).unsqueeze(1));
            scores.push_back(gate);
            present.push_back(branches.get(i).present(inputs, gate));
        }
        Tensor mask = torch.cat(present, 1); // (rows, parts)
        Tensor hidden = mask.sub(new Scalar(1)).mul(new Scalar(HIDDEN));
        Tensor gated = torch.softmax(torch.cat(scores, 1).add(hidden), 1).mul(mask);
        return torch.cat(logits, 1).mul(gated.unsqueeze(2));
    }

    /// Shares of one row's parts in its answer.
    ///
    /// @param weighted (parts, outputs), a row of [#weighted]
    public double[] shares(float[] weighted) {
        int parts = branches.size();
        int outputs = answer.outputs();
        double[] sums = new double[outputs];
        for (int i = 0; i < weighted.length; i++) {
            sums[i % outputs] += weighted[i];
        }
        int best = 0;
        for (int k = 1; k < outputs; k++) {
            best = sums[k] > sums[best] ? k : best;
        }
        double[] shares = new double[parts];
        double total = LEAST;
        for (int part = 0; part < parts; part++) {
            double mean = 0;
            for (int k = 0; k < outputs && answer instanceof Labels; k++) {
                mean += weighted[part * outputs + k] / outputs;
            }
            double direction = answer instanceof Labels ? 1 : Math.signum(sums[best]);
            shares[part] = Math.max(0, direction * (weighted[part * outputs + best] - mean));
            total += shares[part];
        }
        for (int part = 0; part < parts; part++) {
            shares[part] /= total;
        }
        return shares;
    }

    @Override
    public ModelProto onnx() {
        OnnxGraph graph = new OnnxGraph("fusion");
        String weighted = weighted(graph); // (batch, parts, outputs)
        String one = graph.longs("axis.1", new long[] {1}, 1);
        String sum = graph.node("ReduceSum", List.of(weighted, one), attribute("keepdims", 0));
        switch (answer) {
            case Labels(List<String> labels) -> OnnxOutputs.declare(graph, sum, labels.size());
            case Quantity(double mean, double deviation) -> {
                String scaled = graph.node("Mul", List.of(sum, Constants.scalar(graph, (float) deviation)));
                graph.node("Add", List.of(scaled, Constants.scalar(graph, (float) mean)), List.of("value"));
                graph.output("value", ElementType.FLOAT, "batch", "1");
            }
        }
        String towards = graph.node("Mul", List.of(centred(graph, weighted), direction(graph, sum)));
        String two = graph.longs("axis.2", new long[] {1}, 2);
        String spoken =
                graph.node("Relu", List.of(graph.node("ReduceSum", List.of(towards, two), attribute("keepdims", 0))));
        String total = graph.node("ReduceSum", List.of(spoken, one));
        graph.node(
                "Div",
                List.of(spoken, graph.node("Add", List.of(total, Constants.scalar(graph, LEAST)))),
                List.of(FusedPart.SHARES));
        graph.output(FusedPart.SHARES, ElementType.FLOAT, "batch", Integer.toString(branches.size()));
        return graph.toModel();
    }

    private String weighted(OnnxGraph graph) {
        String one = graph.longs("axis.parts", new long[] {1}, 1);
        String two = graph.longs("axis.outputs", new long[] {1}, 2);
        String unit = Constants.scalar(graph, 1);
        List<String> logits = new ArrayList<>();
        List<String> scores = new ArrayList<>();
        List<String> present = new ArrayList<>();
        for (int i = 0; i < branches.size(); i++) {
            Branch.Graph branch = branches.get(i).onnx(graph, weights);
            String gate = gates.get(i).onnx(graph, weights, branch.vector());
            String z = heads.get(i).onnx(graph, weights, branch.vector());
            logits.add(graph.node("Unsqueeze", List.of(z, one)));
            scores.add(gate);
            String always = graph.node("Add", List.of(graph.node("Sub", List.of(gate, gate)), unit));
            present.add(branch.present().isEmpty() ? always : branch.present());
        }
        String mask = graph.node("Concat", present, attribute("axis", 1));
        String absent = graph.node("Sub", List.of(mask, unit));
        String hidden = graph.node("Mul", List.of(absent, Constants.scalar(graph, HIDDEN)));
        String all = graph.node("Concat", scores, attribute("axis", 1));
        String softmax = graph.node("Softmax", List.of(graph.node("Add", List.of(all, hidden))), attribute("axis", 1));
        String gated = graph.node("Unsqueeze", List.of(graph.node("Mul", List.of(softmax, mask)), two));
        return graph.node("Mul", List.of(graph.node("Concat", logits, attribute("axis", 1)), gated));
    }

    private String centred(OnnxGraph graph, String weighted) {
        if (answer instanceof Quantity) {
            return weighted;
        }
        String mean =
                graph.node("ReduceMean", List.of(weighted), attribute("axes", List.of(2L)), attribute("keepdims", 1));
        return graph.node("Sub", List.of(weighted, mean));
    }

    /// (batch, 1, outputs): 1 at the answered class, else 0; of a quantity the sign of the answer.
    private String direction(OnnxGraph graph, String sum) {
        String one = graph.longs("axis.direction", new long[] {1}, 1);
        if (answer instanceof Quantity) {
            return graph.node("Unsqueeze", List.of(graph.node("Sign", List.of(sum)), one));
        }
        String best = graph.node("ReduceMax", List.of(sum), attribute("axes", List.of(1L)), attribute("keepdims", 1));
        String answered =
                graph.node("Cast", List.of(graph.node("Equal", List.of(sum, best))), attribute("to", 1)); // FLOAT
        return graph.node("Unsqueeze", List.of(answered, one));
    }

    @Override
    public Map<String, Object> config() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("architectures", List.of("FusionNetwork"));
        tree.put("model_type", "fusion");
        tree.put("parts", branches.stream().map(Branch::name).toList());
        tree.put("widths", branches.stream().map(Branch::width).toList());
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
