package dev.sampan.network.adversarial;

import static dev.sampan.model.onnx.Attributes.attribute;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.sampan.compute.Pass;
import dev.sampan.compute.Weights;
import dev.sampan.data.SampleFeatures;
import dev.sampan.model.onnx.ElementType;
import dev.sampan.model.onnx.OnnxGraph;
import dev.sampan.network.DenseStack;
import dev.sampan.network.Network;
import dev.sampan.network.layers.Activation;
import dev.sampan.network.layers.Constants;
import dev.sampan.network.layers.Dense;
import dev.sampan.network.layers.Initial;
import dev.sampan.spec.ModelSpec.Norm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// Noise, and the label beside it → dense layers → scores of numbers as they stand, and for each choice the
/// softmax of (logits + Gumbel's noise) / τ (Jang et al. 2017, equation 2), which is nearly one of the choices
/// and still has a slope (Xu et al. 2019). Layer normalisation stands in the place of their batch
/// normalisation: a row hangs on its own noise alone.
public final class TableGenerator implements Network {
    private static final int PART_ROWS = 128;
    /// τ
    private static final float TEMPERATURE = 0.2f;

    private final TableShape shape;
    private final int latent;
    private final DenseStack layers;
    private final Dense last;
    private final Weights weights;

    public TableGenerator(TableShape shape, int latent, long seed) {
        this.shape = shape;
        this.latent = latent;
        layers = new DenseStack(
                "generator.hidden", latent + shape.labels(), shape.hiddenSizes(), Norm.LAYER, Activation.RELU, 0);
        last = new Dense("generator.row", layers.outputs(), shape.width());
        Weights.Layout layout = new Weights.Layout();
        layers.declare(layout, new Weights.Layout());
        last.declare(layout);
        weights = layout.allocate();
        Initial initial = new Initial(seed);
        layers.initialise(weights, Weights.NONE, initial);
        last.initialise(weights, initial);
    }

    @Override
    public Weights weights() {
        return weights;
    }

    @Override
    public int partRows() {
        return PART_ROWS;
    }

    /// @return (rows, width)
    @Override
    public Tensor forward(Pass pass, Map<String, Tensor> inputs) {
        Tensor noise = Objects.requireNonNull(inputs.get(SampleFeatures.NOISE));
        Tensor condition = inputs.get(SampleFeatures.CONDITION);
        Tensor choices = inputs.get(SampleFeatures.CHOICES);
        Tensor z = condition == null ? noise : torch.cat(new TensorVector(noise, condition), 1);
        Tensor y = last.forward(pass, layers.forward(pass, z));
        TensorVector made = new TensorVector();
        long at = 0;
        long gumbel = 0;
        for (TableShape.Block block : shape.blocks()) {
            Tensor part = y.narrow(1, at, block.width());
            if (block.choice()) {
                Tensor moved = part.add(Objects.requireNonNull(choices).narrow(1, gumbel, block.width()));
                part = torch.softmax(moved.mul(new Scalar(1 / TEMPERATURE)), 1);
                gumbel += block.width();
            }
            made.push_back(part);
            at += block.width();
        }
        return torch.cat(made, 1);
    }

    @Override
    public ModelProto onnx() {
        OnnxGraph graph = new OnnxGraph("gan");
        String z = graph.input(SampleFeatures.NOISE, ElementType.FLOAT, "batch", Integer.toString(latent));
        String choices = shape.choices() == 0
                ? ""
                : graph.input(SampleFeatures.CHOICES, ElementType.FLOAT, "batch", Integer.toString(shape.choices()));
        if (shape.labels() > 0) {
            String condition =
                    graph.input(SampleFeatures.CONDITION, ElementType.FLOAT, "batch", Integer.toString(shape.labels()));
            z = graph.node("Concat", List.of(z, condition), attribute("axis", 1));
        }
        String y = last.onnx(graph, weights, layers.onnx(graph, weights, Weights.NONE, z));
        List<String> made = new ArrayList<>();
        long at = 0;
        long gumbel = 0;
        for (TableShape.Block block : shape.blocks()) {
            String part = slice(graph, y, at, block.width());
            if (block.choice()) {
                String moved = graph.node("Add", List.of(part, slice(graph, choices, gumbel, block.width())));
                String sharp = graph.node("Mul", List.of(moved, Constants.scalar(graph, 1 / TEMPERATURE)));
                part = graph.node("Softmax", List.of(sharp), attribute("axis", 1));
                gumbel += block.width();
            }
            made.add(part);
            at += block.width();
        }
        graph.node("Concat", made, List.of("sample"), attribute("axis", 1));
        graph.output("sample", ElementType.FLOAT, "batch", Integer.toString(shape.width()));
        return graph.toModel();
    }

    private static String slice(OnnxGraph graph, String of, long from, long width) {
        return graph.node(
                "Slice",
                List.of(
                        of,
                        Constants.vector(graph, from),
                        Constants.vector(graph, from + width),
                        Constants.vector(graph, 1L)));
    }

    @Override
    public Map<String, Object> config() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("architectures", List.of("TableGenerator"));
        tree.put("model_type", "gan");
        tree.put("latent_dim", latent);
        tree.put("hidden_sizes", shape.hiddenSizes());
        tree.put("num_features", shape.width());
        tree.put("num_labels", shape.labels());
        tree.put("temperature", TEMPERATURE);
        tree.put("problem_type", "generation");
        tree.put("dtype", "float32");
        tree.put("batch_independent", true);
        return tree;
    }
}
