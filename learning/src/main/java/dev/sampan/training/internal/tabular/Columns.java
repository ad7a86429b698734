package dev.sampan.training.internal.tabular;

import dev.sampan.data.ColumnFitting;
import dev.sampan.data.ColumnFitting.Taste;
import dev.sampan.data.FittedColumns;
import dev.sampan.data.Split;
import dev.sampan.data.Target;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Progress;
import dev.sampan.spec.Task;
import dev.sampan.training.TrainingJob;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The columns of a job, fitted, and its rows, encoded.
///
/// @param validation null when the data set has no validation rows
public record Columns(
        FittedColumns fitted, EncodedTable train, @Nullable EncodedTable validation) {
    /// @throws ProblemException `training.no_rows`, `training.one_class`, and what [ColumnFitting#fit] throws
    static Columns of(TrainingJob job, Taste taste, Progress progress) {
        progress.at("fit", 0, 1, "");
        FittedColumns fitted = ColumnFitting.fit(
                job.dataset(),
                job.spec().data().inputFeatures(),
                Set.copyOf(job.spec().data().source().missingValues()),
                target(job),
                taste);
        progress.at("fit", 1, 1, String.join("; ", fitted.notes()));
        EncodedTable train = EncodedTable.of(job.dataset(), fitted, Split.TRAIN, progress);
        boolean validated = job.dataset().count(Split.VALIDATION) > 0;
        return new Columns(
                fitted, train, validated ? EncodedTable.of(job.dataset(), fitted, Split.VALIDATION, progress) : null);
    }

    /// What the job answers.
    ///
    /// @throws ProblemException `training.one_class`
    public static Target target(TrainingJob job) {
        Task task = job.spec().task();
        if (task == Task.REGRESSION) {
            return new Target.Quantity();
        }
        if (task == Task.ANOMALY) {
            return new Target.Strangeness(0);
        }
        if (job.dataset().labels().size() < 2) {
            throw new ProblemException(Problem.of(
                            "training.one_class",
                            "All rows have the label " + job.dataset().labels() + ", so there is nothing to tell apart")
                    .at("data.output_features"));
        }
        return new Target.Categories(job.dataset().labels());
    }
}
