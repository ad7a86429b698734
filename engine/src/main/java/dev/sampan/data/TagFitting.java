package dev.sampan.data;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.spec.ModelSpec;
import dev.sampan.spec.ModelSpec.Tokenizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Counts what stands at the tokens of the training rows: tokens and places in words that occur twice, pairs that do.
final class TagFitting {
    private static final int COUNTED_MAX = 2_000_000;
    private static final int TIMES_MIN = 2;

    private final Map<String, int[]> tokens = new HashMap<>();
    private final Map<String, int[]> pairs = new HashMap<>();
    private final Map<String, int[]> words = new HashMap<>();

    private TagFitting() {}

    static TagFeatures fit(Dataset dataset, ModelSpec.BiLstmCrf model) {
        if (dataset.inputs().size() != 1) {
            throw new ProblemException(Problem.of(
                            "training.one_text",
                            "Spans stand in one text, but the rows have "
                                    + dataset.inputs().size())
                    .at("data.input_features"));
        }
        if (dataset.labels().isEmpty()) {
            throw new ProblemException(Problem.of("training.no_spans", "No row has a span to learn from")
                    .at("data.output_features"));
        }
        TextCleaner raw = new TextCleaner(List.of());
        boolean chinese = NgramFitting.mostlyCjk(dataset, raw);
        Tokenizer tokenizer = model.tokenizer() != Tokenizer.AUTO
                ? model.tokenizer()
                : chinese ? Tokenizer.CHARACTERS : Tokenizer.WORDS;
        boolean looked = model.words() && chinese && tokenizer == Tokenizer.CHARACTERS;
        TagFitting fitting = new TagFitting();
        texts(dataset, text -> fitting.add(TaggedTokens.of(text, tokenizer, looked)));
        return new TagFeatures(
                dataset.inputs().getFirst(),
                new Target.Tags(tags(dataset.labels()), new float[0]),
                tokenizer,
                new TagFeatures.Vocabularies(
                        frequent(fitting.tokens, model.vocabularySize()),
                        frequent(fitting.pairs, 4 * model.vocabularySize()),
                        looked ? frequent(fitting.words, model.vocabularySize()) : List.of()),
                model.maxLength());
    }

    private static List<String> tags(List<String> kinds) {
        List<String> tags = new ArrayList<>(List.of("O"));
        for (String kind : kinds) {
            tags.add("B-" + kind);
            tags.add("I-" + kind);
        }
        return tags;
    }

    private static void texts(Dataset dataset, Consumer<String> visitor) {
        try (RowReader rows = Datasets.rows(dataset, Split.TRAIN)) {
            for (Row row = rows.next(); row != null; row = rows.next()) {
                visitor.accept(row.values().getFirst());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(TaggedTokens text) {
        for (int i = 0; i < text.size(); i++) {
            count(tokens, text.form(i));
            count(pairs, text.pair(i));
            count(words, text.word(i));
        }
        if (pairs.size() > COUNTED_MAX) {
            pairs.values().removeIf(count -> count[0] < TIMES_MIN);
        }
    }

    private static void count(Map<String, int[]> counts, String form) {
        counts.computeIfAbsent(form, _ -> new int[1])[0]++;
    }

    private static List<String> frequent(Map<String, int[]> counts, int most) {
        return counts.entrySet().stream()
                .filter(entry -> entry.getValue()[0] >= TIMES_MIN)
                .sorted(Comparator.comparingInt((Map.Entry<String, int[]> entry) -> -entry.getValue()[0])
                        .thenComparing(Map.Entry::getKey, TokenFitting::byCodePoint))
                .limit(most)
                .map(Map.Entry::getKey)
                .toList();
    }
}
