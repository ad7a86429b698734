package dev.sampan.data.internal.prepare;

import dev.sampan.data.Dates;
import dev.sampan.data.Split;
import dev.sampan.data.internal.prepare.HashSplit.Hashes;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.spec.SplitSpec;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What the split needs to know of a row, taken while it is read: the split itself where the row alone decides
/// it, else the moment, or the hash of its group.
final class SplitKeys {
    private final SplitSpec spec;
    private final HashSplit hash;

    /// @param fixedTest the test rows come from a file of their own
    SplitKeys(SplitSpec spec, boolean fixedTest) {
        this.spec = spec;
        this.hash = new HashSplit(spec, fixedTest);
    }

    /// @param identity names the inputs
    /// @param split where the row goes by itself; TRAIN where that is decided later
    /// @param key moment in milliseconds, or hash of the group; 0 where neither is asked
    record Key(long identity, Split split, long key) {}

    /// @param values of the row, the inputs first
    /// @param inputs how many there are
    /// @param column value of the split's column; null when there is none, or the row is held out
    /// @throws ProblemException `data.not_a_date`, `data.not_a_split`
    Key of(RowBytes values, int inputs, @Nullable String column, Supplier<String> origin) {
        Hashes hashes = hash.of(values, inputs);
        String value = column == null ? "" : column.strip();
        return switch (spec.type()) {
            case HASH -> {
                long side = column == null ? hashes.side() : hash.of(value).side();
                yield new Key(hashes.identity(), hash.split(side), 0);
            }
            case RANDOM, STRATIFY, GROUP, K_FOLD ->
                new Key(
                        hashes.identity(),
                        Split.TRAIN,
                        column == null ? 0 : hash.of(value).identity());
            case DATETIME -> new Key(hashes.identity(), Split.TRAIN, column == null ? 0 : moment(value, origin));
            case FIXED -> new Key(hashes.identity(), named(value, origin), 0);
        };
    }

    private long moment(String value, Supplier<String> origin) {
        Long millis = Dates.millis(value);
        if (millis == null) {
            throw new ProblemException(
                    Cells.notADate(value, String.valueOf(spec.column())).at(origin.get()));
        }
        return millis;
    }

    private Split named(String value, Supplier<String> origin) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "train", "training", "0" -> Split.TRAIN;
            case "validation", "valid", "val", "dev", "1" -> Split.VALIDATION;
            case "test", "testing", "2" -> Split.TEST;
            default ->
                throw new ProblemException(Problem.of(
                                "data.not_a_split",
                                "Column '" + spec.column() + "' holds '" + Cells.shown(value)
                                        + "', which names no split")
                        .at(origin.get())
                        .remedy("Write train, validation or test"));
        };
    }
}
