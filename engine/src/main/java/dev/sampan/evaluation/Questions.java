package dev.sampan.evaluation;

import dev.sampan.data.Row;
import dev.sampan.data.RowReader;
import dev.sampan.kernel.Nearest;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Progress;
import dev.sampan.runtime.Prediction;
import dev.sampan.runtime.Runtime;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/// Rows one after another, and the model's answers to them some hundred at a time.
final class Questions {
    private static final int BATCH = 256;
    private static final int NAMES_SHOWN = 8;

    private final RowReader rows;
    private final Progress progress;
    private long asked;

    Questions(RowReader rows, Progress progress) {
        this.rows = rows;
        this.progress = progress;
    }

    /// Told a row and the model's answer to it.
    interface Visitor {
        void answered(Row row, Map<String, String> input, Prediction answer);
    }

    /// Asks every row once, in order.
    ///
    /// @throws ProblemException `evaluate.missing_column`, `evaluate.unreadable`, `evaluate.no_rows`
    void ask(Runtime runtime, Visitor visitor) {
        Map<String, Integer> inputs = new HashMap<>();
        runtime.inputs().forEach(name -> inputs.put(name, column(name)));
        List<Row> batch = new ArrayList<>(BATCH);
        for (Row row = next(); row != null; row = next()) {
            batch.add(row);
            if (batch.size() == BATCH) {
                flush(runtime, inputs, batch, visitor);
            }
        }
        flush(runtime, inputs, batch, visitor);
        refuseNone(asked);
    }

    private void flush(Runtime runtime, Map<String, Integer> inputs, List<Row> batch, Visitor visitor) {
        List<Map<String, String>> questions = new ArrayList<>(batch.size());
        for (Row row : batch) {
            Map<String, String> question = new HashMap<>();
            inputs.forEach((name, at) -> question.put(name, row.values().get(at)));
            questions.add(question);
        }
        List<Prediction> answers = runtime.predict(questions);
        for (int i = 0; i < answers.size(); i++) {
            visitor.answered(batch.get(i), questions.get(i), answers.get(i));
        }
        asked += batch.size();
        batch.clear();
        tell(asked);
    }

    /// @throws CancellationException when the progress is cancelled
    void tell(long done) {
        if (progress.cancelled()) {
            throw new CancellationException("evaluation was cancelled");
        }
        progress.at("evaluate", done, 0, "");
    }

    @Nullable
    Row next() {
        try {
            return rows.next();
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.of("evaluate.unreadable", "The rows cannot be read on: " + e.getMessage()), e);
        }
    }

    /// Number of a column.
    int column(String name) {
        int at = rows.columns().indexOf(name);
        if (at < 0) {
            throw new ProblemException(Problem.of("evaluate.missing_column", "The file has no column '" + name + "'")
                    .remedy(didYouMean(name, rows.columns())));
        }
        return at;
    }

    static void refuseNone(long judged) {
        if (judged == 0) {
            throw new ProblemException(Problem.of("evaluate.no_rows", "There is no row to judge the model by")
                    .remedy("Give a file with at least one row below its header"));
        }
    }

    static double number(Row row, int column, String what) {
        String value = row.values().get(column);
        try {
            double number = Double.parseDouble(value.strip());
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException _) {
            // said below
        }
        throw new ProblemException(Problem.of("evaluate.no_number", what + " is '" + value + "', and no number")
                .at(row.origin()));
    }

    static String didYouMean(String received, List<String> known) {
        String nearest = Nearest.of(received, known);
        return nearest == null ? "Known are " + few(known) : "Did you mean '" + nearest + "'?";
    }

    private static String few(List<String> names) {
        String first = String.join(", ", names.subList(0, Math.min(NAMES_SHOWN, names.size())));
        return names.size() > NAMES_SHOWN ? first + " and " + (names.size() - NAMES_SHOWN) + " more" : first;
    }
}
