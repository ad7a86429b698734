package dev.sampan.network.layers;

import static dev.sampan.model.onnx.Attributes.attribute;

import dev.sampan.compute.Pass;
import dev.sampan.compute.Tensors;
import dev.sampan.compute.Weights;
import dev.sampan.model.onnx.OnnxGraph;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// T5's learned summand of attention scores by distance (Raffel et al. 2020, §2.1). Distances fall into
/// buckets: near ones have one each, far ones share wider and wider ones up to a greatest distance, behind
/// which all are one.
///
/// @param buckets rows of the table
/// @param farthest the distance from which all are in the last bucket
/// @param heads columns of the table
/// @param bothWays whether places ahead have half of the buckets, or count as distance 0
public record RelativePositions(String name, int buckets, int farthest, int heads, boolean bothWays) {
    public void declare(Weights.Layout layout) {
        layout.add(name + ".weight", buckets, heads);
    }

    /// @return (1, heads, queries, keys)
    public Tensor forward(Pass pass, int queries, int keys) {
        long[] found = new long[Math.multiplyExact(queries, keys)];
        for (int query = 0; query < queries; query++) {
            for (int key = 0; key < keys; key++) {
                found[query * keys + key] = bucket(key - query);
            }
        }
        Tensor ids = Tensors.longs(found, queries, keys);
        return torch.embedding(pass.weight(name + ".weight"), ids)
                .permute(2, 0, 1)
                .unsqueeze(0);
    }

    /// @param queries and keys: names of 0, 1, 2, … as (queries, 1) and (keys)
    /// @return name of (1, heads, queries, keys)
    public String onnx(OnnxGraph graph, Weights weights, String queries, String keys) {
        float[] table = Constants.values(weights, name + ".weight");
        float[] byOffset =
                new float[(2 * farthest + 1) * heads]; // from -farthest to farthest, behind which all are one
        for (int offset = -farthest; offset <= farthest; offset++) {
            System.arraycopy(table, bucket(offset) * heads, byOffset, (offset + farthest) * heads, heads);
        }
        String summands = graph.floats(name + ".weight", new long[] {2L * farthest + 1, heads}, byOffset);
        String offsets = graph.node("Sub", List.of(keys, queries));
        String near = graph.node(
                "Clip", List.of(offsets, Constants.whole(graph, -farthest), Constants.whole(graph, farthest)));
        String rows = graph.node("Add", List.of(near, Constants.whole(graph, farthest)));
        String found = graph.node("Gather", List.of(summands, rows)); // (queries, keys, heads)
        String byHead = graph.node("Transpose", List.of(found), attribute("perm", List.of(2L, 0L, 1L)));
        return graph.node("Unsqueeze", List.of(byHead, Constants.vector(graph, 0L)));
    }

    /// @param offset place of the key minus place of the query
    int bucket(int offset) {
        int half = bothWays ? buckets / 2 : buckets;
        int first = bothWays && offset > 0 ? half : 0;
        int distance = bothWays ? Math.abs(offset) : Math.max(0, -offset);
        int exact = half / 2;
        if (distance < exact) {
            return first + distance;
        }
        // in 32-bit steps as the reference takes them: the floor of a quotient is sensitive to its last bit
        float ratio = (float) Math.log((float) distance / exact) / (float) Math.log((double) farthest / exact);
        return first + Math.min(exact + (int) (ratio * (half - exact)), half - 1);
    }
}
