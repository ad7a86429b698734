package dev.sampan.network.layers;

import dev.sampan.model.onnx.OnnxGraph;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// Functions of one number, under the names Hugging Face's configurations have for them.
///
/// ```
/// gelu       x Φ(x), exact (Hendrycks and Gimpel 2016)
/// gelu_tanh  x/2 (1 + tanh(√(2/π) (x + 0.044715 x³)))
/// silu       x σ(x)                quick_gelu  x σ(1.702 x)                relu2  max(x, 0)²
/// ```
public enum Activation {
    GELU("gelu", "gelu_python"),
    GELU_TANH("gelu_new", "gelu_pytorch_tanh", "gelu_python_tanh", "gelu_fast", "gelu_accurate"),
    QUICK_GELU("quick_gelu"),
    RELU("relu"),
    RELU2("relu2"),
    RELU6("relu6"),
    SILU("silu", "swish"),
    SIGMOID("sigmoid"),
    TANH("tanh"),
    LINEAR("linear");

    private final List<String> names;

    Activation(String... names) {
        this.names = List.of(names);
    }

    /// The function that goes by this name.
    public static Optional<Activation> named(String name) {
        return Arrays.stream(values()).filter(one -> one.names.contains(name)).findFirst();
    }

    /// All names, for a message.
    public static String known() {
        return Arrays.stream(values()).flatMap(one -> one.names.stream()).collect(Collectors.joining(", "));
    }

    public Tensor forward(Tensor x) {
        return switch (this) {
            case GELU -> torch.gelu(x, "none");
            case GELU_TANH -> torch.gelu(x, "tanh");
            case QUICK_GELU -> x.mul(torch.sigmoid(x.mul(new Scalar(1.702f))));
            case RELU -> torch.relu(x);
            case RELU2 -> torch.relu(x).square();
            case RELU6 -> torch.clamp(x, optional(0), optional(6));
            case SILU -> torch.silu(x);
            case SIGMOID -> torch.sigmoid(x);
            case TANH -> torch.tanh(x);
            case LINEAR -> x;
        };
    }

    private static ScalarOptional optional(double value) {
        return new ScalarOptional(new Scalar(value));
    }

    /// @return name of the values, of the shape of x
    public String onnx(OnnxGraph graph, String x) {
        return switch (this) {
            case GELU -> {
                String erf = graph.node("Erf", List.of(scaled(graph, x, (float) Math.sqrt(0.5))));
                yield scaled(graph, product(graph, x, added(graph, erf, 1)), 0.5f);
            }
            case GELU_TANH -> {
                String cube = graph.node("Mul", List.of(x, graph.node("Mul", List.of(x, x))));
                String sum = graph.node("Add", List.of(x, scaled(graph, cube, 0.044715f)));
                String tanh = graph.node("Tanh", List.of(scaled(graph, sum, (float) Math.sqrt(2 / Math.PI))));
                yield scaled(graph, product(graph, x, added(graph, tanh, 1)), 0.5f);
            }
            case QUICK_GELU -> product(graph, x, graph.node("Sigmoid", List.of(scaled(graph, x, 1.702f))));
            case RELU -> graph.node("Relu", List.of(x));
            case RELU2 -> {
                String positive = graph.node("Relu", List.of(x));
                yield product(graph, positive, positive);
            }
            case RELU6 -> graph.node("Clip", List.of(x, Constants.scalar(graph, 0), Constants.scalar(graph, 6)));
            case SILU -> product(graph, x, graph.node("Sigmoid", List.of(x)));
            case SIGMOID -> graph.node("Sigmoid", List.of(x));
            case TANH -> graph.node("Tanh", List.of(x));
            case LINEAR -> x;
        };
    }

    private static String scaled(OnnxGraph graph, String x, float factor) {
        return product(graph, x, Constants.scalar(graph, factor));
    }

    private static String added(OnnxGraph graph, String x, float summand) {
        return graph.node("Add", List.of(x, Constants.scalar(graph, summand)));
    }

    private static String product(OnnxGraph graph, String x, String y) {
        return graph.node("Mul", List.of(x, y));
    }
}
