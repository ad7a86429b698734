package dev.sampan.model.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;

/// What a tensor's elements are, with the format's own numbers and the bytes each takes.
public enum ElementType {
    FLOAT(DataType.FLOAT_VALUE, 4),
    UINT8(DataType.UINT8_VALUE, 1),
    INT8(DataType.INT8_VALUE, 1),
    INT32(DataType.INT32_VALUE, 4),
    INT64(DataType.INT64_VALUE, 8),
    BOOL(DataType.BOOL_VALUE, 1);

    private final int code;
    private final int bytes;

    ElementType(int code, int bytes) {
        this.code = code;
        this.bytes = bytes;
    }

    /// Number of the type in `TensorProto.DataType`.
    public int code() {
        return code;
    }

    /// Size of one element in raw data.
    public int bytes() {
        return bytes;
    }
}
