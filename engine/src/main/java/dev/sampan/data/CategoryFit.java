package dev.sampan.data;

import dev.sampan.data.ColumnFitting.Answered;
import dev.sampan.data.ColumnFitting.Taste;
import dev.sampan.spec.Preprocessing.Categories;
import dev.sampan.spec.Preprocessing.Encoding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Fits the columns of categories: counts each one, and what its rows answer, fold by fold.
final class CategoryFit implements ColumnFit {
    /// More different values are no categories; what comes after them counts as the others.
    private static final int DISTINCT_MAX = 1_000_000;

    private final String name;
    private final Categories how;
    private final Taste taste;
    private final int answers;
    private final Map<String, Seen> seen = new HashMap<>();
    private final Seen all;

    /// @param answers how many numbers an answer has, 0 when nothing is answered
    CategoryFit(String name, Categories how, Taste taste, int answers) {
        this.name = name;
        this.how = how;
        this.taste = taste;
        this.answers = answers;
        this.all = new Seen(answers);
    }

    /// Rows and sums of answers, by fold.
    private static final class Seen {
        private final long[] rows = new long[ColumnFitting.FOLDS];
        private final double[] sums;

        Seen(int answers) {
            sums = new double[answers * ColumnFitting.FOLDS];
        }

        void add(Answered answered) {
            rows[answered.fold()]++;
            double[] values = answered.values();
            for (int i = 0; i < values.length; i++) {
                sums[answered.fold() * values.length + i] += values[i];
            }
        }

        long rows(int without) {
            long count = 0;
            for (int fold = 0; fold < rows.length; fold++) {
                count += fold == without ? 0 : rows[fold];
            }
            return count;
        }

        double sum(int answer, int without) {
            double sum = 0;
            int answers = sums.length / rows.length;
            for (int fold = 0; fold < rows.length; fold++) {
                sum += fold == without ? 0 : sums[fold * answers + answer];
            }
            return sum;
        }
    }

    @Override
    public void add(String value, Answered answered) {
        all.add(answered);
        String category = value.strip();
        Seen known = seen.get(category);
        if (known == null && seen.size() < DISTINCT_MAX) {
            known = new Seen(encoding() == Encoding.TARGET || how.encoding() == Encoding.AUTO ? answers : 0);
            seen.put(category, known);
        }
        if (known != null) {
            known.add(known.sums.length == 0 ? answered.withoutValues() : answered);
        }
    }

    @Override
    public FittedColumn fitted(int withoutFold) {
        KnownCategories kept = kept();
        return switch (decided(kept)) {
            case ONE_HOT -> new OneHotColumn(name, kept);
            case ORDINAL -> new OrdinalColumn(name, kept);
            case INDEX -> new IndexColumn(name, kept);
            case HASH -> new HashColumn(name, how.hashSize(), kept.typical());
            case TARGET -> new TargetColumn(name, kept, means(kept, withoutFold));
            case AUTO -> throw new IllegalStateException("decided");
        };
    }

    @Override
    public boolean looksAtAnswers() {
        return decided(kept()) == Encoding.TARGET;
    }

    private Encoding encoding() {
        return how.encoding() == Encoding.AUTO && taste == Taste.EMBEDDED ? Encoding.INDEX : how.encoding();
    }

    private Encoding decided(KnownCategories kept) {
        if (encoding() != Encoding.AUTO) {
            return encoding();
        }
        if (kept.size() <= Encoding.ONE_HOT_MAX) {
            return Encoding.ONE_HOT;
        }
        return answers > 0 ? Encoding.TARGET : Encoding.HASH;
    }

    private KnownCategories kept() {
        return new KnownCategories(seen.entrySet().stream()
                .filter(entry -> count(entry.getValue()) >= how.minCount())
                .sorted(Comparator.comparingLong((Map.Entry<String, Seen> entry) -> -count(entry.getValue()))
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(how.mostCommon())
                .map(Map.Entry::getKey)
                .toList());
    }

    private static long count(Seen seen) {
        return seen.rows(ALL);
    }

    private List<List<Double>> means(KnownCategories kept, int without) {
        List<List<Double>> means = new ArrayList<>();
        long others = all.rows(without);
        double[] othersSum = new double[answers];
        for (int i = 0; i < answers; i++) {
            othersSum[i] = all.sum(i, without);
        }
        for (String category : kept.names()) {
            Seen rows = Objects.requireNonNull(seen.get(category));
            double[] sums = new double[answers];
            for (int i = 0; i < answers; i++) {
                sums[i] = rows.sum(i, without);
                othersSum[i] -= sums[i];
            }
            others -= rows.rows(without);
            means.add(drawn(rows.rows(without), sums, without));
        }
        means.add(drawn(others, othersSum, without));
        return means;
    }

    /// (Σ y + m ȳ) / (n + m)
    private List<Double> drawn(long rows, double[] sums, int without) {
        List<Double> means = new ArrayList<>();
        double overall = Math.max(1, all.rows(without));
        for (int i = 0; i < sums.length; i++) {
            double mean = all.sum(i, without) / overall;
            double weight = rows + how.smoothing();
            means.add(weight == 0 ? mean : (sums[i] + how.smoothing() * mean) / weight);
        }
        return means;
    }

    @Override
    public List<String> notes() {
        KnownCategories kept = kept();
        if (encoding() == Encoding.HASH || kept.size() == seen.size()) {
            return List.of();
        }
        long rows = all.rows(ALL);
        for (String category : kept.names()) {
            rows -= count(Objects.requireNonNull(seen.get(category)));
        }
        return List.of("'" + name + "' has " + (seen.size() - kept.size()) + " rare categories, of " + rows
                + " training rows, that count as one");
    }
}
