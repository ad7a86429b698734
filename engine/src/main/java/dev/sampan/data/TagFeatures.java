package dev.sampan.data;

import dev.sampan.data.NamedTensors.Declared;
import dev.sampan.data.NamedTensors.Longs;
import dev.sampan.data.NamedTensors.Type;
import dev.sampan.kernel.Nearest;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.spec.ModelSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// Features of models that give each token of a text a tag. Three streams of ids say what stands at a token, each
/// (batch, sequence) INT64 with padding 0 and unknown 1: the token itself (`input_ids`), it together with the next one
/// (`pair_ids`), and its place in the Chinese word around it with that word's part of speech (`word_ids`).
///
/// The text is read as it is asked, so that places of spans are places of that text; a token's form alone is normalised
/// (NFKC, lower case). A text longer than `maxLength` tokens is read in windows, cut behind a sentence where there is
/// an end of one: a batch has a row for each window. Equal by value.
public final class TagFeatures implements Features {
    /// Ids of two tokens together.
    public static final String PAIR_IDS = "pair_ids";

    /// Ids of places in words.
    public static final String WORD_IDS = "word_ids";

    static final int UNKNOWN = 1;
    private static final int FIRST = 2;

    private final String input;
    private final Target.Tags target;
    private final ModelSpec.Tokenizer tokenizer;
    private final Vocabularies vocabularies;
    private final int maxLength;
    private final Map<String, Integer> tokenIds;
    private final Map<String, Integer> pairIds;
    private final Map<String, Integer> wordIds;

    /// Of the three streams, each in the order of the ids from 2 on; `words` is empty when words are not looked at.
    public record Vocabularies(List<String> tokens, List<String> pairs, List<String> words) {
        public Vocabularies {
            tokens = List.copyOf(tokens);
            pairs = List.copyOf(pairs);
            words = List.copyOf(words);
        }
    }

    /// @param tokenizer `WORDS` or `CHARACTERS`, never `AUTO`
    public TagFeatures(
            String input, Target.Tags target, ModelSpec.Tokenizer tokenizer, Vocabularies vocabularies, int maxLength) {
        if (tokenizer == ModelSpec.Tokenizer.AUTO || maxLength < 1) {
            throw new IllegalArgumentException("tokenizer " + tokenizer + ", maxLength " + maxLength);
        }
        this.input = Objects.requireNonNull(input);
        this.target = Objects.requireNonNull(target);
        this.tokenizer = tokenizer;
        this.vocabularies = Objects.requireNonNull(vocabularies);
        this.maxLength = maxLength;
        tokenIds = numbered(vocabularies.tokens());
        pairIds = numbered(vocabularies.pairs());
        wordIds = numbered(vocabularies.words());
    }

    private static Map<String, Integer> numbered(List<String> vocabulary) {
        Map<String, Integer> ids = HashMap.newHashMap(vocabulary.size());
        vocabulary.forEach(form -> ids.putIfAbsent(form, FIRST + ids.size()));
        if (ids.size() != vocabulary.size()) {
            throw new IllegalArgumentException(
                    vocabulary.size() + " entries in a vocabulary, of which " + ids.size() + " differ");
        }
        return ids;
    }

    /// Fitted on the training rows of a data set with spans.
    public static TagFeatures fit(Dataset dataset, ModelSpec.BiLstmCrf model) {
        return TagFitting.fit(dataset, model);
    }

    /// The same with what a conditional random field learnt.
    public TagFeatures withTransitions(float[] transitions) {
        return new TagFeatures(input, new Target.Tags(target.tags(), transitions), tokenizer, vocabularies, maxLength);
    }

    /// Some tokens of one text, at most `maxLength`.
    ///
    /// @param starts first UTF-16 unit of each token in the text
    /// @param ends the unit behind each token's last
    /// @param ids of the three streams, as long as there are tokens; of a text without tokens one unknown each
    public record Window(int[] starts, int[] ends, long[] ids, long[] pairs, long[] words) {
        /// TaggedTokens in it; 0 for a text without any.
        public int tokens() {
            return starts.length;
        }

        /// Rows in time, at least 1.
        public int length() {
            return ids.length;
        }
    }

    /// The windows of a text in reading order, at least one.
    public List<Window> windows(String text) {
        TaggedTokens tokens =
                TaggedTokens.of(text, tokenizer, !vocabularies.words().isEmpty());
        if (tokens.size() == 0) {
            long[] unknown = {UNKNOWN};
            return List.of(new Window(new int[0], new int[0], unknown, unknown, unknown));
        }
        List<Window> windows = new ArrayList<>();
        int from = 0;
        while (from < tokens.size()) {
            int to = tokens.windowEnd(from, maxLength);
            windows.add(window(tokens, from, to));
            from = to;
        }
        return windows;
    }

    private Window window(TaggedTokens tokens, int from, int to) {
        long[] ids = new long[to - from];
        long[] pairs = new long[to - from];
        long[] words = new long[to - from];
        for (int i = from; i < to; i++) {
            ids[i - from] = tokenIds.getOrDefault(tokens.form(i), UNKNOWN);
            pairs[i - from] = pairIds.getOrDefault(tokens.pair(i), UNKNOWN);
            words[i - from] = wordIds.getOrDefault(tokens.word(i), UNKNOWN);
        }
        return new Window(
                Arrays.copyOfRange(tokens.starts(), from, to),
                Arrays.copyOfRange(tokens.ends(), from, to),
                ids,
                pairs,
                words);
    }

    @Override
    public List<Declared> tensors() {
        List<Long> any = List.of(-1L, -1L);
        return List.of(
                new Declared(TextFeatures.INPUT_IDS, Type.INT64, any),
                new Declared(TextFeatures.ATTENTION_MASK, Type.INT64, any),
                new Declared(PAIR_IDS, Type.INT64, any),
                new Declared(WORD_IDS, Type.INT64, any));
    }

    /// One row for each window of each text.
    @Override
    public NamedTensors encode(List<Map<String, String>> rows) {
        return padded(rows.stream().flatMap(row -> windows(text(row)).stream()).toList());
    }

    /// The tensors of windows, padded to the longest.
    public static NamedTensors padded(List<Window> windows) {
        int length = windows.stream().mapToInt(Window::length).max().orElse(0);
        long[][] streams = new long[4][Math.multiplyExact(windows.size(), length)];
        for (int row = 0; row < windows.size(); row++) {
            Window window = windows.get(row);
            int at = row * length;
            System.arraycopy(window.ids(), 0, streams[0], at, window.length());
            Arrays.fill(streams[1], at, at + window.length(), 1);
            System.arraycopy(window.pairs(), 0, streams[2], at, window.length());
            System.arraycopy(window.words(), 0, streams[3], at, window.length());
        }
        Map<String, NamedTensors.Values> tensors = new LinkedHashMap<>();
        tensors.put(TextFeatures.INPUT_IDS, new Longs(streams[0], windows.size(), length));
        tensors.put(TextFeatures.ATTENTION_MASK, new Longs(streams[1], windows.size(), length));
        tensors.put(PAIR_IDS, new Longs(streams[2], windows.size(), length));
        tensors.put(WORD_IDS, new Longs(streams[3], windows.size(), length));
        return new NamedTensors(windows.size(), tensors);
    }

    /// The text of a row as it stands.
    ///
    /// @throws ProblemException `input.missing_column`
    public String text(Map<String, String> row) {
        String value = row.get(input);
        if (value == null) {
            throw new ProblemException(Nearest.remedy(
                    Problem.of("input.missing_column", "The input has no '" + input + "'"), input, row.keySet()));
        }
        return value;
    }

    @Override
    public List<String> inputs() {
        return List.of(input);
    }

    @Override
    public Target.Tags target() {
        return target;
    }

    public ModelSpec.Tokenizer tokenizer() {
        return tokenizer;
    }

    public Vocabularies vocabularies() {
        return vocabularies;
    }

    /// TaggedTokens of the longest window.
    public int maxLength() {
        return maxLength;
    }

    @Override
    public long cost(Map<String, String> row) {
        return row.getOrDefault(input, "").length();
    }

    @Override
    public Map<String, String> example() {
        return Map.of(input, "2026");
    }

    @Override
    public void write(Path folder) {
        FeaturesFile.write(this, folder);
    }

    /// `features.json` of format 1, `kind` being `tags`.
    record TagsFile(
            int format,
            String kind,
            String input,
            Target target,
            String tokenizer,
            int maxLength,
            Vocabularies vocabularies) {
        static final String KIND = "tags";

        static TagsFile of(TagFeatures features) {
            return new TagsFile(
                    1,
                    KIND,
                    features.input,
                    features.target,
                    features.tokenizer.name().toLowerCase(Locale.ROOT),
                    features.maxLength,
                    features.vocabularies);
        }

        /// @throws NullPointerException, IllegalArgumentException when a part is missing or out of range
        TagFeatures features() {
            if (!(target instanceof Target.Tags tags)) {
                throw new IllegalArgumentException("a target of " + target);
            }
            return new TagFeatures(
                    input,
                    tags,
                    ModelSpec.Tokenizer.valueOf(tokenizer.toUpperCase(Locale.ROOT)),
                    vocabularies,
                    maxLength);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TagFeatures that
                && input.equals(that.input)
                && target.tags().equals(that.target.tags())
                && Arrays.equals(target.transitions(), that.target.transitions())
                && tokenizer == that.tokenizer
                && vocabularies.equals(that.vocabularies)
                && maxLength == that.maxLength;
    }

    @Override
    public int hashCode() {
        return Objects.hash(input, target.tags(), tokenizer, vocabularies, maxLength);
    }

    @Override
    public String toString() {
        return "TagFeatures[" + tokenizer + ", " + vocabularies.tokens().size() + " tokens, "
                + target.tags().size() + " tags]";
    }
}
