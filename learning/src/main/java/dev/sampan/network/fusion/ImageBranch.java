package dev.sampan.network.fusion;

import dev.sampan.compute.Pass;
import dev.sampan.compute.Weights;
import dev.sampan.model.onnx.ElementType;
import dev.sampan.model.onnx.OnnxGraph;
import dev.sampan.network.images.ConvBody;
import dev.sampan.network.layers.Initial;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.MemoryFormat;

/// A picture through [ConvBody].
public final class ImageBranch implements Branch {
    private final String name;
    private final ConvBody.Shape shape;
    private final ConvBody body;
    private final String pixels;
    private final String present;

    /// @param pixels name of the input (rows, channels, height, width)
    /// @param present name of the input (rows, 1) that is 0 where a row has no picture
    public ImageBranch(String name, ConvBody.Shape shape, String pixels, String present) {
        this.name = name;
        this.shape = shape;
        this.pixels = pixels;
        this.present = present;
        body = new ConvBody(shape, name + ".");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int width() {
        return body.width();
    }

    @Override
    public void declare(Weights.Layout weights) {
        body.declare(weights, new Weights.Layout());
    }

    @Override
    public void initialise(Weights weights, Initial initial) {
        body.initialise(weights, Weights.NONE, initial);
    }

    @Override
    public Tensor forward(Pass pass, Map<String, Tensor> inputs) {
        Tensor x = Objects.requireNonNull(inputs.get(pixels), pixels);
        return body.forward(pass, x.contiguous(MemoryFormat.ChannelsLast));
    }

    @Override
    public Tensor present(Map<String, Tensor> inputs, Tensor like) {
        return Objects.requireNonNull(inputs.get(present), present);
    }

    @Override
    public Graph onnx(OnnxGraph graph, Weights weights) {
        String x = graph.input(
                pixels,
                ElementType.FLOAT,
                "batch",
                Integer.toString(shape.inputs()),
                Integer.toString(shape.height()),
                Integer.toString(shape.width()));
        String there = graph.input(present, ElementType.FLOAT, "batch", "1");
        return new Graph(body.onnx(graph, weights, Weights.NONE, x), there);
    }

    @Override
    public int partRows() {
        return body.partRows();
    }
}
