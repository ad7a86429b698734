package dev.sampan.data.profile;

import dev.sampan.data.Decimals;
import dev.sampan.data.Row;
import dev.sampan.data.profile.Profile.Column;
import dev.sampan.data.profile.Profile.Kind;
import dev.sampan.data.profile.Profile.Suspect;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

/// Labels that look wrong: five folds of the sample, each judged by a naive Bayes classifier (Bernoulli's
/// tokens with Laplace's smoothing) of the other four. A row is suspect where that model gives another label by
/// a margin seen in few of the rows it gets right. Where it is hardly better than always saying the commonest
/// label, it has no say.
final class LabelNoise {
    static final int SUSPECTS_MAX = 30;
    private static final int FOLDS = 5;
    private static final int ROWS_MIN = 50;
    private static final int LABELS_MAX = 200;
    private static final int TOKENS = 1 << 15;
    private static final int TOKENS_OF_A_ROW = 300;
    private static final double BETTER = 1.25;

    private final List<Row> rows;
    private final List<String> labels;
    private final int[] truth;
    private final int[][] tokens;
    private final int[] guessed;
    private final double[] margins;

    private LabelNoise(List<Row> rows, List<Column> columns, int target) {
        this.rows = rows;
        this.labels = rows.stream()
                .map(row -> row.values().get(target).strip())
                .distinct()
                .sorted()
                .toList();
        this.truth = rows.stream()
                .mapToInt(row -> labels.indexOf(row.values().get(target).strip()))
                .toArray();
        this.tokens = rows.stream().map(row -> tokens(row, columns, target)).toArray(int[][]::new);
        this.guessed = new int[rows.size()];
        this.margins = new double[rows.size()];
    }

    static List<Suspect> find(List<Row> sample, List<Column> columns, int target) {
        if (target < 0 || columns.get(target).distinct() > LABELS_MAX) {
            return List.of();
        }
        List<Row> rows = sample.stream()
                .filter(row -> !row.values().get(target).isBlank())
                .toList();
        LabelNoise noise = new LabelNoise(rows, columns, target);
        return rows.size() < ROWS_MIN || noise.labels.size() < 2 ? List.of() : noise.suspects();
    }

    private List<Suspect> suspects() {
        for (int fold = 0; fold < FOLDS; fold++) {
            judge(fold);
        }
        long[] counts = new long[labels.size()];
        List<Double> right = new ArrayList<>();
        for (int row = 0; row < truth.length; row++) {
            counts[truth[row]]++;
            if (guessed[row] == truth[row]) {
                right.add(margins[row]);
            }
        }
        double commonest = (double) Arrays.stream(counts).max().orElse(0) / truth.length;
        double accuracy = (double) right.size() / truth.length;
        if (1 - accuracy > (1 - commonest) / BETTER) {
            return List.of();
        }
        right.sort(null);
        double sure = right.get(right.size() / 2);
        return IntStream.range(0, truth.length)
                .filter(row -> guessed[row] != truth[row] && margins[row] >= sure)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer row) -> -margins[row]))
                .limit(SUSPECTS_MAX)
                .map(row -> new Suspect(
                        rows.get(row).origin(), labels.get(truth[row]), labels.get(guessed[row]), margins[row]))
                .toList();
    }

    private void judge(int fold) {
        double[] rowsOf = new double[labels.size()];
        float[][] with = new float[labels.size()][TOKENS];
        double[] all = new double[labels.size()];
        for (int row = 0; row < truth.length; row++) {
            if (row % FOLDS != fold) {
                rowsOf[truth[row]]++;
                for (int token : tokens[row]) {
                    with[truth[row]][token]++;
                    all[truth[row]]++;
                }
            }
        }
        for (int row = fold; row < truth.length; row += FOLDS) {
            double[] scores = new double[labels.size()];
            for (int label = 0; label < scores.length; label++) {
                scores[label] = Math.log((rowsOf[label] + 1) / (truth.length + labels.size()));
                for (int token : tokens[row]) {
                    scores[label] += Math.log((with[label][token] + 0.1) / (all[label] + 0.1 * TOKENS));
                }
            }
            settle(row, scores);
        }
    }

    /// Margins are per token, since the tokens of one text are far from independent.
    private void settle(int row, double[] scores) {
        int best = 0;
        for (int label = 1; label < scores.length; label++) {
            best = scores[label] > scores[best] ? label : best;
        }
        guessed[row] = best;
        double other = Double.NEGATIVE_INFINITY;
        for (int label = 0; label < scores.length; label++) {
            other = label == best ? other : Math.max(other, scores[label]);
        }
        double against = best == truth[row] ? other : scores[truth[row]];
        margins[row] = (scores[best] - against) / Math.sqrt(Math.max(1, tokens[row].length));
    }

    private static int[] tokens(Row row, List<Column> columns, int target) {
        Set<Integer> tokens = new HashSet<>();
        for (int i = 0; i < columns.size() && tokens.size() < TOKENS_OF_A_ROW; i++) {
            String value = row.values().get(i).strip().toLowerCase(Locale.ROOT);
            if (i == target || value.isEmpty()) {
                continue;
            }
            String name = columns.get(i).name() + "=";
            switch (columns.get(i).kind()) {
                case TEXT -> words(value, tokens);
                case CATEGORY -> tokens.add(token(name + value));
                case NUMBER -> tokens.add(token(name + quarter(columns.get(i), value)));
                case DATE, IMAGE, EMPTY -> {}
            }
        }
        return tokens.stream().mapToInt(Integer::intValue).toArray();
    }

    private static void words(String text, Set<Integer> tokens) {
        for (String word : text.split("[^\\p{L}\\p{N}]+")) {
            boolean letters = word.codePoints().allMatch(c -> c < 0x2E80);
            if (letters && !word.isEmpty()) {
                tokens.add(token(word));
            }
            for (int i = 0; !letters && i + 1 < word.length(); i++) { // Chinese: pairs of characters
                tokens.add(token(word.substring(i, i + 2)));
            }
        }
    }

    private static String quarter(Column column, String value) {
        Double number = Decimals.parse(value);
        Profile.Numbers numbers = column.numbers();
        if (number == null || numbers == null) {
            return "none";
        }
        return number <= numbers.q1() ? "1" : number <= numbers.median() ? "2" : number <= numbers.q3() ? "3" : "4";
    }

    private static int token(String text) {
        return (int) (ColumnStats.hash(text) >>> 40) & (TOKENS - 1);
    }

    static boolean isCategory(Column column) {
        return column.kind() == Kind.CATEGORY || column.distinct() <= 20;
    }
}
