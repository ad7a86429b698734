package dev.sampan.spec.internal;

import dev.sampan.spec.DataSpec;
import dev.sampan.spec.DataSpec.InputType;
import dev.sampan.spec.DataSpec.OutputType;
import dev.sampan.spec.ResampleSpec;
import dev.sampan.spec.TextAugment;
import dev.sampan.spec.internal.NumberTypes.Range;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The keys that say which training rows are written more than once, less than once, or changed.
final class BalanceTable {
    static final Block<TextAugment> TEXT = text();
    static final Block<ResampleSpec> RESAMPLE = resample();

    private static final double USUAL = 0.1; // of EDA's figure 3: best for most sizes of data

    private BalanceTable() {}

    private static Block<TextAugment> text() {
        Field<TextAugment, Integer> copies = Field.of(
                "copies",
                NumberTypes.whole(1, 16),
                1,
                "Changed copies of each training row, written beside it",
                TextAugment::copies);
        Field<TextAugment, Double> synonyms = Field.derived(
                "synonyms",
                NumberTypes.number(Range.closed(0.0, 0.9)),
                "Share of the words replaced by a synonym; default: 0.1 with a dictionary, 0 without",
                TextAugment::synonyms);
        Field<TextAugment, Double> swap = Field.of(
                "swap",
                NumberTypes.number(Range.closed(0.0, 0.9)),
                USUAL,
                "Share of the words that change places",
                TextAugment::swap);
        Field<TextAugment, Double> delete = Field.of(
                "delete",
                NumberTypes.number(Range.closed(0.0, 0.9)),
                USUAL,
                "Chance of each word to be left out",
                TextAugment::delete);
        Field<TextAugment, String> dictionary = Field.nullable(
                "dictionary",
                TextTypes.text(),
                "File of synonyms, relative to the folder of this file: words of one meaning on each line, parted"
                        + " by commas or tabs",
                TextAugment::dictionary);
        Field<TextAugment, Long> seed =
                Field.of("seed", NumberTypes.seed(), 42L, "Seed of the changes", TextAugment::seed);
        return new Block<>(
                List.of(copies, synonyms, swap, delete, dictionary, seed),
                Set.of("insert", "back_translation", "embedding"),
                v -> {
                    String file = v.find(dictionary);
                    double replaced = v.find(synonyms, file == null ? 0 : USUAL);
                    if (replaced > 0 && file == null) {
                        v.problem(
                                "synonyms",
                                Spot.OUT_OF_RANGE,
                                "Words are to be replaced by synonyms, but no dictionary of synonyms is named",
                                "Add 'dictionary: FILE' with words of one meaning on each line, or write"
                                        + " 'synonyms: 0'");
                        return null;
                    }
                    if (replaced + v.get(swap) + v.get(delete) == 0) {
                        v.problem(
                                "swap",
                                Spot.OUT_OF_RANGE,
                                "Nothing is to be changed: synonyms, swap and delete are all 0",
                                "Write 0.1 for one of them, or leave the block out");
                        return null;
                    }
                    return new TextAugment(v.get(copies), replaced, v.get(swap), v.get(delete), file, v.get(seed));
                });
    }

    private static Block<ResampleSpec> resample() {
        Field<ResampleSpec, ResampleSpec.Type> type = Field.of(
                "type",
                TextTypes.choice(ResampleSpec.Type.class, "smote", "adasyn"),
                ResampleSpec.Type.OVERSAMPLE,
                "oversample repeats rows of rare categories, undersample leaves out rows of common ones",
                ResampleSpec::type);
        Field<ResampleSpec, Double> ratio = Field.of(
                "ratio",
                NumberTypes.number(Range.closed(0.001, 1.0)),
                1.0,
                "Rows of the rarest category for each row of the commonest, at least",
                ResampleSpec::ratio);
        Field<ResampleSpec, Long> seed =
                Field.of("seed", NumberTypes.seed(), 42L, "Seed of the choice", ResampleSpec::seed);
        return new Block<>(
                List.of(type, ratio, seed), Set.of(), v -> new ResampleSpec(v.get(type), v.get(ratio), v.get(seed)));
    }

    /// False when the columns are none of which rows can be changed or chosen so.
    static boolean fits(Values values, DataSpec data) {
        OutputType answered = data.output() == null ? null : data.output().type();
        if (data.resample() != null && answered != OutputType.CATEGORY) {
            values.problem(
                    "resample",
                    Spot.OUT_OF_RANGE,
                    "Rows are resampled by their category, but no category is answered",
                    "Leave 'resample' out");
            return false;
        }
        if (data.augment().text() == null) {
            return true;
        }
        String wrong = unchangeable(data, answered);
        if (wrong != null) {
            values.problem("augment.text", Spot.OUT_OF_RANGE, wrong, "Leave 'augment.text' out");
        }
        return wrong == null;
    }

    private static @Nullable String unchangeable(DataSpec data, @Nullable OutputType answered) {
        if (data.inputFeatures().stream().noneMatch(input -> input.type() == InputType.TEXT)) {
            return "Words are changed in columns of type text, and there is none";
        }
        if (answered == OutputType.SEQUENCE) {
            return "Words that move or go would take the spans of the output away from their places";
        }
        return answered == null ? "A changed text has no answer to be learnt from, since none is given" : null;
    }
}
