package dev.sampan.training;

import dev.sampan.data.Dataset;
import dev.sampan.spec.Spec;
import java.nio.file.Path;

/// What is to be trained, and where.
///
/// @param out the package's folder; appears whole or not at all
/// @param force replaces what stands at `out`
/// @param work folder for tokens, sentence vectors and checkpoints; a run broken off goes on from it
/// @param threads used at the most; the result does not depend on them
public record TrainingJob(
        Spec spec, Dataset dataset, Path out, boolean force, Path work, int threads, Purpose purpose) {
    public TrainingJob {
        if (threads < 1) {
            throw new IllegalArgumentException("threads " + threads);
        }
    }

    /// A training to the end.
    public TrainingJob(Spec spec, Dataset dataset, Path out, boolean force, Path work, int threads) {
        this(spec, dataset, out, force, work, threads, new Purpose.Use());
    }

    /// What becomes of the model.
    public sealed interface Purpose {
        /// It is used. Where nothing is left for validation rows to say, they are learnt from too.
        record Use() implements Purpose {}

        /// Its score on the validation rows is compared with those of others. They may stop a training and choose a
        /// penalty or a number of rounds, for every architecture alike; learnt from they are not, or the score
        /// would be one of memory.
        ///
        /// @param epochs after which a network pauses, with its checkpoint kept in the work folder
        record Trial(int epochs) implements Purpose {
            public Trial {
                if (epochs < 1) {
                    throw new IllegalArgumentException("epochs " + epochs);
                }
            }
        }
    }

    /// Whether validation rows may be learnt from, once they have chosen what they had to choose.
    public boolean learnsFromValidation() {
        return purpose instanceof Purpose.Use;
    }

    /// The last epoch that this run goes to.
    public int lastEpoch() {
        return purpose instanceof Purpose.Trial(int epochs) ? epochs : Integer.MAX_VALUE;
    }
}
