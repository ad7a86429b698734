package dev.sampan.model.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Nodes of the operator sets 11 and 12 in the forms of set 17. Set 13 turned the axes of `Squeeze`, `Unsqueeze` and
/// `ReduceSum` and the parts of `Split` from attributes into inputs, and gave `Softmax` the last axis by default; what
/// else changed up to 17 reads the old form alike (https://github.com/onnx/onnx/blob/main/docs/Changelog.md).
final class Opsets {
    private static final int OLDEST = 11;

    /// Operator → the attribute that became its second input.
    private static final Map<String, String> MOVED =
            Map.of("Squeeze", "axes", "Unsqueeze", "axes", "ReduceSum", "axes", "Split", "split");

    private Opsets() {}

    static GraphProto upTo17(ModelProto model) {
        long version = model.getOpsetImportList().stream()
                .filter(set -> set.getDomain().isEmpty() || set.getDomain().equals("ai.onnx"))
                .mapToLong(OperatorSetIdProto::getVersion)
                .findFirst()
                .orElse(0);
        if (version < OLDEST || version > OnnxGraph.OPSET || model.getOpsetImportCount() > 1) {
            throw new IllegalArgumentException("a graph of the operator sets " + model.getOpsetImportList()
                    + " cannot be merged; ai.onnx " + OLDEST + " to " + OnnxGraph.OPSET + " can");
        }
        return version >= 13 ? model.getGraph() : rewritten(model.getGraph());
    }

    private static GraphProto rewritten(GraphProto graph) {
        GraphProto.Builder result = graph.toBuilder().clearNode();
        int count = 0;
        for (NodeProto node : graph.getNodeList()) {
            String attribute = MOVED.get(node.getOpType());
            if (node.getOpType().equals("Softmax") && attribute(node, "axis") == null) {
                throw new IllegalArgumentException("Softmax without an axis means another thing before set 13");
            }
            AttributeProto moved = attribute == null ? null : attribute(node, attribute);
            if (moved == null) {
                result.addNode(node);
                continue;
            }
            String name = node.getOutput(0) + "." + moved.getName() + "." + ++count;
            result.addInitializer(TensorProto.newBuilder()
                    .setName(name)
                    .setDataType(DataType.INT64_VALUE)
                    .addDims(moved.getIntsCount())
                    .addAllInt64Data(moved.getIntsList()));
            NodeProto.Builder copy = node.toBuilder().addInput(name).clearAttribute();
            node.getAttributeList().stream().filter(other -> other != moved).forEach(copy::addAttribute);
            result.addNode(copy);
        }
        return result.build();
    }

    private static @Nullable AttributeProto attribute(NodeProto node, String name) {
        for (AttributeProto attribute : node.getAttributeList()) {
            if (attribute.getType() == AttributeType.GRAPH) {
                throw new IllegalArgumentException("a node with a nested graph cannot be merged: " + node.getName());
            }
            if (attribute.getName().equals(name)) {
                return attribute;
            }
        }
        return null;
    }
}
