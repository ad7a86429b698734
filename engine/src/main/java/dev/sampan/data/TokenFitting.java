package dev.sampan.data;

import dev.sampan.spec.CleanStep;
import dev.sampan.spec.ModelSpec;
import dev.sampan.spec.ModelSpec.Tokenizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// One pass over the training rows: counts tokens, and for `AUTO` counts both kinds while it looks at the script.
final class TokenFitting {
    /// Past this many different tokens the ones seen once are forgotten, so that memory stays within about 200
    /// MB. Only tokens too rare for any vocabulary of the allowed size are lost.
    private static final int COUNTED_MAX = 2_000_000;

    private static final class Counts {
        private final Map<String, int[]> counts = new HashMap<>();

        void add(String token) {
            counts.computeIfAbsent(token, _ -> new int[1])[0]++;
            if (counts.size() > COUNTED_MAX) {
                counts.values().removeIf(count -> count[0] == 1);
            }
        }

        List<String> mostFrequent(int size) {
            return counts.entrySet().stream()
                    .sorted(Comparator.comparingInt((Map.Entry<String, int[]> entry) -> -entry.getValue()[0])
                            .thenComparing(Map.Entry::getKey, TokenFitting::byCodePoint))
                    .limit(size)
                    .map(Map.Entry::getKey)
                    .toList();
        }
    }

    private final Counts words = new Counts();
    private final Counts characters = new Counts();
    private long cjkLetters;
    private long letters;

    private TokenFitting() {}

    static TokenFeatures fit(Dataset dataset, List<CleanStep> clean, ModelSpec.TokenSpec model) {
        TokenFitting fitting = new TokenFitting();
        each(dataset, new TextCleaner(clean), text -> fitting.add(text, model.tokenizer()));
        Tokenizer tokenizer = fitting.resolve(model.tokenizer());
        Counts counts = tokenizer == Tokenizer.CHARACTERS ? fitting.characters : fitting.words;
        return new TokenFeatures(
                dataset.inputs(),
                dataset.labels(),
                clean,
                tokenizer,
                counts.mostFrequent(model.vocabularySize()),
                model.maxLength());
    }

    /// Told the cleaned text of each training row, in order.
    static void each(Dataset dataset, TextCleaner cleaner, Consumer<String> visitor) {
        each(dataset, 0, dataset.inputs().size(), cleaner, visitor);
    }

    /// The same of some columns beside each other.
    static void each(Dataset dataset, int from, int to, TextCleaner cleaner, Consumer<String> visitor) {
        try (RowReader rows = Datasets.rows(dataset, Split.TRAIN)) {
            for (Row row = rows.next(); row != null; row = rows.next()) {
                List<String> texts = row.values().subList(from, to);
                visitor.accept(Columns.join(texts.stream().map(cleaner::clean).toList()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(String text, Tokenizer tokenizer) {
        if (tokenizer != Tokenizer.CHARACTERS) {
            count(words, tokenizer == Tokenizer.AUTO ? Tokenizer.WORDS : tokenizer, text);
        }
        if (tokenizer == Tokenizer.CHARACTERS || tokenizer == Tokenizer.AUTO) {
            count(characters, Tokenizer.CHARACTERS, text);
        }
        text.codePoints().filter(Character::isLetter).forEach(c -> {
            letters++;
            cjkLetters += Segmentation.isCjk(c) ? 1 : 0;
        });
    }

    private static void count(Counts counts, Tokenizer tokenizer, String text) {
        TokenFeatures.tokens(tokenizer, text, token -> {
            counts.add(token);
            return true;
        });
    }

    private Tokenizer resolve(Tokenizer asked) {
        if (asked != Tokenizer.AUTO) {
            return asked;
        }
        return cjkLetters * 2 > letters ? Tokenizer.CHARACTERS : Tokenizer.WORDS;
    }

    /// String's own order is by UTF-16 unit, which puts emoji before some of the basic plane.
    static int byCodePoint(String a, String b) {
        int i = 0;
        while (i < a.length() && i < b.length()) {
            int x = a.codePointAt(i);
            int y = b.codePointAt(i);
            if (x != y) {
                return Integer.compare(x, y);
            }
            i += Character.charCount(x);
        }
        return Integer.compare(a.length(), b.length());
    }
}
