package dev.sampan.data;

import dev.sampan.spec.CleanStep;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Subwords of a pretrained encoder, cut by its own Hugging Face tokenizer.
///
/// @param tokenizerJson content of its `tokenizer.json`
public record SubwordFeatures(
        List<String> inputs, List<String> labels, List<CleanStep> clean, String tokenizerJson, int maxLength)
        implements Features {
    @Override
    public String text(Map<String, String> row) {
        throw new UnsupportedOperationException("written next");
    }

    @Override
    public List<String> pieces(String cleaned) {
        throw new UnsupportedOperationException("written next");
    }

    @Override
    public TokenBatch encode(List<String> cleaned) {
        throw new UnsupportedOperationException("written next");
    }

    @Override
    public void write(Path folder) {
        throw new UnsupportedOperationException("written next");
    }
}
