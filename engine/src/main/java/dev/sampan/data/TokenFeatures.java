package dev.sampan.data;

import dev.sampan.spec.CleanStep;
import dev.sampan.spec.ModelSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Words or characters with a vocabulary of the training rows. Id 0 is padding, id 1 any token not in the vocabulary;
/// the others follow in order of frequency, ties by code point.
///
/// @param tokenizer `WORDS` or `CHARACTERS`, never `AUTO`
/// @param vocabulary tokens of the ids from 2 on
public record TokenFeatures(
        List<String> inputs,
        List<String> labels,
        List<CleanStep> clean,
        ModelSpec.Tokenizer tokenizer,
        List<String> vocabulary,
        int maxLength)
        implements Features {
    /// Fitted on the training rows of a data set, in one streamed pass.
    public static TokenFeatures fit(Dataset dataset, List<CleanStep> clean, ModelSpec.BiLstm model) {
        throw new UnsupportedOperationException("written next");
    }

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
