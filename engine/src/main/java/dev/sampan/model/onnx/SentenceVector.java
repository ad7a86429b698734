package dev.sampan.model.onnx;

import static dev.sampan.model.onnx.Attributes.attribute;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.sampan.model.Encoder;
import java.util.List;
import java.util.Map;

/// A pretrained encoder inside a graph: token ids in, one vector of length 1 for each text out.
public final class SentenceVector {
    private SentenceVector() {}

    /// Adds encoder, pooling over the mask, and scaling to length 1.
    ///
    /// @param ids name of the token ids here, (batch, sequence) INT64
    /// @param mask name of the mask here, (batch, sequence) INT64
    /// @return name of the vectors, (batch, dimension) FLOAT
    public static String add(OnnxGraph graph, Encoder encoder, String ids, String mask) {
        String segments = graph.node("Sub", List.of(ids, ids)); // all of them 0: one text, no second one
        String states = graph.merge( // (batch, sequence, dimension)
                        parsed(encoder),
                        "encoder.",
                        Map.of("input_ids", ids, "attention_mask", mask, "token_type_ids", segments))
                .getFirst();
        String pooled = switch (encoder.pooling()) {
            case CLS -> first(graph, states);
            case MEAN -> mean(graph, states, mask);
        };
        return graph.node("LpNormalization", List.of(pooled), attribute("axis", 1), attribute("p", 2));
    }

    private static String first(OnnxGraph graph, String states) {
        return graph.node("Gather", List.of(states, graph.longs("pool.first", new long[] {}, 0)), attribute("axis", 1));
    }

    /// Σ mask·state / Σ mask, as in sentence-transformers.
    private static String mean(OnnxGraph graph, String states, String mask) {
        String weights = graph.node("Cast", List.of(mask), attribute("to", ElementType.FLOAT.code()));
        String column = graph.node("Unsqueeze", List.of(weights, graph.longs("pool.two", new long[] {1}, 2)));
        String axis = graph.longs("pool.one", new long[] {1}, 1);
        String sum = graph.node(
                "ReduceSum", List.of(graph.node("Mul", List.of(states, column)), axis), attribute("keepdims", 0));
        String count = graph.node("ReduceSum", List.of(column, axis), attribute("keepdims", 0));
        return graph.node("Div", List.of(sum, count));
    }

    private static ModelProto parsed(Encoder encoder) {
        try {
            return ModelProto.parseFrom(encoder.onnx());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("the bundled encoder " + encoder.name() + " is not ONNX", e);
        }
    }
}
