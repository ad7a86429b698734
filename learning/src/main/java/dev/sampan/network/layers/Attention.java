package dev.sampan.network.layers;

import static dev.sampan.model.onnx.Attributes.attribute;

import dev.sampan.compute.Pass;
import dev.sampan.model.onnx.OnnxGraph;
import java.util.List;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/// Scaled dot-product attention over several heads (Vaswani et al. 2017), without its projections:
///
/// ```
/// softmax(scale · Q Kᵀ + mask) V
/// ```
///
/// Query heads may share key and value heads (Ainslie et al. 2023). These are laid out once for each query
/// head, for libtorch's fused kernel on processors takes no grouped heads and the plain one is slower than the
/// copy.
///
/// @param heads of the queries
/// @param keyHeads of keys and values; divides `heads`
/// @param headSize width of one head
/// @param scale of the products, usually 1/√headSize
/// @param dropout share of the weights that is dropped while learning
public record Attention(int heads, int keyHeads, int headSize, double scale, Dropout dropout) {
    public Attention {
        if (keyHeads < 1 || headSize < 1 || heads % keyHeads != 0) {
            throw new IllegalArgumentException(heads + " heads of " + headSize + " over " + keyHeads + " key heads");
        }
    }

    /// As many key heads as query heads, scaled by 1/√headSize.
    public static Attention plain(int heads, int headSize, double dropout) {
        return new Attention(heads, heads, headSize, 1 / Math.sqrt(headSize), new Dropout(dropout));
    }

    /// @param x (rows, time, count · headSize)
    /// @param count heads in it
    /// @return (rows, count, time, headSize)
    public Tensor split(Tensor x, int count) {
        return x.view(x.size(0), x.size(1), count, headSize).transpose(1, 2);
    }

    /// @param q (rows, heads, queries, headSize)
    /// @param k (rows, keyHeads, keys, headSize)
    /// @param v (rows, keyHeads, keys, headSize)
    /// @param mask what each query sees
    /// @return (rows, queries, heads · headSize)
    public Tensor forward(Tensor q, Tensor k, Tensor v, Mask mask, Pass pass) {
        Tensor keys = repeated(k);
        Tensor values = repeated(v);
        Tensor mixed = pass.training() && dropout.share() > 0
                ? spelledOut(q, keys, values, mask, pass)
                : torch.scaled_dot_product_attention(
                        q, keys, values, mask.sum(), 0.0, mask.causal(), new DoubleOptional(scale), false);
        return mixed.transpose(1, 2).reshape(q.size(0), q.size(2), (long) heads * headSize);
    }

    /// The same in single operations: the fused one would drop by libtorch's own generator.
    private Tensor spelledOut(Tensor q, Tensor k, Tensor v, Mask mask, Pass pass) {
        Tensor scores = torch.matmul(q, k.transpose(2, 3)).mul(new Scalar(scale));
        @Nullable Tensor hidden = mask.explicit(q.size(2));
        Tensor weights = torch.softmax(hidden == null ? scores : scores.add(hidden), -1);
        return torch.matmul(dropout.forward(pass, weights), v);
    }

    private Tensor repeated(Tensor x) {
        if (keyHeads == heads) {
            return x;
        }
        long group = heads / keyHeads;
        return x.unsqueeze(2)
                .expand(x.size(0), keyHeads, group, x.size(2), headSize)
                .reshape(x.size(0), heads, x.size(2), headSize);
    }

    /// @param q (rows, queries, heads · headSize)
    /// @param k (rows, keys, keyHeads · headSize)
    /// @param v (rows, keys, keyHeads · headSize)
    /// @param mask name of what is added to the scores, of a shape that fits (rows, heads, queries, keys)
    /// @return name of (rows, queries, heads · headSize)
    public String onnx(OnnxGraph graph, String q, String k, String v, @Nullable String mask) {
        String queries = headsFirst(graph, split(graph, q, heads), 1, 3);
        String keys = headsFirst(graph, repeated(graph, split(graph, k, keyHeads)), 3, 1);
        String values = headsFirst(graph, repeated(graph, split(graph, v, keyHeads)), 1, 3);
        String products = graph.node("MatMul", List.of(queries, keys));
        String scores = graph.node("Mul", List.of(products, Constants.scalar(graph, (float) scale)));
        if (mask != null) {
            scores = graph.node("Add", List.of(scores, mask));
        }
        String weights = graph.node("Softmax", List.of(scores), attribute("axis", -1));
        String mixed = graph.node("MatMul", List.of(weights, values));
        String byTime = graph.node("Transpose", List.of(mixed), attribute("perm", List.of(0L, 2L, 1L, 3L)));
        return graph.node("Reshape", List.of(byTime, Constants.vector(graph, 0L, 0L, (long) heads * headSize)));
    }

    /// (rows, time, count, headSize)
    private String split(OnnxGraph graph, String x, long count) {
        return graph.node("Reshape", List.of(x, Constants.vector(graph, 0L, 0L, count, (long) headSize)));
    }

    private String repeated(OnnxGraph graph, String x) {
        if (keyHeads == heads) {
            return x;
        }
        String apart = graph.node("Unsqueeze", List.of(x, Constants.vector(graph, 3L)));
        String copies = Constants.vector(graph, 1L, 1L, 1L, (long) heads / keyHeads, 1L);
        return split(graph, graph.node("Expand", List.of(apart, copies)), heads);
    }

    private static String headsFirst(OnnxGraph graph, String x, long third, long fourth) {
        return graph.node("Transpose", List.of(x), attribute("perm", List.of(0L, 2L, third, fourth)));
    }
}
