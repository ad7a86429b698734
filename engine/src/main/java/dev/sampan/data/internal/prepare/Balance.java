package dev.sampan.data.internal.prepare;

import dev.sampan.data.Split;
import dev.sampan.kernel.Sha256;
import dev.sampan.spec.ResampleSpec;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// How often each training row is written so that the categories come as near to each other as `data.resample` asks.
///
/// Of n rows w are wanted: each is written ⌊w/n⌋ times, and w mod n of them, drawn without returning (Knuth,
/// algorithm S: one pass, no list), once more. Asked row by row in their order, each once.
final class Balance {
    private static final class Category {
        private final SplittableRandom random;
        private final long each;
        private long rows;
        private long more;

        Category(long rows, long wanted, SplittableRandom random) {
            this.random = random;
            this.rows = rows;
            this.each = wanted / rows;
            this.more = wanted % rows;
        }

        int times() {
            boolean drawn = random.nextLong(rows) < more;
            rows--;
            more -= drawn ? 1 : 0;
            return Math.toIntExact(each + (drawn ? 1 : 0));
        }
    }

    private final @Nullable Category[] categories;
    private long repeated;
    private long leftOut;

    /// @param labels names of the categories by number
    Balance(@Nullable ResampleSpec spec, List<String> labels, Tally tally) {
        categories = new Category[spec == null ? 0 : labels.size()];
        if (spec == null) {
            return;
        }
        long[] rows = tally.labels().stream()
                .mapToLong(label -> tally.count(label, Split.TRAIN))
                .filter(count -> count > 0)
                .sorted()
                .toArray();
        long least = rows.length == 0 ? 0 : rows[0];
        long most = rows.length == 0 ? 0 : rows[rows.length - 1];
        for (int label = 0; label < categories.length; label++) {
            String name = labels.get(label);
            long count = tally.labels().contains(name) ? tally.count(name, Split.TRAIN) : 0;
            long wanted = switch (spec.type()) {
                case OVERSAMPLE -> Math.max(count, (long) Math.ceil(most * spec.ratio()));
                case UNDERSAMPLE -> Math.min(count, (long) Math.floor(least / spec.ratio()));
            };
            if (count > 0) {
                long named = Long.parseUnsignedLong(Sha256.of(name).hex().substring(0, 16), 16);
                categories[label] = new Category(count, wanted, new SplittableRandom(Strata.mix(spec.seed() ^ named)));
            }
        }
    }

    /// How often the next training row is written.
    int times(int label) {
        Category category = categories.length == 0 ? null : categories[label];
        int times = category == null ? 1 : category.times();
        repeated += Math.max(0, times - 1);
        leftOut += times == 0 ? 1 : 0;
        return times;
    }

    long repeated() {
        return repeated;
    }

    long leftOut() {
        return leftOut;
    }
}
