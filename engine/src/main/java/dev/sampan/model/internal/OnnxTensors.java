package dev.sampan.model.internal;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataLocation;
import com.google.protobuf.ByteString;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// Checks the constants of a graph: that their bytes are here and fit their shape, and that none of them tells an
/// operator to make a giant tensor out of nothing. (A chain of small growths is not seen; for that the process has its
/// limits.)
final class OnnxTensors {
    /// Elements that a constant may ask an operator to make: 1 GiB of floats.
    private static final long ELEMENTS_MAX = 1L << 28;

    private static final int RANK_MAX = 16;

    /// Operator → position of the input that says how large its output is.
    private static final Map<String, Integer> SIZED_BY = Map.of("ConstantOfShape", 0, "Expand", 1, "Tile", 1);

    private final String place;

    /// Name of a constant → product of its values when they are 64-bit integers, at most [Long#MAX_VALUE].
    private final Map<String, Long> products = new HashMap<>();

    OnnxTensors(String place) {
        this.place = place;
    }

    /// Names of the constants checked so far.
    Set<String> names() {
        return products.keySet();
    }

    void check(TensorProto tensor) {
        if (products.put(tensor.getName(), checked(tensor)) != null) {
            throw OnnxFile.unsafe(place, "names two constants '" + OnnxFile.shown(tensor.getName()) + "'");
        }
    }

    void check(NodeProto node) {
        for (AttributeProto attribute : node.getAttributeList()) {
            if (attribute.hasG() || attribute.getGraphsCount() > 0) {
                throw OnnxFile.unsafe(place, "holds another graph in " + OnnxFile.shown(node.getOpType()));
            }
            if (attribute.hasSparseTensor() || attribute.getSparseTensorsCount() > 0) {
                throw OnnxFile.unsafe(place, "holds sparse tensors");
            }
            attribute.getTensorsList().forEach(this::checked);
            if (attribute.hasT()) {
                long product = checked(attribute.getT());
                if (node.getOpType().equals("Constant") && node.getOutputCount() == 1) {
                    products.put(node.getOutput(0), product);
                }
            }
        }
        Integer sized = SIZED_BY.get(node.getOpType());
        if (sized != null && sized < node.getInputCount()) {
            long product = products.getOrDefault(node.getInput(sized), 0L);
            if (product > ELEMENTS_MAX) {
                throw OnnxFile.unsafe(place, "has a " + node.getOpType() + " that makes " + product + " elements");
            }
        }
    }

    /// @return product of the values of 64-bit integers, else 0
    private long checked(TensorProto tensor) {
        String name = "the constant '" + OnnxFile.shown(tensor.getName()) + "'";
        if (tensor.getDataLocation() == DataLocation.EXTERNAL || tensor.getExternalDataCount() > 0) {
            throw OnnxFile.unsafe(place, "keeps the data of " + name + " in another file");
        }
        if (tensor.hasSegment() || tensor.getDimsCount() > RANK_MAX) {
            throw OnnxFile.unsafe(place, "cuts " + name + " in parts, or gives it too many dimensions");
        }
        long count = 1;
        for (long dim : tensor.getDimsList()) {
            if (dim < 0 || dim > OnnxFile.BYTES_MAX || count * dim > OnnxFile.BYTES_MAX) {
                throw OnnxFile.unsafe(place, "gives " + name + " a dimension of " + dim);
            }
            count *= dim;
        }
        boolean fits = tensor.hasRawData()
                ? typedCount(tensor) == 0 && tensor.getRawData().size() == rawBytes(tensor.getDataType(), count)
                : typedCount(tensor) == expectedCount(tensor.getDataType(), count);
        if (!fits) {
            throw OnnxFile.unsafe(place, "has another size of data in " + name + " than its shape says");
        }
        return tensor.getDataType() == TensorProto.DataType.INT64_VALUE ? product(tensor) : 0;
    }

    /// Bytes of raw data; -1 for types that are not read (text, complex numbers).
    private static long rawBytes(int type, long count) {
        return switch (type) {
            case 2, 3, 9, 17, 18, 19, 20 -> count; // 8-bit integers, BOOL, 8-bit floats
            case 4, 5, 10, 16 -> 2 * count; // 16-bit integers and floats
            case 1, 6, 12 -> 4 * count; // FLOAT, 32-bit integers
            case 7, 11, 13 -> 8 * count; // 64-bit integers, DOUBLE
            case 21, 22 -> (count + 1) / 2; // UINT4, INT4: two in a byte
            default -> -1;
        };
    }

    /// Values in the fields of the type, of which one alone may be used; -1 when another is.
    private static long typedCount(TensorProto tensor) {
        int all = tensor.getFloatDataCount()
                + tensor.getInt32DataCount()
                + tensor.getInt64DataCount()
                + tensor.getDoubleDataCount()
                + tensor.getUint64DataCount()
                + tensor.getStringDataCount();
        int own = switch (tensor.getDataType()) {
            case 1 -> tensor.getFloatDataCount();
            case 7 -> tensor.getInt64DataCount();
            case 11 -> tensor.getDoubleDataCount();
            case 12, 13 -> tensor.getUint64DataCount();
            default -> tensor.getInt32DataCount();
        };
        return own == all ? own : -1;
    }

    private static long expectedCount(int type, long count) {
        return switch (type) {
            case 21, 22 -> (count + 1) / 2;
            case 1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 13, 16, 17, 18, 19, 20 -> count;
            default -> -2;
        };
    }

    private static long product(TensorProto tensor) {
        ByteString raw = tensor.getRawData();
        int count = tensor.hasRawData() ? raw.size() / Long.BYTES : tensor.getInt64DataCount();
        long product = 1;
        for (int i = 0; i < count && i < RANK_MAX; i++) {
            long value = tensor.hasRawData() ? littleEndian(raw, i * Long.BYTES) : tensor.getInt64Data(i);
            product = saturated(product, value);
        }
        return product;
    }

    private static long saturated(long product, long value) {
        long high = Math.multiplyHigh(product, value);
        return value <= 0 ? 0 : high != 0 || product * value < 0 ? Long.MAX_VALUE : product * value;
    }

    private static long littleEndian(ByteString raw, int at) {
        long value = 0;
        for (int i = Long.BYTES - 1; i >= 0; i--) {
            value = value << 8 | (raw.byteAt(at + i) & 0xff);
        }
        return value;
    }
}
