package dev.sampan.spec.internal;

import dev.sampan.spec.ModelSpec.Ngram;
import dev.sampan.spec.ModelSpec.NgramSpec;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The keys of `model: {type: ngram}`.
final class NgramTable {
    private NgramTable() {}

    static Block<Ngram> ngram() {
        Field<Ngram, String> type = ModelTable.type(
                "ngram", "pretrained", "A linear model over n-grams of words and characters, weighted by TF-IDF");
        Type<List<Integer>> lengths = new ListType<>(NumberTypes.whole(1, 8), "lengths", 0, 2);
        Field<Ngram, List<Integer>> words = Field.nullable(
                "words",
                lengths,
                "Least and greatest number of words, [] for none; null: [1, 2], for Chinese none",
                n -> n.grams().words());
        Field<Ngram, List<Integer>> characters = Field.nullable(
                "characters",
                lengths,
                "Least and greatest number of characters, [] for none; null: [2, 5], for Chinese [1, 3]",
                n -> n.grams().characters());
        Field<Ngram, Integer> minDf = Field.of(
                "min_df",
                NumberTypes.whole(1, 1_000_000),
                NgramSpec.DEFAULT.minDf(),
                "Training rows that an n-gram must stand in",
                n -> n.grams().minDf());
        Field<Ngram, Integer> maxFeatures = Field.of(
                "max_features",
                NumberTypes.whole(100, 1_000_000),
                NgramSpec.DEFAULT.maxFeatures(),
                "Most frequent n-grams kept, of words and of characters each",
                n -> n.grams().maxFeatures());
        return new Block<>(
                List.of(type, words, characters, minDf, maxFeatures),
                ModelTable.LATER,
                v -> checked(v, new NgramSpec(v.find(words), v.find(characters), v.get(minDf), v.get(maxFeatures))));
    }

    private static @Nullable Ngram checked(Values values, NgramSpec spec) {
        if (wrong(values, "words", spec.words()) || wrong(values, "characters", spec.characters())) {
            return null;
        }
        if (Objects.equals(spec.words(), List.of()) && Objects.equals(spec.characters(), List.of())) {
            values.problem(
                    "characters",
                    Spot.OUT_OF_RANGE,
                    "Neither words nor characters are left to count",
                    "Write words: [1, 2] or characters: [2, 5], or leave both out");
            return null;
        }
        return new Ngram(spec);
    }

    private static boolean wrong(Values values, String key, @Nullable List<Integer> lengths) {
        boolean fine = lengths == null
                || lengths.isEmpty()
                || (lengths.size() == 2 && lengths.getFirst() <= lengths.getLast());
        if (!fine) {
            values.problem(
                    key,
                    Spot.OUT_OF_RANGE,
                    "'" + key + "' is " + lengths + ", not a least and a greatest length",
                    "Write for example [1, 2], or [] for none");
        }
        return !fine;
    }
}
