package dev.sampan.model;

import dev.sampan.kernel.Json;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.model.internal.SafetensorsHeader;
import dev.sampan.model.internal.SafetensorsHeader.Entry;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/// The safetensors format (https://huggingface.co/docs/safetensors): eight bytes little-endian length N, N bytes of
/// JSON (padded with blanks to a multiple of 8) naming dtype, shape and data offsets of each tensor, then the data.
///
/// What is written is byte for byte what Python's library writes for the same tensors: metadata first, then the
/// tensors by name.
public final class Safetensors {
    private static final int BUFFER = 1 << 16;

    private Safetensors() {}

    /// One tensor of 32-bit floats in row order.
    public record Tensor(long[] shape, float[] values) {
        public Tensor {
            long count = 1;
            for (long dim : shape) {
                count = Math.multiplyExact(count, dim);
            }
            if (count != values.length) {
                throw new IllegalArgumentException(values.length + " values for a shape of " + count);
            }
        }
    }

    /// @throws dev.sampan.kernel.ProblemException `output.disk_full`, `output.failed`
    public static void write(Path file, Map<String, Tensor> tensors, Map<String, String> metadata) {
        Map<String, Tensor> sorted = new TreeMap<>(tensors);
        byte[] header = header(sorted, new TreeMap<>(metadata));
        ByteBuffer piece = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER)) {
            out.write(piece.putLong(0, header.length).array(), 0, Long.BYTES);
            out.write(header);
            for (Tensor tensor : sorted.values()) {
                float[] values = tensor.values();
                for (int from = 0; from < values.length; from += BUFFER / Float.BYTES) {
                    int count = Math.min(BUFFER / Float.BYTES, values.length - from);
                    piece.asFloatBuffer().put(values, from, count);
                    out.write(piece.array(), 0, count * Float.BYTES);
                }
            }
        } catch (IOException e) {
            throw OutputProblem.of(file, e);
        }
    }

    /// Tensors of 32-bit and 16-bit floats (IEEE and bfloat), all as 32-bit floats.
    ///
    /// @throws dev.sampan.kernel.ProblemException `model.corrupt` for a header out of bounds, overlapping or
    ///     out-of-file offsets, an unknown dtype, a shape that does not fit; `model.unsupported` for other dtypes
    public static Map<String, Tensor> read(Path file) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        try (FileChannel channel = FileChannel.open(file)) {
            SafetensorsHeader header = SafetensorsHeader.read(channel, file.toString());
            for (Entry entry : header.entries()) {
                tensors.put(entry.name(), new Tensor(entry.shape(), floats(channel, entry, file)));
            }
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.of("model.corrupt", "The file cannot be read.").at(file.toString()), e);
        }
        return tensors;
    }

    private static float[] floats(FileChannel channel, Entry entry, Path file) throws IOException {
        int width = entry.type().bytes();
        switch (entry.type()) {
            case F32, F16, BF16 -> {}
            default ->
                throw new ProblemException(Problem.of(
                                "model.unsupported",
                                "The tensor '" + entry.name() + "' is " + entry.type()
                                        + "; this version reads F32, F16 and BF16.")
                        .at(file.toString()));
        }
        float[] values = new float[Math.toIntExact((entry.end() - entry.begin()) / width)];
        ByteBuffer piece = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
        long position = entry.begin();
        for (int at = 0; at < values.length; ) {
            piece.clear().limit((int) Math.min(BUFFER, entry.end() - position));
            SafetensorsHeader.readFully(channel, piece, position);
            position += piece.limit();
            for (piece.flip(); piece.hasRemaining(); at++) {
                values[at] = switch (entry.type()) {
                    case F16 -> Float.float16ToFloat(piece.getShort());
                    case BF16 -> Float.intBitsToFloat(piece.getShort() << 16);
                    default -> piece.getFloat();
                };
            }
        }
        return values;
    }

    private static byte[] header(Map<String, Tensor> tensors, Map<String, String> metadata) {
        StringBuilder json = new StringBuilder("{");
        if (!metadata.isEmpty()) {
            json.append("\"__metadata__\":").append(Json.write(metadata)).append(',');
        }
        long offset = 0;
        for (Map.Entry<String, Tensor> tensor : tensors.entrySet()) {
            long end = offset + (long) tensor.getValue().values().length * Float.BYTES;
            json.append(Json.write(tensor.getKey()))
                    .append(":{\"dtype\":\"F32\",\"shape\":")
                    .append(Json.write(tensor.getValue().shape()))
                    .append(",\"data_offsets\":[" + offset + "," + end + "]},");
            offset = end;
        }
        if (json.charAt(json.length() - 1) == ',') {
            json.setLength(json.length() - 1);
        }
        byte[] text = json.append('}').toString().getBytes(StandardCharsets.UTF_8);
        byte[] padded = Arrays.copyOf(text, Math.ceilDiv(text.length, 8) * 8);
        Arrays.fill(padded, text.length, padded.length, (byte) ' ');
        return padded;
    }
}
