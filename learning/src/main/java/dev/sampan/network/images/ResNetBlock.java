package dev.sampan.network.images;

import dev.sampan.compute.Pass;
import dev.sampan.compute.Weights;
import dev.sampan.model.onnx.OnnxGraph;
import dev.sampan.network.layers.BatchNorm2d;
import dev.sampan.network.layers.Conv2d;
import dev.sampan.network.layers.GroupNorm2d;
import dev.sampan.network.layers.Initial;
import dev.sampan.network.layers.Norm2d;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/// y = relu(norm(conv(relu(norm(conv x)))) + x), x going through a convolution of single pixels where y has another
/// size or other channels.
final class ResNetBlock {
    private static final int GROUPS = 8;

    private final Conv2d first;
    private final Norm2d firstNorm;
    private final Conv2d second;
    private final Norm2d secondNorm;
    private final @Nullable Conv2d shortcut;
    private final Norm2d shortcutNorm;

    ResNetBlock(String name, int inputs, int outputs, int stride, boolean groupNorm) {
        first = new Conv2d(name + ".conv1", inputs, outputs, 3, stride, 1, false);
        firstNorm = norm(name + ".bn1", outputs, groupNorm);
        second = new Conv2d(name + ".conv2", outputs, outputs, 3, 1, 1, false);
        secondNorm = norm(name + ".bn2", outputs, groupNorm);
        shortcut = stride == 1 && inputs == outputs
                ? null
                : new Conv2d(name + ".downsample.0", inputs, outputs, 1, stride, 0, false);
        shortcutNorm = norm(name + ".downsample.1", outputs, groupNorm);
    }

    static Norm2d norm(String name, int channels, boolean group) {
        return group ? new GroupNorm2d(name, channels, GROUPS) : new BatchNorm2d(name, channels);
    }

    /// √(2 / fan-out), as torchvision does for all convolutions of these networks.
    static void initialise(Conv2d convolution, Weights weights, Initial initial) {
        int fanOut = convolution.outputs() * convolution.kernel() * convolution.kernel();
        convolution.initialise(weights, initial, Math.sqrt(2.0 / fanOut));
    }

    void declare(Weights.Layout weights, Weights.Layout buffers) {
        first.declare(weights);
        firstNorm.declare(weights, buffers);
        second.declare(weights);
        secondNorm.declare(weights, buffers);
        if (shortcut != null) {
            shortcut.declare(weights);
            shortcutNorm.declare(weights, buffers);
        }
    }

    void initialise(Weights weights, Weights buffers, Initial initial) {
        initialise(first, weights, initial);
        firstNorm.initialise(weights, buffers);
        initialise(second, weights, initial);
        secondNorm.initialise(weights, buffers);
        if (shortcut != null) {
            initialise(shortcut, weights, initial);
            shortcutNorm.initialise(weights, buffers);
        }
    }

    Tensor forward(Pass pass, Tensor x) {
        Tensor inner = torch.relu(firstNorm.forward(pass, first.forward(pass, x)));
        Tensor y = secondNorm.forward(pass, second.forward(pass, inner));
        Tensor around = shortcut == null ? x : shortcutNorm.forward(pass, shortcut.forward(pass, x));
        return torch.relu(y.add(around));
    }

    String onnx(OnnxGraph graph, Weights weights, Weights buffers, String x) {
        String inner = firstNorm.onnx(graph, weights, buffers, first.onnx(graph, weights, x));
        String y = second.onnx(graph, weights, graph.node("Relu", List.of(inner)));
        y = secondNorm.onnx(graph, weights, buffers, y);
        String around =
                shortcut == null ? x : shortcutNorm.onnx(graph, weights, buffers, shortcut.onnx(graph, weights, x));
        return graph.node("Relu", List.of(graph.node("Add", List.of(y, around))));
    }
}
