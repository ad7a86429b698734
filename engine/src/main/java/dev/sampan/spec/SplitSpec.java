package dev.sampan.spec;

import org.jspecify.annotations.Nullable;

/// How rows become training, validation and test rows.
///
/// @param type how they are dealt out
/// @param column of `HASH`: whose hash decides, null for the input columns together, so that equal rows stay
///     together; of `GROUP` and `K_FOLD`: whose equal values stay together; of `STRATIFY`: whose values stand
///     in every split in equal shares, null for the output; of `DATETIME`: the time; of `FIXED`: the split's
///     name
/// @param train share of training rows; of `K_FOLD` and with fixed test rows its proportion to `validation`
///     counts
/// @param test share of test rows; with `train` and `validation` 1
/// @param seed of `RANDOM`, `STRATIFY`, `GROUP` and `K_FOLD`
/// @param folds of `K_FOLD`: how many parts, each in turn the test rows
/// @param fold of `K_FOLD`: which part, from 0
/// @param stratify of `K_FOLD`: every label stands in every part in equal shares
public record SplitSpec(
        Type type,
        @Nullable String column,
        double train,
        double validation,
        double test,
        long seed,
        int folds,
        int fold,
        boolean stratify) {
    public static final long SEED = 42;
    public static final int FOLDS = 5;

    public SplitSpec {
        if (folds < 2 || fold < 0 || fold >= folds) {
            throw new IllegalArgumentException("fold " + fold + " of " + folds);
        }
    }

    /// By hash.
    public SplitSpec(@Nullable String column, double train, double validation, double test) {
        this(Type.HASH, column, train, validation, test, SEED, FOLDS, 0, false);
    }

    public SplitSpec withShares(double otherTrain, double otherValidation, double otherTest) {
        return new SplitSpec(type, column, otherTrain, otherValidation, otherTest, seed, folds, fold, stratify);
    }

    /// How rows are dealt out.
    public enum Type {
        /// By a hash: a row stays where it is when others join.
        HASH,
        /// By a seeded order, in exact shares.
        RANDOM,
        /// As `RANDOM` within each label.
        STRATIFY,
        /// As `RANDOM`, groups of rows whole.
        GROUP,
        /// The earliest are for training, the latest for testing.
        DATETIME,
        /// As a column says.
        FIXED,
        /// One of several equal parts is for testing.
        K_FOLD;

        /// Whether the order comes from the seed.
        public boolean seeded() {
            return this == RANDOM || this == STRATIFY || this == GROUP || this == K_FOLD;
        }
    }
}
