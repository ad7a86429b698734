package dev.sampan.model.internal;

import dev.sampan.kernel.Json;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;

/// The checked first part of a safetensors file. Nothing is believed: not the length of the header, not an offset, not
/// a product of dimensions; the tensors must cover the rest of the file without gap or overlap, as the reference
/// implementation demands.
///
/// @param entries in the order of their data
public record SafetensorsHeader(List<Entry> entries, Map<String, String> metadata) {
    /// As the reference implementation.
    private static final int HEADER_MAX = 100_000_000;

    private static final ObjectReader STRICT =
            Json.MAPPER.readerFor(JsonNode.class).with(StreamReadFeature.STRICT_DUPLICATE_DETECTION);

    /// Types the format knows, and the bytes each element takes.
    public enum Type {
        BOOL(1),
        U8(1),
        I8(1),
        F8_E5M2(1),
        F8_E4M3(1),
        I16(2),
        U16(2),
        F16(2),
        BF16(2),
        I32(4),
        U32(4),
        F32(4),
        F64(8),
        I64(8),
        U64(8);

        private final int bytes;

        Type(int bytes) {
            this.bytes = bytes;
        }

        public int bytes() {
            return bytes;
        }
    }

    /// One tensor.
    ///
    /// @param begin position of its first byte in the file
    /// @param end position after its last byte
    public record Entry(String name, Type type, long[] shape, long begin, long end) {}

    /// @param place the file's name, for the message
    public static SafetensorsHeader read(FileChannel channel, String place) throws IOException {
        long size = channel.size();
        if (size < Long.BYTES) {
            throw corrupt(place, "it has " + size + " bytes");
        }
        ByteBuffer first = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        readFully(channel, first, 0);
        long length = first.getLong(0);
        if (length < 2 || length > HEADER_MAX || length > size - Long.BYTES) {
            throw corrupt(place, "its header would be " + length + " bytes long");
        }
        ByteBuffer header = ByteBuffer.allocate((int) length);
        readFully(channel, header, Long.BYTES);
        return parsed(new String(header.array(), StandardCharsets.UTF_8), Long.BYTES + length, size, place);
    }

    /// Fills a buffer from a position of the file.
    public static void readFully(FileChannel channel, ByteBuffer buffer, long position) throws IOException {
        for (long at = position; buffer.hasRemaining(); ) {
            int count = channel.read(buffer, at);
            if (count < 0) {
                throw new EOFException("the file became shorter while it was read");
            }
            at += count;
        }
    }

    private static SafetensorsHeader parsed(String json, long start, long size, String place) {
        JsonNode root;
        try {
            root = STRICT.readTree(json);
        } catch (JacksonException e) {
            throw new ProblemException(problem(place, "its header is not JSON"), e);
        }
        if (!root.isObject() || json.charAt(0) != '{') {
            throw corrupt(place, "its header is not a JSON object");
        }
        List<Entry> entries = new ArrayList<>();
        Map<String, String> metadata = new TreeMap<>();
        for (Map.Entry<String, JsonNode> property : root.properties()) {
            if (property.getKey().equals("__metadata__")) {
                metadata(property.getValue(), metadata, place);
            } else {
                entries.add(entry(property.getKey(), property.getValue(), start, place));
            }
        }
        entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
        long at = start;
        for (Entry entry : entries) {
            if (entry.begin() != at) {
                throw corrupt(place, "the tensor '" + entry.name() + "' overlaps another or leaves a gap");
            }
            at = entry.end();
        }
        if (at != size) {
            throw corrupt(place, "its tensors end at " + at + " and the file at " + size);
        }
        return new SafetensorsHeader(List.copyOf(entries), Map.copyOf(metadata));
    }

    private static void metadata(JsonNode node, Map<String, String> into, String place) {
        if (!node.isObject()) {
            throw corrupt(place, "its metadata are no object");
        }
        node.properties().forEach(property -> {
            if (!property.getValue().isString()) {
                throw corrupt(place, "its metadata '" + property.getKey() + "' are no text");
            }
            into.put(property.getKey(), property.getValue().stringValue());
        });
    }

    private static Entry entry(String name, JsonNode node, long start, String place) {
        JsonNode shapes = node.path("shape");
        JsonNode offsets = node.path("data_offsets");
        if (!node.path("dtype").isString() || !shapes.isArray() || shapes.size() > 16 || offsets.size() != 2) {
            throw corrupt(place, "the tensor '" + name + "' has no dtype, shape or data_offsets");
        }
        long begin = whole(offsets.get(0), name, place);
        long end = whole(offsets.get(1), name, place);
        Type type = type(node.path("dtype").stringValue(), name, place);
        long[] shape = new long[shapes.size()];
        try {
            long bytes = type.bytes();
            for (int i = 0; i < shape.length; i++) {
                shape[i] = whole(shapes.get(i), name, place);
                bytes = Math.multiplyExact(bytes, shape[i]);
            }
            if (end - begin != bytes) {
                throw corrupt(place, "the tensor '" + name + "' has another size than its shape says");
            }
            return new Entry(name, type, shape, Math.addExact(start, begin), Math.addExact(start, end));
        } catch (ArithmeticException e) {
            throw new ProblemException(problem(place, "the shape of the tensor '" + name + "' is too large"), e);
        }
    }

    private static Type type(String name, String tensor, String place) {
        for (Type type : Type.values()) {
            if (type.name().equals(name)) {
                return type;
            }
        }
        throw corrupt(place, "the tensor '" + tensor + "' has the unknown dtype '" + name + "'");
    }

    private static long whole(JsonNode node, String tensor, String place) {
        if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < 0) {
            throw corrupt(place, "a number of the tensor '" + tensor + "' is no size");
        }
        return node.longValue();
    }

    private static ProblemException corrupt(String place, String why) {
        return new ProblemException(problem(place, why));
    }

    private static Problem problem(String place, String why) {
        return Problem.of("model.corrupt", "This is not a safetensors file: " + why + ".")
                .at(place);
    }
}
