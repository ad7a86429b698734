package dev.sampan.model;

import java.nio.file.Path;
import java.util.Map;

/// The safetensors format (https://huggingface.co/docs/safetensors): eight bytes little-endian length N, N bytes of
/// JSON
/// (padded with blanks to a multiple of 8) naming dtype, shape and data offsets of each tensor, then the data.
public final class Safetensors {
    private Safetensors() {}

    /// One tensor of 32-bit floats in row order.
    public record Tensor(long[] shape, float[] values) {}

    public static void write(Path file, Map<String, Tensor> tensors, Map<String, String> metadata) {
        throw new UnsupportedOperationException("written next");
    }

    /// @throws dev.sampan.kernel.ProblemException `model.corrupt` for a header out of bounds, overlapping or
    /// out-of-file
    ///     offsets, an unknown dtype, a shape that does not fit
    public static Map<String, Tensor> read(Path file) {
        throw new UnsupportedOperationException("written next");
    }
}
