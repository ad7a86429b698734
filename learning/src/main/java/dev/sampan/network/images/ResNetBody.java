package dev.sampan.network.images;

import dev.sampan.compute.Pass;
import dev.sampan.compute.Weights;
import dev.sampan.model.onnx.OnnxGraph;
import dev.sampan.network.Network;
import dev.sampan.network.layers.Conv2d;
import dev.sampan.network.layers.Initial;
import dev.sampan.network.layers.Norm2d;
import dev.sampan.network.layers.Pooling;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// Deep residual networks of basic blocks (He et al. 2016): stem → stages, each after the first with half the size and
/// twice the channels → mean over the map. Weights go by torchvision's names, so that those of its `resnet18` and
/// `resnet34` can be taken over.
public final class ResNetBody implements ImageBody {
    private static final Pooling STEM_POOL = new Pooling(3, 2, 1);

    /// Pictures up to this side keep their size through the stem.
    private static final int SMALL = 64;

    private final Shape shape;
    private final Conv2d stem;
    private final Norm2d stemNorm;
    private final List<ResNetBlock> blocks = new ArrayList<>();
    private final int width;

    /// @param height of the pictures
    /// @param width of the pictures
    /// @param inputs channels of the pictures
    /// @param depth 8, 18 or 34 layers
    /// @param groupNorm each row is normalised for itself instead of the batch
    public record Shape(int height, int width, int inputs, int depth, boolean groupNorm) {
        boolean small() {
            return Math.min(height, width) <= SMALL;
        }
    }

    public ResNetBody(Shape shape) {
        this.shape = shape;
        int channels = shape.depth() == 8 ? 16 : 64;
        stem = shape.small()
                ? new Conv2d("conv1", shape.inputs(), channels, 3, 1, 1, false)
                : new Conv2d("conv1", shape.inputs(), channels, 7, 2, 3, false);
        stemNorm = ResNetBlock.norm("bn1", channels, shape.groupNorm());
        int inputs = channels;
        int stage = 0;
        for (int count : stages(shape.depth())) {
            for (int i = 0; i < count; i++) {
                int stride = i == 0 && stage > 0 ? 2 : 1;
                String name = "layer" + (stage + 1) + "." + i;
                blocks.add(new ResNetBlock(name, inputs, channels << stage, stride, shape.groupNorm()));
                inputs = channels << stage;
            }
            stage++;
        }
        width = inputs;
    }

    private static List<Integer> stages(int depth) {
        return switch (depth) {
            case 8 -> List.of(1, 1, 1);
            case 18 -> List.of(2, 2, 2, 2);
            case 34 -> List.of(3, 4, 6, 3);
            default -> throw new IllegalArgumentException("depth " + depth);
        };
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public void declare(Weights.Layout weights, Weights.Layout buffers) {
        stem.declare(weights);
        stemNorm.declare(weights, buffers);
        blocks.forEach(block -> block.declare(weights, buffers));
    }

    @Override
    public void initialise(Weights weights, Weights buffers, Initial initial) {
        ResNetBlock.initialise(stem, weights, initial);
        stemNorm.initialise(weights, buffers);
        blocks.forEach(block -> block.initialise(weights, buffers, initial));
    }

    @Override
    public Tensor forward(Pass pass, Tensor x) {
        x = torch.relu(stemNorm.forward(pass, stem.forward(pass, x)));
        if (!shape.small()) {
            x = STEM_POOL.forward(x);
        }
        for (ResNetBlock block : blocks) {
            x = block.forward(pass, x);
        }
        return Pooling.mean(x);
    }

    @Override
    public String onnx(OnnxGraph graph, Weights weights, Weights buffers, String x) {
        x = graph.node("Relu", List.of(stemNorm.onnx(graph, weights, buffers, stem.onnx(graph, weights, x))));
        if (!shape.small()) {
            x = STEM_POOL.onnx(graph, x);
        }
        for (ResNetBlock block : blocks) {
            x = block.onnx(graph, weights, buffers, x);
        }
        return Pooling.mean(graph, x);
    }

    @Override
    public String type() {
        return "resnet";
    }

    @Override
    public Map<String, Object> config() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("num_layers", shape.depth());
        tree.put("layer_type", "basic");
        tree.put("norm", shape.groupNorm() ? "group" : "batch");
        tree.put("depths", stages(shape.depth()));
        tree.put("hidden_act", "relu");
        return tree;
    }

    @Override
    public int partRows() {
        return shape.groupNorm() ? ImageBody.partRows(shape.height(), shape.width()) : Network.WHOLE;
    }
}
