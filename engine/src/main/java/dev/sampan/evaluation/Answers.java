package dev.sampan.evaluation;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What a model answered, row by row, beside the truth. Scores are kept as the 32-bit floats the model gave,
/// because a ROC curve needs all of them: rows × classes × 4 bytes, which is why their number has a bound.
final class Answers {
    private final int classes;
    private final long scoresMax;
    private final List<float[]> scores = new ArrayList<>();
    private int[] truth = new int[1024];
    private int[] answer = new int[1024];

    /// @param bytesMax memory the scores may take
    Answers(int classes, long bytesMax) {
        this.classes = classes;
        this.scoresMax = bytesMax / Float.BYTES;
    }

    /// Answers that always name one class, with probability 1, for the same truth.
    Answers always(int majority) {
        Answers constant = new Answers(classes, Long.MAX_VALUE);
        float[] row = new float[classes];
        row[majority] = 1;
        for (int i = 0; i < rows(); i++) {
            constant.add(truth[i], majority, row);
        }
        return constant;
    }

    void add(int isTruth, int isAnswer, float[] rowScores) {
        if (rowScores.length != classes) {
            throw new IllegalArgumentException(rowScores.length + " scores for " + classes + " classes");
        }
        int n = rows();
        if ((long) (n + 1) * classes > scoresMax || n == Integer.MAX_VALUE - 8) {
            throw new ProblemException(Problem.of(
                            "evaluate.too_many_rows",
                            "Judging needs every score in memory, and " + n + " rows of " + classes
                                    + " classes fill it")
                    .remedy("Judge fewer rows at once, or give Java more memory with -Xmx"));
        }
        if (n == truth.length) {
            int longer = (int) Math.min(Integer.MAX_VALUE - 8, n * 2L);
            truth = Arrays.copyOf(truth, longer);
            answer = Arrays.copyOf(answer, longer);
        }
        truth[n] = isTruth;
        answer[n] = isAnswer;
        scores.add(rowScores);
    }

    /// The rows with these numbers.
    Answers subset(int[] numbers) {
        Answers subset = new Answers(classes, Long.MAX_VALUE);
        for (int row : numbers) {
            subset.add(truth[row], answer[row], scores.get(row));
        }
        return subset;
    }

    /// The same answers with the classes in another order.
    Answers inOrder(List<String> from, List<String> to) {
        if (from.equals(to)) {
            return this;
        }
        Answers ordered = new Answers(classes, Long.MAX_VALUE);
        int[] places = from.stream().mapToInt(to::indexOf).toArray();
        for (int row = 0; row < rows(); row++) {
            float[] moved = new float[classes];
            for (int c = 0; c < classes; c++) {
                moved[places[c]] = score(row, c);
            }
            ordered.add(places[truth[row]], places[answer[row]], moved);
        }
        return ordered;
    }

    int rows() {
        return scores.size();
    }

    int classes() {
        return classes;
    }

    int truth(int row) {
        return truth[row];
    }

    int answer(int row) {
        return answer[row];
    }

    float score(int row, int label) {
        return scores.get(row)[label];
    }

    /// `[truth][answer]` counts.
    long[][] confusion() {
        long[][] counts = new long[classes][classes];
        for (int i = 0; i < rows(); i++) {
            counts[truth[i]][answer[i]]++;
        }
        return counts;
    }
}
