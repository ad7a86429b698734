package dev.sampan.data;

import dev.sampan.spec.CleanStep;
import dev.sampan.spec.ModelSpec;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/// Words or characters with a vocabulary of the training rows, in lower case. Id 0 is padding, id 1 any token
/// not in the vocabulary; the others follow in order of frequency, ties by code point. Equal by value.
///
/// Words are cut as [TextFeatures#pieces] cuts them, without the white space; characters are the code points that
/// are not white space.
public final class TokenFeatures implements TokenisedFeatures {
    static final int UNKNOWN = 1;
    private static final int FIRST_TOKEN = 2;

    private final List<String> inputs;
    private final Target.Categories target;
    private final TextCleaner cleaner;
    private final ModelSpec.Tokenizer tokenizer;
    private final List<String> vocabulary;
    private final int maxLength;
    private final Map<String, Integer> ids;

    /// @param clean steps; [CleanStep.Dedupe] is left out
    /// @param tokenizer `WORDS` or `CHARACTERS`, never `AUTO`
    /// @param vocabulary tokens of the ids from 2 on, each once
    public TokenFeatures(
            List<String> inputs,
            List<String> labels,
            List<CleanStep> clean,
            ModelSpec.Tokenizer tokenizer,
            List<String> vocabulary,
            int maxLength) {
        if (tokenizer == ModelSpec.Tokenizer.AUTO || maxLength < 1) {
            throw new IllegalArgumentException("tokenizer " + tokenizer + ", maxLength " + maxLength);
        }
        this.inputs = List.copyOf(inputs);
        this.target = new Target.Categories(labels);
        this.cleaner = new TextCleaner(clean);
        this.tokenizer = tokenizer;
        this.vocabulary = List.copyOf(vocabulary);
        this.maxLength = maxLength;
        this.ids = HashMap.newHashMap(vocabulary.size());
        for (String token : vocabulary) {
            ids.putIfAbsent(token, FIRST_TOKEN + ids.size());
        }
        if (ids.size() != vocabulary.size()) {
            throw new IllegalArgumentException(
                    vocabulary.size() + " tokens in the vocabulary, of which " + ids.size() + " differ");
        }
    }

    /// Fitted on the training rows of a data set, in one streamed pass.
    public static TokenFeatures fit(Dataset dataset, List<CleanStep> clean, ModelSpec.TokenSpec spec) {
        return TokenFitting.fit(dataset, clean, spec);
    }

    /// The same for the model's tokens.
    public static TokenFeatures fit(Dataset dataset, List<CleanStep> clean, ModelSpec.BiLstm model) {
        return fit(dataset, clean, model.tokens());
    }

    /// Told each token of a text in turn, cut by `tokenizer`; false stops.
    static void tokens(ModelSpec.Tokenizer tokenizer, String cleaned, Predicate<String> visitor) {
        String text = cleaned.toLowerCase(Locale.ROOT);
        if (tokenizer == ModelSpec.Tokenizer.WORDS) {
            Segmentation.words(text, (start, end) -> visitor.test(text.substring(start, end)));
            return;
        }
        if (tokenizer == ModelSpec.Tokenizer.CHINESE_WORDS) {
            boolean[] wanted = {true};
            ChineseWords.each(text, (start, end, _) -> {
                String word = text.substring(start, end);
                wanted[0] = wanted[0] && (word.isBlank() || visitor.test(word));
            });
            return;
        }
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (!TextCleaner.isBlank(c) && !visitor.test(Character.toString(c))) {
                return;
            }
        }
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

    public ModelSpec.Tokenizer tokenizer() {
        return tokenizer;
    }

    public List<String> vocabulary() {
        return vocabulary;
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
        return TokenBatch.padded(cleaned.stream().map(this::idsOf).toList());
    }

    /// At least one id: an empty text is one unknown token, since a row without tokens has no maximum over time.
    private long[] idsOf(String cleaned) {
        long[] row = new long[maxLength];
        int[] length = {0};
        tokens(tokenizer, cleaned, token -> {
            row[length[0]++] = ids.getOrDefault(token, UNKNOWN);
            return length[0] < maxLength;
        });
        return length[0] == 0 ? new long[] {UNKNOWN} : Arrays.copyOf(row, length[0]);
    }

    @Override
    public void write(Path folder) {
        FeaturesFile.write(this, folder);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TokenFeatures that
                && inputs.equals(that.inputs)
                && target.equals(that.target)
                && cleaner.equals(that.cleaner)
                && tokenizer == that.tokenizer
                && vocabulary.equals(that.vocabulary)
                && maxLength == that.maxLength;
    }

    @Override
    public int hashCode() {
        return Objects.hash(inputs, target, cleaner, tokenizer, vocabulary, maxLength);
    }

    @Override
    public String toString() {
        return "TokenFeatures[" + tokenizer + ", " + vocabulary.size() + " tokens, "
                + target.labels().size() + " labels]";
    }
}
