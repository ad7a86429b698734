package dev.sampan.model.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// An ONNX graph being written. Every value has a name; a node may only read what was named before it, so the order of
/// the calls is an order of execution. A network with one layer:
///
/// ```java
/// OnnxGraph graph = new OnnxGraph("linear");
/// String x = graph.input("x", ElementType.FLOAT, "batch", "4");
/// String w = graph.floats("head.weight", new long[] {3, 4}, weight); // (outputs, inputs), as torch keeps it
/// String b = graph.floats("head.bias", new long[] {3}, bias);
/// graph.node("Gemm", List.of(x, w, b), List.of("logits"), attribute("transB", 1)); // (batch, 3)
/// graph.output("logits", ElementType.FLOAT, "batch", "3");
/// Files.write(file, graph.toModel().toByteArray());
/// ```
///
/// Mistakes of the caller (an unknown or a doubled name, a shape that does not fit) are `IllegalArgumentException`s.
public final class OnnxGraph {
    /// Version of the operators; the newest in which the reductions still take their axes as attributes.
    public static final int OPSET = 17;

    private static final int IR_VERSION = 8;

    private final GraphProto.Builder graph = GraphProto.newBuilder();
    private final Map<String, Integer> domains = new TreeMap<>(Map.of("", OPSET));
    private final Set<String> names = new HashSet<>();
    private int generated;

    public OnnxGraph(String name) {
        graph.setName(name);
    }

    /// Declares an input of the model.
    ///
    /// @param dims each a number, or a name such as `batch` for a size known only when the model runs
    /// @return the name
    public String input(String name, ElementType type, String... dims) {
        define(name);
        graph.addInput(valueInfo(name, type, dims));
        return name;
    }

    /// Allows operators of another domain than ONNX's own.
    public void domain(String name, int version) {
        domains.put(name, version);
    }

    /// Declares a value named before as an output of the model.
    public void output(String name, ElementType type, String... dims) {
        known(name);
        graph.addOutput(valueInfo(name, type, dims));
    }

    /// A constant tensor of 32-bit floats in row order.
    ///
    /// @return the name
    public String floats(String name, long[] shape, float[] values) {
        ByteBuffer raw =
                ByteBuffer.allocate(Math.multiplyExact(values.length, 4)).order(ByteOrder.LITTLE_ENDIAN);
        raw.asFloatBuffer().put(values);
        return constant(name, ElementType.FLOAT, shape, raw.array());
    }

    /// A constant tensor of 64-bit integers in row order; an empty shape and one value make a scalar.
    public String longs(String name, long[] shape, long... values) {
        ByteBuffer raw =
                ByteBuffer.allocate(Math.multiplyExact(values.length, 8)).order(ByteOrder.LITTLE_ENDIAN);
        raw.asLongBuffer().put(values);
        return constant(name, ElementType.INT64, shape, raw.array());
    }

    /// A constant tensor as raw little-endian bytes in row order, which are not copied.
    public String constant(String name, ElementType type, long[] shape, byte[] raw) {
        long count = 1;
        TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(type.code());
        for (long dim : shape) {
            count = Math.multiplyExact(count, dim);
            tensor.addDims(dim);
        }
        if (count * type.bytes() != raw.length) {
            throw new IllegalArgumentException(
                    name + ": " + raw.length + " bytes for " + count + " elements of " + type);
        }
        return constant(tensor.setRawData(UnsafeByteOperations.unsafeWrap(raw)).build());
    }

    /// A constant tensor as the format has it, for instance out of another graph.
    public String constant(TensorProto tensor) {
        define(tensor.getName());
        graph.addInitializer(tensor);
        return tensor.getName();
    }

    /// A node with one output, which gets a name made from the operator.
    ///
    /// @param inputs names; an empty one leaves an optional input out
    /// @return the output's name
    public String node(String operator, List<String> inputs, AttributeProto... attributes) {
        String output;
        do {
            output = operator.toLowerCase(Locale.ROOT) + "_" + ++generated;
        } while (names.contains(output));
        node(operator, inputs, List.of(output), attributes);
        return output;
    }

    /// A node whose outputs are named by the caller; an empty one leaves an optional output out.
    public void node(String operator, List<String> inputs, List<String> outputs, AttributeProto... attributes) {
        add(NodeProto.newBuilder()
                .setOpType(operator)
                .addAllInput(inputs)
                .addAllOutput(outputs)
                .addAllAttribute(List.of(attributes))
                .build());
    }

    /// A node as the format has it, for instance out of another graph.
    public void add(NodeProto node) {
        node.getInputList().forEach(this::known);
        node.getOutputList().stream().filter(name -> !name.isEmpty()).forEach(this::define);
        String name = node.getName().isEmpty() ? node.getOpType() + "/" + node.getOutput(0) : node.getName();
        graph.addNode(node.toBuilder().setName(name));
    }

    /// Takes in all of another graph. Its names get a prefix, so that two graphs, or one twice, do not meet; its nodes
    /// of operator sets 11 to 16 are rewritten to the forms of set 17.
    ///
    /// @param other a model without nested graphs
    /// @param prefix put before each of its names, such as `encoder.`
    /// @param inputs for each of its inputs the name here that feeds it
    /// @return the names here of its outputs, in its order
    public List<String> merge(ModelProto other, String prefix, Map<String, String> inputs) {
        GraphProto from = Opsets.upTo17(other);
        Map<String, String> renamed = new HashMap<>();
        renamed.put("", "");
        from.getInputList().stream().map(ValueInfoProto::getName).forEach(name -> {
            String here = inputs.get(name);
            if (here == null) {
                throw new IllegalArgumentException("nothing feeds the input '" + name + "' of " + from.getName());
            }
            known(here);
            renamed.put(name, here);
        });
        for (TensorProto tensor : from.getInitializerList()) {
            String name = prefix + tensor.getName();
            renamed.put(tensor.getName(), name);
            constant(tensor.toBuilder().setName(name).build());
        }
        from.getNodeList().forEach(node -> add(renamed(node, prefix, renamed)));
        return from.getOutputList().stream()
                .map(value -> named(value.getName(), renamed))
                .toList();
    }

    /// The model as the format has it.
    public ModelProto toModel() {
        if (graph.getOutputCount() == 0) {
            throw new IllegalArgumentException("the graph " + graph.getName() + " has no output");
        }
        ModelProto.Builder model = ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("sampan")
                .setGraph(graph);
        domains.forEach((domain, version) -> model.addOpsetImport(
                OperatorSetIdProto.newBuilder().setDomain(domain).setVersion(version)));
        return model.build();
    }

    private static NodeProto renamed(NodeProto node, String prefix, Map<String, String> renamed) {
        NodeProto.Builder copy = node.toBuilder().clearInput().clearOutput();
        node.getInputList().forEach(name -> copy.addInput(named(name, renamed)));
        for (String name : node.getOutputList()) {
            copy.addOutput(renamed.computeIfAbsent(name, key -> prefix + key));
        }
        return copy.setName(node.getName().isEmpty() ? "" : prefix + node.getName())
                .build();
    }

    private static String named(String name, Map<String, String> renamed) {
        String here = renamed.get(name);
        if (here == null) {
            throw new IllegalArgumentException("'" + name + "' is read before anything makes it");
        }
        return here;
    }

    private static ValueInfoProto valueInfo(String name, ElementType type, String... dims) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (String dim : dims) {
            boolean number = !dim.isEmpty() && dim.chars().allMatch(c -> c >= '0' && c <= '9');
            shape.addDim(
                    number
                            ? TensorShapeProto.Dimension.newBuilder().setDimValue(Long.parseLong(dim))
                            : TensorShapeProto.Dimension.newBuilder().setDimParam(dim));
        }
        TypeProto.Tensor tensor = TypeProto.Tensor.newBuilder()
                .setElemType(type.code())
                .setShape(shape)
                .build();
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(tensor))
                .build();
    }

    private void define(String name) {
        if (name.isEmpty() || !names.add(name)) {
            throw new IllegalArgumentException("the name '" + name + "' is empty or taken in " + graph.getName());
        }
    }

    private void known(String name) {
        if (!name.isEmpty() && !names.contains(name)) {
            throw new IllegalArgumentException("nothing in " + graph.getName() + " is named '" + name + "'");
        }
    }
}
