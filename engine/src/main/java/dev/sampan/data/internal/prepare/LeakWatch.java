package dev.sampan.data.internal.prepare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/// Looks for labels written into the inputs: a label leaks when its own text stands in at least 95 % of its
/// rows, yet in few of the rows of other labels. The second figure, taken over a fair sample of all rows, is the
/// control: a label such as `a` stands everywhere and tells nothing. Words of a topic stand in many of its rows
/// too, so the data set counts as leaking only when leaking labels are half of the labels or hold half of the
/// rows.
final class LeakWatch {
    private static final double NEARLY_ALL = 0.95;
    private static final double FEW = 0.2;
    private static final int ROWS_MIN = 3;
    private static final int SAMPLE = 500;
    private static final int SAMPLED_LENGTH = 2000;

    private static final class Count {
        final String text;
        long rows;
        long own;

        Count(String label) {
            text = fold(label);
        }

        boolean standsInItsRows() {
            return rows >= ROWS_MIN && own >= rows * NEARLY_ALL;
        }
    }

    private record Sampled(String text, Count label) {}

    private final List<Count> labels = new ArrayList<>();
    private final List<String> examples = new ArrayList<>();
    private final List<Sampled> sample = new ArrayList<>();
    private final SplittableRandom random = new SplittableRandom(1);
    private long rows;

    void observe(List<String> texts, int label, String name, Supplier<String> origin) {
        while (labels.size() <= label) {
            labels.add(new Count(name));
        }
        Count count = labels.get(label);
        String text = fold(String.join(" ", texts));
        rows++;
        count.rows++;
        if (contains(text, count.text)) {
            count.own++;
            if (examples.size() < Quality.EXAMPLES_MAX) {
                examples.add(origin.get());
            }
        }
        sample(text, count);
    }

    /// Reservoir sampling (Vitter 1985, algorithm R): each row so far is in the sample with the same chance.
    private void sample(String text, Count count) {
        long place = sample.size() < SAMPLE ? sample.size() : random.nextLong(rows);
        if (place < SAMPLE) {
            Sampled row = new Sampled(text.substring(0, Math.min(text.length(), SAMPLED_LENGTH)), count);
            if (place < sample.size()) {
                sample.set((int) place, row);
            } else {
                sample.add(row);
            }
        }
    }

    private boolean leaks(Count count) {
        if (!count.standsInItsRows()) {
            return false;
        }
        List<Sampled> others =
                sample.stream().filter(row -> row.label() != count).toList();
        long foreign =
                others.stream().filter(row -> contains(row.text(), count.text)).count();
        return foreign <= others.size() * FEW;
    }

    /// Rows that hold their own leaking label; 0 when the data set does not leak.
    long leaking() {
        List<Count> leaking = labels.stream().filter(this::leaks).toList();
        long held = leaking.stream().mapToLong(count -> count.rows).sum();
        boolean much = labels.size() > 1 && (leaking.size() * 2 >= labels.size() || held * 2 >= rows);
        return much ? leaking.stream().mapToLong(count -> count.own).sum() : 0;
    }

    List<String> examples() {
        return examples;
    }

    private static String fold(String text) {
        return text.toLowerCase(Locale.ROOT).replace('_', ' ').replace('-', ' ');
    }

    /// As whole words where the label begins or ends with an ASCII letter or digit.
    private static boolean contains(String text, String label) {
        for (int at = text.indexOf(label); at >= 0; at = text.indexOf(label, at + 1)) {
            int end = at + label.length();
            boolean left = at == 0 || !isWord(text.charAt(at)) || !isWord(text.charAt(at - 1));
            boolean right = end == text.length() || !isWord(text.charAt(end - 1)) || !isWord(text.charAt(end));
            if (left && right) {
                return true;
            }
        }
        return false;
    }

    private static boolean isWord(char c) {
        return c < 0x80 && Character.isLetterOrDigit(c);
    }
}
