package dev.sampan.spec.internal;

import dev.sampan.spec.SplitSpec;
import dev.sampan.spec.SplitSpec.Type;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The keys of block `data.split`. A key that means nothing to the chosen type is refused, so it is written
/// only where it means something.
final class SplitTable {
    static final List<Double> PROBABILITIES = List.of(0.8, 0.1, 0.1);
    static final Block<SplitSpec> SPLIT = split();

    private SplitTable() {}

    private static Block<SplitSpec> split() {
        Field<SplitSpec, Type> type = Field.of(
                "type",
                TextTypes.choice(Type.class),
                Type.HASH,
                "How rows are dealt out: by a hash, so that a row stays where it is when others join; in a seeded order"
                        + " (random, within each label with stratify, groups whole with group); by time; as a column"
                        + " says (fixed); or as one of several folds",
                SplitSpec::type);
        Field<SplitSpec, String> column = Field.nullable(
                        "column",
                        TextTypes.text(),
                        "hash: whose hash decides, such as a customer's number; null: the input columns together."
                                + " group, k_fold: whose equal values stay together. stratify: whose values stand in"
                                + " each split alike; null: the output. datetime: the time. fixed: the split's name",
                        SplitSpec::column)
                .alias("datetime_column");
        Field<SplitSpec, List<Double>> probabilities = Field.of(
                "probabilities",
                new ListType<>(NumberTypes.number(NumberTypes.Range.closed(0.0, 1.0)), "shares", 2, 3),
                PROBABILITIES,
                "Shares of training, validation and test rows, together 1; with test_dataset the third is 0 or left"
                        + " out, and what it would have had goes to training; k_fold keeps the first two's proportion",
                s -> List.of(s.train(), s.validation(), s.test()));
        Field<SplitSpec, Long> seed = Field.nullable(
                "seed",
                NumberTypes.seed(),
                "Seed of the order, 42 when absent; of random, stratify, group and k_fold",
                s -> s.type().seeded() ? (Long) s.seed() : null);
        Field<SplitSpec, Integer> folds = Field.nullable(
                "folds",
                NumberTypes.whole(2, 100),
                "Of k_fold: how many parts, 5 when absent",
                s -> s.type() == Type.K_FOLD ? (Integer) s.folds() : null);
        Field<SplitSpec, Integer> fold = Field.nullable(
                "fold",
                NumberTypes.whole(0, 99),
                "Of k_fold: which part is for testing, from 0",
                s -> s.type() == Type.K_FOLD ? (Integer) s.fold() : null);
        Field<SplitSpec, Boolean> stratify = Field.nullable(
                "stratify",
                TextTypes.truth(),
                "Of k_fold: each label stands in every part alike",
                s -> s.type() == Type.K_FOLD ? (Boolean) s.stratify() : null);
        return new Block<>(List.of(type, column, probabilities, seed, folds, fold, stratify), Set.of("val_size"), v -> {
            SplitSpec shares = shares(v, v.find(column), v.get(probabilities));
            Type chosen = v.get(type);
            return shares == null || !fits(v, chosen, v.find(column) != null, meant(v, seed, folds, fold, stratify))
                    ? null
                    : folded(
                            v,
                            new SplitSpec(
                                    chosen,
                                    shares.column(),
                                    shares.train(),
                                    shares.validation(),
                                    shares.test(),
                                    v.find(seed, SplitSpec.SEED),
                                    v.find(folds, SplitSpec.FOLDS),
                                    0,
                                    v.find(stratify, false)),
                            v.find(fold, 0));
        });
    }

    private static @Nullable SplitSpec folded(Values values, SplitSpec split, int fold) {
        if (fold >= split.folds()) {
            values.problem(
                    "fold",
                    Spot.OUT_OF_RANGE,
                    "There is no fold " + fold + " of " + split.folds() + ": they are counted from 0",
                    "Write 0 to " + (split.folds() - 1));
            return null;
        }
        return new SplitSpec(
                split.type(),
                split.column(),
                split.train(),
                split.validation(),
                split.test(),
                split.seed(),
                split.folds(),
                fold,
                split.stratify());
    }

    /// Names of the keys that stand there with a value.
    private static Set<String> meant(Values values, Field<?, ?>... fields) {
        return Stream.of(fields)
                .filter(field -> values.find(field) != null)
                .map(Field::name)
                .collect(Collectors.toSet());
    }

    private static boolean fits(Values values, Type type, boolean named, Set<String> keys) {
        String name = type.name().toLowerCase(Locale.ROOT);
        if (!named && (type == Type.GROUP || type == Type.DATETIME || type == Type.FIXED)) {
            values.problem(
                    "type",
                    "spec.missing_key",
                    "'type: " + name + "' needs the column by which rows are dealt out",
                    "Add 'column: …'");
            return false;
        }
        if (named && type == Type.RANDOM) {
            return refused(values, "column", name);
        }
        if (!type.seeded() && keys.contains("seed")) {
            return refused(values, "seed", name);
        }
        for (String key : List.of("folds", "fold", "stratify")) {
            if (type != Type.K_FOLD && keys.contains(key)) {
                return refused(values, key, name);
            }
        }
        return true;
    }

    private static boolean refused(Values values, String key, String type) {
        values.problem(
                key, Spot.OUT_OF_RANGE, "'" + key + "' means nothing to 'type: " + type + "'", "Leave the key out");
        return false;
    }

    private static @Nullable SplitSpec shares(Values values, @Nullable String column, List<Double> shares) {
        double test = shares.size() == 3 ? shares.get(2) : 0;
        double sum = shares.get(0) + shares.get(1) + test;
        if (Math.abs(sum - 1) > 1e-6) {
            values.problem(
                    "probabilities",
                    Spot.OUT_OF_RANGE,
                    "The shares " + shares + " add up to " + (float) sum + ", not to 1",
                    "Write for example " + PROBABILITIES);
            return null;
        }
        if (shares.get(0) == 0 || shares.get(1) == 0) {
            values.problem(
                    "probabilities",
                    Spot.OUT_OF_RANGE,
                    "Training and validation both need a share of the rows, but the shares are " + shares,
                    "Write for example " + PROBABILITIES);
            return null;
        }
        return new SplitSpec(column, shares.get(0), shares.get(1), test);
    }
}
