package dev.sampan.model;

import dev.sampan.kernel.Nearest;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A pretrained sentence encoder that comes with Sampan, its files on the class path.
///
/// @param name `bge-small-zh-v1.5` or `all-MiniLM-L6-v2`
/// @param licence SPDX identifier
/// @param source its repository on Hugging Face
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
    private static final List<Encoder> ALL = List.of(
            new Encoder(
                    "bge-small-zh-v1.5",
                    "MIT",
                    "BAAI/bge-small-zh-v1.5",
                    "zh",
                    Pooling.CLS,
                    512,
                    true,
                    "bge-small-zh-v1.5-q.onnx",
                    "bge-small-zh-v1.5-q-tokenizer.json"),
            new Encoder(
                    "all-MiniLM-L6-v2",
                    "Apache-2.0",
                    "sentence-transformers/all-MiniLM-L6-v2",
                    "en",
                    Pooling.MEAN,
                    384,
                    false,
                    "all-minilm-l6-v2.onnx",
                    "all-minilm-l6-v2-tokenizer.json"));

    /// How token vectors become one.
    public enum Pooling {
        /// The first token's.
        CLS,
        /// The mean over the mask.
        MEAN
    }

    public static List<Encoder> all() {
        return ALL;
    }

    /// @throws dev.sampan.kernel.ProblemException `model.unknown_encoder` naming the nearest
    public static Encoder named(String name) {
        return ALL.stream()
                .filter(encoder -> encoder.name.equals(name))
                .findFirst()
                .orElseThrow(() -> unknown(name));
    }

    /// The graph as the jar holds it: `input_ids`, `attention_mask`, `token_type_ids` (batch, sequence) →
    /// `last_hidden_state` (batch, sequence, dimension). Read anew each time: 24 to 90 MB.
    public byte[] onnx() {
        return resource(onnxResource);
    }

    /// The tokenizer as the jar holds it. Its own settings of padding and truncation (MiniLM: all texts padded to 128)
    /// are not what a model reads by: whoever opens it sets both.
    public String tokenizerJson() {
        return new String(resource(tokenizerResource), StandardCharsets.UTF_8);
    }

    private static ProblemException unknown(String name) {
        List<String> known = ALL.stream().map(Encoder::name).toList();
        String nearest = Nearest.of(name, known);
        return new ProblemException(
                Problem.of("model.unknown_encoder", "There is no pretrained encoder named '" + name + "'.")
                        .remedy(
                                nearest == null
                                        ? "There are " + String.join(" and ", known) + "."
                                        : "Did you mean " + nearest + "?"));
    }

    private byte[] resource(String path) {
        try (InputStream in = Encoder.class.getResourceAsStream("/" + path)) {
            if (in == null) {
                throw new ProblemException(
                        Problem.of("model.encoder_missing", "The files of the encoder " + name + " are not here.")
                                .at(path)
                                .remedy("Put its langchain4j-embeddings jar on the class path."));
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        }
    }
}
