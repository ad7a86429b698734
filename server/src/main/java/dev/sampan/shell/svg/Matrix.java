package dev.sampan.shell.svg;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// A confusion matrix: truth in rows, answers in columns. Right answers are river, wrong ones lamp, each as
/// deep as its
/// share of its row.
public final class Matrix {
    private static final double LABELS = 132;
    private static final double CELL_MIN = 13;
    private static final double CELL_MAX = 44;
    private static final double SIDE = 460;
    private static final int LETTERS_MAX = 16;
    private static final int NUMBERED_MAX = 16;
    private static final int PAIRS_MAX = 100;

    private Matrix() {}

    /// @param labels names of rows and columns
    /// @param counts `counts[truth][answer]`, square
    public static Chart chart(String title, String corner, List<String> labels, long[][] counts) {
        int n = labels.size();
        if (counts.length != n || Arrays.stream(counts).anyMatch(row -> row.length != n)) {
            throw new IllegalArgumentException("counts are not " + n + " by " + n);
        }
        double cell = Math.clamp((SIDE - LABELS) / n, CELL_MIN, CELL_MAX);
        double top = n <= NUMBERED_MAX ? 22 : 8;
        Svg svg = new Svg(
                n <= NUMBERED_MAX ? "chart" : "chart wide",
                LABELS + cell * n + 2,
                top + cell * n + 2,
                title,
                describe(labels, counts));
        for (int truth = 0; truth < n; truth++) {
            double y = top + truth * cell;
            String number = n <= NUMBERED_MAX ? (truth + 1) + " " : "";
            svg.text("end strong", LABELS - 8, y + cell / 2 + 4, shorten(number + labels.get(truth)));
            if (n <= NUMBERED_MAX) {
                svg.text("mid", LABELS + (truth + 0.5) * cell, top - 8, String.valueOf(truth + 1));
            }
            row(svg, labels, counts[truth], truth, y, cell);
        }
        List<String> header = new ArrayList<>(List.of(corner));
        if (n > NUMBERED_MAX) {
            return new Chart(title, svg.end(), List.of(), List.of(corner, "#"), pairs(labels, counts));
        }
        header.addAll(labels);
        return new Chart(title, svg.end(), List.of(), header, table(labels, counts));
    }

    private static void row(Svg svg, List<String> labels, long[] counts, int truth, double y, double cell) {
        long total = Math.max(1, Arrays.stream(counts).sum());
        for (int answer = 0; answer < counts.length; answer++) {
            double x = LABELS + answer * cell;
            double share = (double) counts[answer] / total;
            double depth = counts[answer] == 0 ? 0 : 0.12 + 0.88 * share;
            long count = counts[answer];
            boolean right = answer == truth;
            String name = labels.get(truth) + " → " + labels.get(answer) + ": " + count;
            svg.titled(name, () -> {
                svg.rect("fsoft", x + 0.5, y + 0.5, cell - 1, cell - 1, 0.55);
                svg.rect(right ? "cell" : "wrong", x + 0.5, y + 0.5, cell - 1, cell - 1, depth);
                if (count > 0 && cell >= 22) {
                    String tone = right && depth > 0.55 ? "mid on" : "mid pale";
                    svg.text(tone, x + cell / 2, y + cell / 2 + 4, String.valueOf(count));
                }
            });
        }
    }

    private static List<List<String>> table(List<String> labels, long[][] counts) {
        List<List<String>> rows = new ArrayList<>();
        for (int truth = 0; truth < labels.size(); truth++) {
            List<String> row = new ArrayList<>(List.of(labels.get(truth)));
            Arrays.stream(counts[truth]).forEach(count -> row.add(String.valueOf(count)));
            rows.add(row);
        }
        return rows;
    }

    /// With many classes only what was confused, most often first: nobody reads thousands of cells.
    private static List<List<String>> pairs(List<String> labels, long[][] counts) {
        record Pair(String name, long count) {}
        List<Pair> pairs = new ArrayList<>();
        for (int truth = 0; truth < labels.size(); truth++) {
            for (int answer = 0; answer < labels.size(); answer++) {
                if (truth != answer && counts[truth][answer] > 0) {
                    pairs.add(new Pair(labels.get(truth) + " → " + labels.get(answer), counts[truth][answer]));
                }
            }
        }
        return pairs.stream()
                .sorted(Comparator.comparingLong(Pair::count).reversed())
                .limit(PAIRS_MAX)
                .map(pair -> List.of(pair.name(), String.valueOf(pair.count())))
                .toList();
    }

    /// The pair that is confused most often, which is what one looks for.
    private static String describe(List<String> labels, long[][] counts) {
        int worstTruth = 0;
        int worstAnswer = 0;
        long worst = 0;
        for (int truth = 0; truth < counts.length; truth++) {
            for (int answer = 0; answer < counts.length; answer++) {
                if (truth != answer && counts[truth][answer] > worst) {
                    worst = counts[truth][answer];
                    worstTruth = truth;
                    worstAnswer = answer;
                }
            }
        }
        return worst == 0 ? "" : labels.get(worstTruth) + " → " + labels.get(worstAnswer) + ": " + worst;
    }

    private static String shorten(String label) {
        return label.codePointCount(0, label.length()) <= LETTERS_MAX
                ? label
                : label.substring(0, label.offsetByCodePoints(0, LETTERS_MAX - 1)) + "…";
    }
}
