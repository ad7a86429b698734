package dev.sampan.model;

import java.util.List;

/// A pretrained sentence encoder that comes with Sampan, its files on the class path.
///
/// @param name `bge-small-zh-v1.5` or `all-MiniLM-L6-v2`
/// @param licence SPDX identifier
/// @param language `zh` or `en`
/// @param pooling how token vectors become the sentence vector, which is then scaled to length 1
/// @param dimension of the sentence vector
/// @param quantised true when its weights are INT8 already
public record Encoder(
        String name,
        String licence,
        String source,
        String language,
        Pooling pooling,
        int dimension,
        boolean quantised,
        String onnxResource,
        String tokenizerResource) {
    /// How token vectors become one.
    public enum Pooling {
        /// The first token's.
        CLS,
        /// The mean over the mask.
        MEAN
    }

    public static List<Encoder> all() {
        throw new UnsupportedOperationException("written next");
    }

    /// @throws dev.sampan.kernel.ProblemException `model.unknown_encoder` naming the nearest
    public static Encoder named(String name) {
        throw new UnsupportedOperationException("written next");
    }

    /// The graph as the jar holds it.
    public byte[] onnx() {
        throw new UnsupportedOperationException("written next");
    }

    public String tokenizerJson() {
        throw new UnsupportedOperationException("written next");
    }
}
