package dev.sampan.network.images;

import static dev.sampan.model.onnx.Attributes.attribute;

import dev.sampan.compute.Pass;
import dev.sampan.compute.Weights;
import dev.sampan.model.onnx.OnnxGraph;
import dev.sampan.network.layers.Conv2d;
import dev.sampan.network.layers.Dense;
import dev.sampan.network.layers.Dropout;
import dev.sampan.network.layers.Initial;
import dev.sampan.network.layers.Pooling;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// (Conv → relu → max-pool 2), as often as there are channels → flat or mean → Dense → relu → dropout.
public final class ConvBody implements ImageBody {
    private static final Pooling POOL = new Pooling(2, 2, 0);

    private final Shape shape;
    private final List<Conv2d> convolutions = new ArrayList<>();
    private final Dense dense;
    private final Dropout dropout;

    /// @param height of the pictures
    /// @param width of the pictures
    /// @param inputs channels of the pictures
    /// @param channels of each convolution
    /// @param kernel side of their squares
    /// @param same true where pictures are padded with zeros, so that a convolution does not make them smaller
    /// @param mean true where the mean over the last map is taken instead of all of it
    /// @param denseSize width of the vector
    /// @param dropout share dropped behind the dense layer
    public record Shape(
            int height,
            int width,
            int inputs,
            List<Integer> channels,
            int kernel,
            boolean same,
            boolean mean,
            int denseSize,
            double dropout) {
        public Shape {
            channels = List.copyOf(channels);
        }

        /// Side of the last map, when pictures have this side; below 1 when they are too small.
        int last(int side) {
            for (int i = 0; i < channels.size(); i++) {
                side = (same ? side : side - kernel + 1) / 2;
            }
            return side;
        }

        /// False where the convolutions use the picture up.
        public boolean fits() {
            return last(height) >= 1 && last(width) >= 1;
        }
    }

    public ConvBody(Shape shape) {
        this(shape, "");
    }

    /// @param prefix of the weights' names, where a network has several
    public ConvBody(Shape shape, String prefix) {
        if (!shape.fits()) {
            throw new IllegalArgumentException("nothing is left of a picture: " + shape);
        }
        this.shape = shape;
        int inputs = shape.inputs();
        int padding = shape.same() ? shape.kernel() / 2 : 0;
        for (int outputs : shape.channels()) {
            String name = prefix + "conv." + convolutions.size();
            convolutions.add(new Conv2d(name, inputs, outputs, shape.kernel(), 1, padding, true));
            inputs = outputs;
        }
        int pixels = shape.mean() ? 1 : shape.last(shape.height()) * shape.last(shape.width());
        dense = new Dense(prefix + "dense", Math.multiplyExact(inputs, pixels), shape.denseSize());
        dropout = new Dropout(shape.dropout());
    }

    @Override
    public int width() {
        return shape.denseSize();
    }

    @Override
    public void declare(Weights.Layout weights, Weights.Layout buffers) {
        convolutions.forEach(convolution -> convolution.declare(weights));
        dense.declare(weights);
    }

    @Override
    public void initialise(Weights weights, Weights buffers, Initial initial) {
        convolutions.forEach(convolution -> convolution.initialise(weights, initial));
        dense.initialise(weights, initial);
    }

    @Override
    public Tensor forward(Pass pass, Tensor x) {
        for (Conv2d convolution : convolutions) {
            x = POOL.forward(torch.relu(convolution.forward(pass, x)));
        }
        Tensor flat = shape.mean() ? Pooling.mean(x) : x.flatten(1, -1);
        return dropout.forward(pass, torch.relu(dense.forward(pass, flat)));
    }

    @Override
    public String onnx(OnnxGraph graph, Weights weights, Weights buffers, String x) {
        for (Conv2d convolution : convolutions) {
            x = POOL.onnx(graph, graph.node("Relu", List.of(convolution.onnx(graph, weights, x))));
        }
        String flat = shape.mean() ? Pooling.mean(graph, x) : graph.node("Flatten", List.of(x), attribute("axis", 1));
        return graph.node("Relu", List.of(dense.onnx(graph, weights, flat)));
    }

    @Override
    public String type() {
        return "cnn";
    }

    @Override
    public Map<String, Object> config() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("hidden_sizes", shape.channels());
        tree.put("kernel_size", shape.kernel());
        tree.put("padding", shape.same() ? "same" : "valid");
        tree.put("pooling", shape.mean() ? "average" : "flatten");
        tree.put("dense_size", shape.denseSize());
        tree.put("classifier_dropout", shape.dropout());
        tree.put("hidden_act", "relu");
        return tree;
    }

    @Override
    public int partRows() {
        return ImageBody.partRows(shape.height(), shape.width());
    }
}
