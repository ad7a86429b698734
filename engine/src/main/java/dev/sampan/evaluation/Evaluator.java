package dev.sampan.evaluation;

import dev.sampan.data.RowReader;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.Progress;
import dev.sampan.runtime.Runtime;
import dev.sampan.spec.EvaluateSpec;
import java.util.List;

/// Judges a runtime's answers.
public final class Evaluator {
    private Evaluator() {}

    /// @param labelColumn the reader's column with the truth
    /// @param majority the most frequent training label, which the baseline always answers
    /// @throws dev.sampan.kernel.ProblemException `evaluate.no_rows`, `evaluate.missing_column`,
    ///     `evaluate.unknown_label` with the line and the nearest label
    public static Report evaluate(
            Runtime runtime,
            RowReader rows,
            String labelColumn,
            String majority,
            EvaluateSpec spec,
            Progress progress) {
        throw new UnsupportedOperationException("written next");
    }

    /// One problem for each gate of the specification that the report does not hold.
    public static List<Problem> failedGates(Report report, EvaluateSpec spec) {
        throw new UnsupportedOperationException("written next");
    }
}
