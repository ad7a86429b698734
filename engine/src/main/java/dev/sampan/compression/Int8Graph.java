package dev.sampan.compression;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import dev.sampan.model.onnx.Attributes;
import dev.sampan.model.onnx.ElementType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Rewrites an ONNX graph so that its large constant weights are INT8. Standard operators alone, so that any
/// runtime and Python read the result:
///
/// - `MatMul` and `Gemm` by a constant (outputs N): weights with one scale for each output; the activations are
///   quantised as they come, each row (each token) with a scale of its own,
///   y = (Q(x / s) ⊗ W₈) · w · s, with s = max|x| / 127 over the row, Q to unsigned 8 bits around 128, and ⊗ in
///   integers.
/// - `Gather` out of a constant table (embeddings): rows of INT8, one scale for each row, unfolded once looked
/// up.
/// - `LSTM`, `GRU`, `RNN`: weights kept as INT8 with one scale for each unit's row and unfolded when the model is
///   loaded, which costs no time then and none of the answer's accuracy beyond the weights' rounding.
///
/// Why not `DynamicQuantizeLinear` and `DynamicQuantizeLSTM`, which would be shorter: both take one scale for all
/// rows of a batch, so that an answer would depend on who else asked at the moment; a row's own scale is also the
/// finer one: docs/decisions/0002 has the figures.
///
/// The two factors are two `Mul`s in this order on purpose: ONNX Runtime takes `Cast · (s · w)` for its own
/// pattern with a single s, and answers wrongly.
///
/// Left as they are: weights below 1 KiB, of another rank, read by more than one node, or not 32-bit floats.
final class Int8Graph {
    private static final int BYTES_MIN = 1024;
    /// Weights that share a scale; below it the scales weigh more than what is saved.
    private static final int SHARING_MIN = 8;

    /// A row of zeros has no magnitude to divide by.
    private static final float LEAST_SCALE = 1e-12f;

    private static final int RANK_MATRIX = 2;

    private final boolean perChannel;
    private final GraphProto.Builder graph;
    private final Map<String, TensorProto> constants = new HashMap<>();
    private final Map<String, Long> readers;
    private final Set<String> names = new HashSet<>();
    private final Set<String> replaced = new HashSet<>();
    private final Map<String, Rows> quantisedRows = new HashMap<>();
    private final List<NodeProto> nodes = new ArrayList<>();
    private final List<TensorProto> added = new ArrayList<>();

    /// Activations quantised by row.
    ///
    /// @param values unsigned 8 bits around 128
    /// @param scale one for each row
    private record Rows(String values, String scale) {}

    private Int8Graph(ModelProto model, boolean perChannel) {
        this.perChannel = perChannel;
        this.graph = model.getGraph().toBuilder();
        graph.getInitializerList().forEach(tensor -> constants.put(tensor.getName(), tensor));
        this.readers = graph.getNodeList().stream()
                .flatMap(node -> node.getInputList().stream())
                .collect(Collectors.groupingBy(name -> name, Collectors.counting()));
        names.addAll(constants.keySet());
        graph.getInputList().forEach(input -> names.add(input.getName()));
        graph.getNodeList().forEach(node -> names.addAll(node.getOutputList()));
    }

    /// @param perChannel false: one scale for each tensor of weights
    static ModelProto quantised(ModelProto model, boolean perChannel) {
        Int8Graph rewriter = new Int8Graph(model, perChannel);
        model.getGraph().getNodeList().forEach(rewriter::rewrite);
        return model.toBuilder().setGraph(rewriter.finished()).build();
    }

    private GraphProto finished() {
        List<TensorProto> kept = graph.getInitializerList().stream()
                .filter(tensor -> !replaced.contains(tensor.getName()))
                .toList();
        return graph.clearInitializer()
                .addAllInitializer(kept)
                .addAllInitializer(added)
                .clearNode()
                .addAllNode(nodes)
                .build();
    }

    private void rewrite(NodeProto node) {
        boolean done = switch (node.getDomain().isEmpty() ? node.getOpType() : "") {
            case "MatMul" -> matMul(node);
            case "Gemm" -> gemm(node);
            case "Gather" -> gather(node);
            case "LSTM", "GRU", "RNN" -> recurrent(node);
            default -> false;
        };
        if (!done) {
            nodes.add(node);
        }
    }

    private boolean matMul(NodeProto node) {
        String weight = node.getInput(1);
        if (!quantisable(weight, RANK_MATRIX, 0)) {
            return false;
        }
        TensorProto tensor = take(weight);
        product(node.getInput(0), weight, floats(tensor), Math.toIntExact(tensor.getDims(0)), node.getOutput(0));
        return true;
    }

    /// Plain ones alone: alpha·A·B + beta·C with alpha = beta = 1 and A as it is.
    private boolean gemm(NodeProto node) {
        String weight = node.getInput(1);
        boolean plain = number(node, "alpha", 1) == 1 && number(node, "beta", 1) == 1 && integer(node, "transA") == 0;
        boolean turned = integer(node, "transB") == 1;
        if (!plain || !quantisable(weight, RANK_MATRIX, turned ? 1 : 0)) {
            return false;
        }
        TensorProto tensor = take(weight);
        int rows = Math.toIntExact(tensor.getDims(0));
        float[] matrix = turned ? Int8Weights.transposed(floats(tensor), rows) : floats(tensor);
        int inputs = turned ? matrix.length / rows : rows;
        boolean biased = node.getInputCount() > 2 && !node.getInput(2).isEmpty();
        String out = biased ? fresh(weight + "/product") : node.getOutput(0);
        product(node.getInput(0), weight, matrix, inputs, out);
        if (biased) {
            emit("Add", List.of(out, node.getInput(2)), node.getOutput(0));
        }
        return true;
    }

    /// @param matrix (inputs, outputs)
    private void product(String x, String weight, float[] matrix, int inputs, String out) {
        int outputs = matrix.length / inputs;
        Int8Weights small = Int8Weights.ofColumns(matrix, inputs, perChannel);
        String values = int8(weight, small, inputs, outputs);
        String scales = scales(weight, small, perChannel ? new long[] {outputs} : new long[0]);
        Rows rows = quantisedRows.computeIfAbsent(x, this::byRow);
        String sum = emit("MatMulInteger", List.of(rows.values, values, middle()), fresh(weight + "/integers"));
        String real = toFloat(sum, weight + "/real");
        String weighed = emit("Mul", List.of(real, scales), fresh(weight + "/weighed"));
        emit("Mul", List.of(weighed, rows.scale), out);
    }

    private Rows byRow(String x) {
        String size = emit("Abs", List.of(x), fresh(x + "/size"));
        String largest = fresh(x + "/largest");
        add("ReduceMax", List.of(size), largest, Attributes.attribute("axes", List.of(-1L)), keepDims());
        String share = emit("Mul", List.of(largest, scalar("int8/step", 1f / 127)), fresh(x + "/share"));
        String scale = emit("Max", List.of(share, scalar("int8/least", LEAST_SCALE)), fresh(x + "/scale"));
        String steps = emit("Div", List.of(x, scale), fresh(x + "/steps"));
        String one = scalar("int8/one", 1);
        return new Rows(emit("QuantizeLinear", List.of(steps, one, middle()), fresh(x + "/bytes")), scale);
    }

    private boolean gather(NodeProto node) {
        String table = node.getInput(0);
        boolean lookUp = integer(node, "axis") == 0 && !constants.containsKey(node.getInput(1));
        if (!lookUp || !quantisable(table, RANK_MATRIX, 1)) {
            return false;
        }
        TensorProto tensor = take(table);
        int rows = Math.toIntExact(tensor.getDims(0));
        Int8Weights small = Int8Weights.ofRows(floats(tensor), rows, perChannel);
        String values = int8(
                table, small, tensor.getDimsList().stream().mapToLong(d -> d).toArray());
        String scales = scales(table, small, perChannel ? new long[] {rows, 1} : new long[0]);
        String ids = node.getInput(1);
        String found = toFloat(emit("Gather", List.of(values, ids), fresh(table + "/row")), table + "/real");
        String scale = perChannel ? emit("Gather", List.of(scales, ids), fresh(table + "/row_scale")) : scales;
        emit("Mul", List.of(found, scale), node.getOutput(0));
        return true;
    }

    private boolean recurrent(NodeProto node) {
        NodeProto.Builder copy = node.toBuilder();
        for (int at = 1;
                at <= 2;
                at++) { // W (directions, gates · hidden, inputs), R (directions, gates · hidden, hidden)
            if (quantisable(node.getInput(at), 3, 2)) {
                copy.setInput(at, unfolded(node.getInput(at)));
            }
        }
        nodes.add(copy.build());
        return true;
    }

    private String unfolded(String weight) {
        TensorProto tensor = take(weight);
        long directions = tensor.getDims(0);
        long units = tensor.getDims(1);
        Int8Weights small = Int8Weights.ofRows(floats(tensor), Math.toIntExact(directions * units), perChannel);
        String values = int8(weight, small, directions, units, tensor.getDims(2));
        String scales = scales(weight, small, perChannel ? new long[] {directions, units, 1} : new long[0]);
        return emit("Mul", List.of(toFloat(values, weight + "/real"), scales), fresh(weight + "/unfolded"));
    }

    /// @param along the dimension whose values share one scale
    private boolean quantisable(String name, int rank, int along) {
        TensorProto tensor = constants.get(name);
        return tensor != null
                && tensor.getDataType() == ElementType.FLOAT.code()
                && tensor.getDimsCount() == rank
                && tensor.getDims(along) >= SHARING_MIN
                && tensor.getDimsList().stream().reduce(4L, Math::multiplyExact) >= BYTES_MIN
                && readers.getOrDefault(name, 0L) == 1;
    }

    private TensorProto take(String name) {
        replaced.add(name);
        TensorProto tensor = constants.get(name);
        if (tensor == null) {
            throw new IllegalStateException(name + " is no constant");
        }
        return tensor;
    }

    private static float[] floats(TensorProto tensor) {
        if (!tensor.hasRawData()) {
            float[] values = new float[tensor.getFloatDataCount()];
            for (int i = 0; i < values.length; i++) {
                values[i] = tensor.getFloatData(i);
            }
            return values;
        }
        float[] values = new float[tensor.getRawData().size() / Float.BYTES];
        tensor.getRawData()
                .asReadOnlyByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values);
        return values;
    }

    private String int8(String weight, Int8Weights small, long... shape) {
        return constant(fresh(weight + "/int8"), ElementType.INT8, shape, small.values());
    }

    private String scales(String weight, Int8Weights small, long[] shape) {
        return floats(fresh(weight + "/scales"), shape, small.scales());
    }

    private String middle() {
        return shared("int8/middle", ElementType.UINT8, new byte[] {(byte) 128});
    }

    private String scalar(String name, float value) {
        ByteBuffer raw = ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        return shared(name, ElementType.FLOAT, raw.putFloat(value).array());
    }

    private String shared(String name, ElementType type, byte[] raw) {
        return names.add(name) ? constant(name, type, new long[0], raw) : name;
    }

    private String floats(String name, long[] shape, float[] values) {
        ByteBuffer raw = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        raw.asFloatBuffer().put(values);
        return constant(name, ElementType.FLOAT, shape, raw.array());
    }

    private String constant(String name, ElementType type, long[] shape, byte[] raw) {
        TensorProto.Builder tensor =
                TensorProto.newBuilder().setName(name).setDataType(type.code()).setRawData(ByteString.copyFrom(raw));
        for (long dim : shape) {
            tensor.addDims(dim);
        }
        added.add(tensor.build());
        return name;
    }

    private String toFloat(String integers, String as) {
        String real = fresh(as);
        add("Cast", List.of(integers), real, Attributes.attribute("to", ElementType.FLOAT.code()));
        return real;
    }

    private String emit(String operator, List<String> inputs, String output) {
        add(operator, inputs, output);
        return output;
    }

    private void add(String operator, List<String> inputs, String output, AttributeProto... attributes) {
        nodes.add(NodeProto.newBuilder()
                .setName(operator + "/" + output)
                .setOpType(operator)
                .addAllInput(inputs)
                .addOutput(output)
                .addAllAttribute(List.of(attributes))
                .build());
    }

    private static AttributeProto keepDims() {
        return Attributes.attribute("keepdims", 1);
    }

    /// The name, or with a number behind it where the graph has one like it already.
    private String fresh(String name) {
        String candidate = name;
        for (int i = 2; !names.add(candidate); i++) {
            candidate = name + "." + i;
        }
        return candidate;
    }

    private static long integer(NodeProto node, String name) {
        return node.getAttributeList().stream()
                .filter(attribute -> attribute.getName().equals(name))
                .mapToLong(AttributeProto::getI)
                .findFirst()
                .orElse(0);
    }

    private static double number(NodeProto node, String name, double otherwise) {
        return node.getAttributeList().stream()
                .filter(attribute -> attribute.getName().equals(name))
                .mapToDouble(AttributeProto::getF)
                .findFirst()
                .orElse(otherwise);
    }
}
