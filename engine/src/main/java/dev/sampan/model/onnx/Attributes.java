package dev.sampan.model.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import com.google.protobuf.ByteString;
import java.util.List;

/// Settings of a node: `attribute("axis", 1)`, `attribute("direction", "bidirectional")`.
public final class Attributes {
    private Attributes() {}

    public static AttributeProto attribute(String name, long value) {
        return typed(name, AttributeType.INT).setI(value).build();
    }

    public static AttributeProto attribute(String name, float value) {
        return typed(name, AttributeType.FLOAT).setF(value).build();
    }

    public static AttributeProto attribute(String name, String value) {
        return typed(name, AttributeType.STRING)
                .setS(ByteString.copyFromUtf8(value))
                .build();
    }

    public static AttributeProto attribute(String name, List<Long> values) {
        return typed(name, AttributeType.INTS).addAllInts(values).build();
    }

    public static AttributeProto floats(String name, List<Float> values) {
        return typed(name, AttributeType.FLOATS).addAllFloats(values).build();
    }

    public static AttributeProto strings(String name, List<String> values) {
        return typed(name, AttributeType.STRINGS)
                .addAllStrings(values.stream().map(ByteString::copyFromUtf8).toList())
                .build();
    }

    private static AttributeProto.Builder typed(String name, AttributeType type) {
        return AttributeProto.newBuilder().setName(name).setType(type);
    }
}
