package dev.sampan.data.internal.prepare;

import dev.sampan.data.Split;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Sha256;
import dev.sampan.spec.SplitSpec;
import dev.sampan.spec.SplitSpec.Type;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Cuts each label's rows, as they come in a seeded order, at the shares of the split.
///
/// A stratum of n rows is cut at ⌊n·p + u⌋, with one u from 0 to 1 for each stratum out of the seed and its
/// name (systematic rounding: Madow 1949). So every share is met within one row, and where a label has too few
/// rows for every split, the splits take turns over the labels.
final class Strata {
    private static final int STRATA_MAX = 100_000;

    private static final class Stratum {
        private final double u;
        private long rows;
        private long dealt;

        Stratum(long name, long seed) {
            u = (mix(name ^ seed) >>> 11) * 0x1.0p-53;
        }

        long cut(double share) {
            return share >= 1 ? rows : share <= 0 ? 0 : (long) Math.floor(rows * share + u);
        }
    }

    private final RowStore store;
    private final SplitSpec spec;
    private final boolean stratified;
    private final boolean byColumn;
    private final long[] names;
    private final @Nullable Stratum[] byLabel;
    private final Map<Long, Stratum> strata = new HashMap<>();

    /// @param labels names of the categories by number
    Strata(RowStore store, SplitSpec spec, List<String> labels) {
        this.store = store;
        this.spec = spec;
        this.stratified = spec.type() == Type.STRATIFY || (spec.type() == Type.K_FOLD && spec.stratify());
        this.byColumn = spec.type() == Type.STRATIFY && spec.column() != null;
        this.names = labels.stream()
                .mapToLong(
                        label -> Long.parseUnsignedLong(Sha256.of(label).hex().substring(0, 16), 16))
                .toArray();
        this.byLabel = new Stratum[Math.max(1, names.length)];
    }

    /// A unit that will be dealt.
    void count(int row, int size) {
        stratum(row).rows += size;
    }

    /// The next unit in order.
    Split deal(int row, int size) {
        Stratum stratum = stratum(row);
        double middle = stratum.dealt + size / 2.0;
        stratum.dealt += size;
        return spec.type() == Type.K_FOLD ? folded(stratum, middle) : cut(stratum, middle);
    }

    private Split cut(Stratum stratum, double middle) {
        double all = spec.train() + spec.validation() + spec.test();
        return middle < stratum.cut(spec.train() / all)
                ? Split.TRAIN
                : spec.test() == 0 || middle < stratum.cut((spec.train() + spec.validation()) / all)
                        ? Split.VALIDATION
                        : Split.TEST;
    }

    private Split folded(Stratum stratum, double middle) {
        long from = stratum.cut((double) spec.fold() / spec.folds());
        long to = stratum.cut((spec.fold() + 1.0) / spec.folds());
        if (middle >= from && middle < to) {
            return Split.TEST;
        }
        long rest = stratum.rows - (to - from);
        double place = middle < from ? middle : middle - (to - from);
        long training = (long) Math.floor(rest * spec.train() / (spec.train() + spec.validation()) + stratum.u);
        return place < training ? Split.TRAIN : Split.VALIDATION;
    }

    private Stratum stratum(int row) {
        if (byColumn) {
            return named(store.key(row));
        }
        int label = stratified ? store.label(row) : 0;
        Stratum known = byLabel[label];
        if (known == null) {
            known = named(stratified ? names[label] : 0);
            byLabel[label] = known;
        }
        return known;
    }

    private Stratum named(long name) {
        Stratum known = strata.get(name);
        if (known != null) {
            return known;
        }
        if (strata.size() == STRATA_MAX) {
            throw new ProblemException(Problem.of(
                            "data.too_many_strata",
                            "Column '" + spec.column() + "' has more than " + STRATA_MAX
                                    + " different values, too many to stratify by")
                    .remedy("Stratify by a column of few values"));
        }
        Stratum made = new Stratum(name, spec.seed());
        strata.put(name, made);
        return made;
    }

    /// The finaliser of SplitMix64 (Steele, Lea, Flood 2014).
    static long mix(long z) {
        long x = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
        return x ^ (x >>> 31);
    }
}
