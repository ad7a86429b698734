package dev.sampan.data;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.sampan.spec.CleanStep;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Subwords of a pretrained encoder, cut by its own Hugging Face tokenizer, with the special tokens it adds.
/// Equal by value. The native tokenizer is made at the first [#tokens] and lives as long as this does.
public final class SubwordFeatures implements TokenisedFeatures {
    private final List<String> inputs;
    private final Target.Categories target;
    private final TextCleaner cleaner;
    private final String tokenizerJson;
    private final int maxLength;
    private volatile @Nullable HuggingFaceTokenizer tokenizer;

    /// @param clean steps; [CleanStep.Dedupe] is left out
    /// @param tokenizerJson content of its `tokenizer.json`
    /// @param maxLength subwords of one text, the special ones counted
    public SubwordFeatures(
            List<String> inputs, List<String> labels, List<CleanStep> clean, String tokenizerJson, int maxLength) {
        if (maxLength < 1) {
            throw new IllegalArgumentException("maxLength " + maxLength);
        }
        this.inputs = List.copyOf(inputs);
        this.target = new Target.Categories(labels);
        this.cleaner = new TextCleaner(clean);
        this.tokenizerJson = Objects.requireNonNull(tokenizerJson);
        this.maxLength = maxLength;
    }

    @Override
    public List<String> inputs() {
        return inputs;
    }

    @Override
    public Target target() {
        return target;
    }

    @Override
    public List<CleanStep> clean() {
        return cleaner.steps();
    }

    public String tokenizerJson() {
        return tokenizerJson;
    }

    @Override
    public int maxLength() {
        return maxLength;
    }

    @Override
    public String text(Map<String, String> row) {
        return Columns.text(inputs, cleaner, row);
    }

    @Override
    public TokenBatch tokens(List<String> cleaned) {
        if (cleaned.isEmpty()) {
            return TokenBatch.padded(List.of());
        }
        Encoding[] encodings = loaded().batchEncode(cleaned, true, false);
        return TokenBatch.padded(
                Arrays.stream(encodings).map(SubwordFeatures::idsOf).toList());
    }

    private static long[] idsOf(Encoding encoding) {
        long[] ids = encoding.getIds();
        long[] mask = encoding.getAttentionMask();
        int length = (int) Arrays.stream(mask).sum();
        return length == ids.length ? ids : Arrays.copyOf(ids, length);
    }

    private HuggingFaceTokenizer loaded() {
        HuggingFaceTokenizer ready = tokenizer;
        if (ready != null) {
            return ready;
        }
        synchronized (this) {
            ready = tokenizer;
            if (ready == null) {
                ready = NativeTokenizer.load(tokenizerJson, maxLength);
                tokenizer = ready;
            }
            return ready;
        }
    }

    @Override
    public void write(Path folder) {
        FeaturesFile.write(this, folder);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SubwordFeatures that
                && inputs.equals(that.inputs)
                && target.equals(that.target)
                && cleaner.equals(that.cleaner)
                && tokenizerJson.equals(that.tokenizerJson)
                && maxLength == that.maxLength;
    }

    @Override
    public int hashCode() {
        return Objects.hash(inputs, target, cleaner, tokenizerJson, maxLength);
    }

    @Override
    public String toString() {
        return "SubwordFeatures[" + maxLength + " subwords, " + target.labels().size() + " labels]";
    }
}
