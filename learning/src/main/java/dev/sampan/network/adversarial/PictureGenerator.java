package dev.sampan.network.adversarial;

import static dev.sampan.model.onnx.Attributes.attribute;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.sampan.compute.Pass;
import dev.sampan.compute.Weights;
import dev.sampan.data.SampleFeatures;
import dev.sampan.model.onnx.ElementType;
import dev.sampan.model.onnx.OnnxGraph;
import dev.sampan.network.Network;
import dev.sampan.network.layers.Constants;
import dev.sampan.network.layers.ConvTranspose2d;
import dev.sampan.network.layers.Dense;
import dev.sampan.network.layers.GroupNorm2d;
import dev.sampan.network.layers.Initial;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// Noise, and the label beside it → dense layer → the smallest map → transposed convolutions, each to twice the
/// size → tanh (Radford et al. 2016). Between them stand relu and, instead of their batch normalisation, group
/// normalisation: a sample then hangs on its own noise alone, and the moving average of the weights needs no
/// statistics of its own.
public final class PictureGenerator implements Network {
    private static final int PART_ROWS = 32;
    private static final int GROUPS_MAX = 8;

    private final PictureShape shape;
    private final int latent;
    private final Dense first;
    private final List<GroupNorm2d> norms = new ArrayList<>();
    private final List<ConvTranspose2d> maps = new ArrayList<>();
    private final Weights weights;

    public PictureGenerator(PictureShape shape, int latent, long seed) {
        this.shape = shape;
        this.latent = latent;
        first = new Dense("generator.project", latent + shape.labels(), shape.firstSize());
        List<Integer> channels = shape.channels();
        for (int i = 0; i < channels.size(); i++) {
            int outputs = i + 1 < channels.size() ? channels.get(i + 1) : shape.planes();
            norms.add(new GroupNorm2d("generator.norm." + i, channels.get(i), groups(channels.get(i))));
            maps.add(new ConvTranspose2d("generator.conv." + i, channels.get(i), outputs));
        }
        Weights.Layout layout = new Weights.Layout();
        first.declare(layout);
        norms.forEach(norm -> norm.declare(layout, new Weights.Layout()));
        maps.forEach(map -> map.declare(layout));
        weights = layout.allocate();
        Initial initial = new Initial(seed);
        first.initialise(weights, initial);
        norms.forEach(norm -> norm.initialise(weights, Weights.NONE));
        maps.forEach(map -> map.initialise(weights, initial));
    }

    /// As many as divide the channels, up to 8.
    private static int groups(int channels) {
        int groups = GROUPS_MAX;
        while (channels % groups != 0) {
            groups--;
        }
        return groups;
    }

    @Override
    public Weights weights() {
        return weights;
    }

    @Override
    public int partRows() {
        return PART_ROWS;
    }

    /// @return (rows, planes · height · width), −1 to 1
    @Override
    public Tensor forward(Pass pass, Map<String, Tensor> inputs) {
        Tensor noise = Objects.requireNonNull(inputs.get(SampleFeatures.NOISE));
        Tensor condition = inputs.get(SampleFeatures.CONDITION);
        Tensor z = condition == null ? noise : torch.cat(new TensorVector(noise, condition), 1);
        Tensor y = first.forward(pass, z)
                .reshape(z.size(0), shape.channels().getFirst(), shape.firstHeight(), shape.firstWidth());
        for (int i = 0; i < maps.size(); i++) {
            y = maps.get(i).forward(pass, norms.get(i).forward(pass, y).relu());
        }
        return y.tanh().reshape(z.size(0), shape.size());
    }

    @Override
    public ModelProto onnx() {
        OnnxGraph graph = new OnnxGraph("gan");
        String z = graph.input(SampleFeatures.NOISE, ElementType.FLOAT, "batch", Integer.toString(latent));
        if (shape.labels() > 0) {
            String condition =
                    graph.input(SampleFeatures.CONDITION, ElementType.FLOAT, "batch", Integer.toString(shape.labels()));
            z = graph.node("Concat", List.of(z, condition), attribute("axis", 1));
        }
        String map = Constants.vector(
                graph, -1L, (long) shape.channels().getFirst(), (long) shape.firstHeight(), (long) shape.firstWidth());
        String y = graph.node("Reshape", List.of(first.onnx(graph, weights, z), map));
        for (int i = 0; i < maps.size(); i++) {
            String even = norms.get(i).onnx(graph, weights, Weights.NONE, y);
            y = maps.get(i).onnx(graph, weights, graph.node("Relu", List.of(even)));
        }
        String flat = graph.node(
                "Reshape", List.of(graph.node("Tanh", List.of(y)), Constants.vector(graph, -1L, (long) shape.size())));
        graph.node("Identity", List.of(flat), List.of("sample"));
        graph.output("sample", ElementType.FLOAT, "batch", Integer.toString(shape.size()));
        return graph.toModel();
    }

    @Override
    public Map<String, Object> config() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("architectures", List.of("PictureGenerator"));
        tree.put("model_type", "gan");
        tree.put("latent_dim", latent);
        tree.put("num_channels", shape.planes());
        tree.put("image_size", List.of(shape.height(), shape.width()));
        tree.put("channels", shape.channels());
        tree.put("num_labels", shape.labels());
        tree.put("problem_type", "generation");
        tree.put("dtype", "float32");
        tree.put("batch_independent", true);
        return tree;
    }
}
