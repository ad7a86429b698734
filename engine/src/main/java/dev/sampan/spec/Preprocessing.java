package dev.sampan.spec;

import dev.sampan.spec.DataSpec.InputType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the values of one input column become what a model reads. `AUTO` is decided when the column is fitted, by what
/// the architecture takes best: trees read numbers as they stand and gaps as gaps, networks read them scaled and
/// filled.
public sealed interface Preprocessing
        permits Preprocessing.None, Preprocessing.Numbers, Preprocessing.Categories, Preprocessing.Dates, ImageSpec {
    /// What stands when nothing is written.
    static Preprocessing of(InputType type) {
        return switch (type) {
            case NUMBER -> Numbers.DEFAULT;
            case CATEGORY -> Categories.DEFAULT;
            case DATE -> Dates.DEFAULT;
            case IMAGE -> ImageSpec.DEFAULT;
            case TEXT -> new None();
        };
    }

    /// Columns whose preparation is told elsewhere: texts by `clean` and the architecture's tokenizer.
    record None() implements Preprocessing {}

    /// Of a number: clip, fill, scale, in this order. Everything is fitted on training rows alone.
    ///
    /// @param missing what takes the place of a missing value
    /// @param fillValue for [Missing#CONSTANT]
    /// @param clip bounds in the column's own unit; null for none
    /// @param clipQuantiles bounds as shares of the training rows; null for none; not beside `clip`
    record Numbers(
            Missing missing,
            double fillValue,
            Normalization normalization,
            @Nullable Bounds clip,
            @Nullable Bounds clipQuantiles)
            implements Preprocessing {
        static final Numbers DEFAULT = new Numbers(Missing.AUTO, 0, Normalization.AUTO, null, null);
    }

    /// From `low` to `high`.
    record Bounds(double low, double high) {}

    /// What takes the place of a missing number.
    enum Missing {
        /// [#KEEP] for trees, [#MEDIAN] for networks.
        AUTO,
        MEDIAN,
        MEAN,
        MOST_FREQUENT,
        CONSTANT,
        /// Nothing: not-a-number stays, which trees alone can read.
        KEEP
    }

    /// How numbers are scaled.
    enum Normalization {
        /// [#NONE] for trees, [#ZSCORE] for networks.
        AUTO,
        /// (x − mean) / standard deviation.
        ZSCORE,
        /// (x − least) / (greatest − least).
        MINMAX,
        /// The share of training rows below, 0 to 1.
        QUANTILE,
        NONE
    }

    /// Of a category.
    ///
    /// @param mostCommon at most so many categories are kept, the most frequent ones
    /// @param minCount a category seen less often in the training rows is one of the others
    /// @param hashSize buckets of [Encoding#HASH]
    /// @param smoothing of [Encoding#TARGET]: the weight of the overall mean, in rows
    record Categories(Encoding encoding, int mostCommon, int minCount, int hashSize, double smoothing)
            implements Preprocessing {
        static final Categories DEFAULT = new Categories(Encoding.AUTO, 1000, 2, 256, 10);
    }

    /// What a category becomes.
    enum Encoding {
        /// [#INDEX] for networks with embeddings; else [#ONE_HOT], and [#TARGET] where there are more than
        /// [#ONE_HOT_MAX] categories.
        AUTO,
        /// A number for each category, 1 for its own, and one for all others.
        ONE_HOT,
        /// Its place in the order of frequency, as a number.
        ORDINAL,
        /// The same place, for a table of embeddings.
        INDEX,
        /// 1 in the bucket that its hash says.
        HASH,
        /// The mean of what is to be answered, over the training rows of the category; for training rows themselves
        /// without their own fold.
        TARGET;

        /// More are too wide to be worth it.
        public static final int ONE_HOT_MAX = 64;
    }

    /// Of a day or moment.
    ///
    /// @param format pattern of `java.time`; null for ISO and the other year-first forms, and for seconds or
    ///     milliseconds since 1970
    /// @param parts in the order of the numbers they become
    /// @param cyclic months, days, weekdays and hours as sine and cosine, so that December is beside January
    record Dates(@Nullable String format, List<Part> parts, boolean cyclic) implements Preprocessing {
        static final Dates DEFAULT =
                new Dates(null, List.of(Part.ELAPSED, Part.YEAR, Part.MONTH, Part.DAY, Part.WEEKDAY, Part.HOUR), true);

        public Dates {
            parts = List.copyOf(parts);
        }
    }

    /// What is read off a date.
    enum Part {
        YEAR,
        MONTH,
        DAY,
        WEEKDAY,
        HOUR,
        /// Days since the earliest training row.
        ELAPSED
    }
}
