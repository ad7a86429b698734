package dev.sampan.data;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.spec.CleanStep;
import dev.sampan.spec.ModelSpec.NgramSpec;
import dev.sampan.spec.ModelSpec.NgramUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Counts n-grams over the training rows. Memory is bounded: where more than [#COUNTED_MAX] different grams are
/// counted of one unit, those that stood in one row alone until then are forgotten; up to there the result is
/// scikit-learn's.
final class NgramFitting {
    private static final int COUNTED_MAX = 2_000_000;
    private static final List<Integer> WORDS = List.of(1, 2);
    private static final List<Integer> LETTERS = List.of(2, 5);
    private static final List<Integer> CHINESE = List.of(1, 3);

    /// How often a gram was met.
    private static final class Count {
        int rows;
        long times;
        long lastRow = -1;
    }

    /// One table in the making.
    private static final class Counting {
        final NgramUnit unit;
        final List<Integer> lengths;
        final Map<String, Count> counts = new HashMap<>();

        Counting(NgramUnit unit, List<Integer> lengths) {
            this.unit = unit;
            this.lengths = lengths;
        }

        void add(String text, long row) {
            NgramTable.each(unit, lengths.getFirst(), lengths.getLast(), text, gram -> {
                Count count = counts.computeIfAbsent(gram, _ -> new Count());
                count.times++;
                if (count.lastRow != row) {
                    count.lastRow = row;
                    count.rows++;
                }
            });
            if (counts.size() > COUNTED_MAX) {
                counts.values().removeIf(count -> count.rows == 1);
            }
        }

        NgramTable table(NgramSpec spec, long rows) {
            List<String> grams = new ArrayList<>(counts.entrySet().stream()
                    .filter(entry -> entry.getValue().rows >= spec.minDf())
                    .sorted(Comparator.comparingLong((Map.Entry<String, Count> entry) -> -entry.getValue().times)
                            .thenComparing(Map.Entry::getKey, TokenFitting::byCodePoint))
                    .limit(spec.maxFeatures())
                    .map(Map.Entry::getKey)
                    .toList());
            grams.sort(TokenFitting::byCodePoint);
            float[] idf = new float[grams.size()];
            for (int i = 0; i < idf.length; i++) {
                Count count = counts.getOrDefault(grams.get(i), new Count());
                idf[i] = (float) (Math.log((1.0 + rows) / (1.0 + count.rows)) + 1);
            }
            return new NgramTable(unit, lengths.getFirst(), lengths.getLast(), grams, idf);
        }
    }

    private NgramFitting() {}

    /// Told the cleaned text of each training row.
    private interface Texts {
        void each(Consumer<String> visitor);
    }

    static NgramFeatures fit(Dataset dataset, List<CleanStep> clean, NgramSpec spec) {
        TextCleaner cleaner = new TextCleaner(clean);
        List<NgramTable> tables = tables(visitor -> TokenFitting.each(dataset, cleaner, visitor), spec);
        return new NgramFeatures(dataset.inputs(), dataset.labels(), clean, tables, null);
    }

    /// Of one column.
    static List<NgramTable> tables(Dataset dataset, String column, TextCleaner cleaner, NgramSpec spec) {
        int at = dataset.inputs().indexOf(column);
        return tables(visitor -> TokenFitting.each(dataset, at, at + 1, cleaner, visitor), spec);
    }

    private static List<NgramTable> tables(Texts texts, NgramSpec spec) {
        List<Counting> countings = countings(texts, spec);
        long[] rows = {0};
        texts.each(text -> {
            countings.forEach(counting -> counting.add(text, rows[0]));
            rows[0]++;
        });
        List<NgramTable> tables = countings.stream()
                .map(counting -> counting.table(spec, rows[0]))
                .toList();
        if (tables.stream().allMatch(table -> table.grams().isEmpty())) {
            throw new ProblemException(Problem.of(
                            "data.no_ngrams",
                            "No n-gram stands in " + spec.minDf() + " of the " + rows[0] + " training rows")
                    .at("model.min_df")
                    .remedy("Set model.min_df to 1, or bring more rows"));
        }
        return tables;
    }

    private static List<Counting> countings(Texts texts, NgramSpec spec) {
        boolean chinese = (spec.words() == null || spec.characters() == null) && mostlyCjk(texts);
        List<Integer> words = spec.words() != null ? spec.words() : chinese ? List.of() : WORDS;
        List<Integer> characters = spec.characters() != null ? spec.characters() : chinese ? CHINESE : LETTERS;
        List<Counting> countings = new ArrayList<>();
        if (!words.isEmpty()) {
            countings.add(new Counting(NgramUnit.WORDS, words));
        }
        if (!characters.isEmpty()) {
            countings.add(new Counting(NgramUnit.CHARACTERS, characters));
        }
        return countings;
    }

    static boolean mostlyCjk(Dataset dataset, TextCleaner cleaner) {
        return mostlyCjk(visitor -> TokenFitting.each(dataset, cleaner, visitor));
    }

    private static boolean mostlyCjk(Texts texts) {
        long[] letters = {0, 0};
        texts.each(text ->
                text.codePoints().filter(Character::isLetter).forEach(c -> letters[Segmentation.isCjk(c) ? 1 : 0]++));
        return letters[1] > letters[0];
    }
}
