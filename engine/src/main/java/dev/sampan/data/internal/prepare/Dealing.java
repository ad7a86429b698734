package dev.sampan.data.internal.prepare;

import dev.sampan.data.Split;
import dev.sampan.spec.SplitSpec;
import dev.sampan.spec.SplitSpec.Type;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;

/// Where every kept row goes. Rows that are held together (equal, similar, of one group) are a unit and go
/// together.
///
/// By hash, time or column a row knows its place alone, and a unit goes where its first row goes. In a seeded
/// order the units are sorted by a hash of the seed and of their content, so the order of the files does not
/// matter, and each label's units ([Strata]) are cut at exact shares.
final class Dealing implements Sides, AutoCloseable {
    private static final Split[] SPLITS = Split.values();

    private final RowStore rows;
    private final Similarity similarity;
    private final IntFunction<Split> given;
    private final SplitSpec spec;
    /// By unit: the rows kept of it while the shares are counted; then the ordinal of its split.
    private final Ints sizes;

    /// By unit: 1 + the row whose hash is the smallest, which stands for the unit; 0 when no row of it is kept.
    private final Ints speakers;

    private Dealing(RowStore rows, Similarity similarity, IntFunction<Split> given, SplitSpec spec, Path folder)
            throws IOException {
        this.rows = rows;
        this.similarity = similarity;
        this.given = given;
        this.spec = spec;
        int size = spec.type().seeded() ? rows.size() : 0;
        this.sizes = new Ints(folder.resolve("unit-sizes"), size);
        this.speakers = new Ints(folder.resolve("unit-speakers"), size);
    }

    /// Where a row goes when it goes by itself.
    ///
    /// @param fixedTest the test rows come from a file of their own
    static IntFunction<Split> given(RowStore rows, SplitSpec spec, boolean fixedTest) {
        if (spec.type() != Type.DATETIME) {
            return rows::split;
        }
        TimeCut cut = TimeCut.of(rows, spec, fixedTest);
        return row -> rows.heldOut(row) ? Split.TEST : cut.split(rows.key(row));
    }

    /// @param labels names of the categories by number
    /// @param folder for what only the work needs
    static Dealing of(
            RowStore rows,
            Similarity similarity,
            IntFunction<Split> given,
            SplitSpec spec,
            List<String> labels,
            Path folder)
            throws IOException {
        Dealing dealing = new Dealing(rows, similarity, given, spec, folder);
        try {
            if (spec.type().seeded()) {
                dealing.deal(labels, folder);
            }
            return dealing;
        } catch (IOException | RuntimeException e) {
            dealing.close();
            throw e;
        }
    }

    private void deal(List<String> labels, Path folder) throws IOException {
        for (int row = 0; row < rows.size(); row++) {
            if (kept(row) && !rows.heldOut(row)) {
                int unit = unit(row);
                sizes.set(unit, sizes.get(unit) + 1);
                int speaker = speakers.get(unit) - 1;
                if (speaker < 0 || order(row) < order(speaker)) {
                    speakers.set(unit, row + 1);
                }
            }
        }
        Strata strata = new Strata(rows, spec, labels);
        try (Buckets buckets = new Buckets(folder, "order")) {
            for (int unit = 0; unit < rows.size(); unit++) {
                if (speakers.get(unit) > 0) {
                    int speaker = speakers.get(unit) - 1;
                    strata.count(speaker, sizes.get(unit));
                    buckets.add(order(speaker), speaker);
                }
            }
            for (int file = 0; file < Buckets.FILES; file++) {
                buckets.forEach(file, this::order, speaker -> {
                    int unit = unit(speaker);
                    sizes.set(unit, strata.deal(speaker, sizes.get(unit)).ordinal());
                });
            }
        }
    }

    private int unit(int row) {
        return similarity.goesByItself(row) ? row : similarity.root(row);
    }

    private long order(int row) {
        return Strata.mix(spec.seed() ^ Strata.mix(rows.identity(row)));
    }

    @Override
    public boolean kept(int row) {
        return similarity.kept(row);
    }

    @Override
    public Split split(int row) {
        if (rows.heldOut(row)) {
            return Split.TEST;
        }
        int unit = unit(row);
        return spec.type().seeded() ? SPLITS[sizes.get(unit)] : given.apply(unit);
    }

    @Override
    public void close() {
        sizes.close();
        speakers.close();
    }
}
