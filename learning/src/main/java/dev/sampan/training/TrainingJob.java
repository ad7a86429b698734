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
public record TrainingJob(Spec spec, Dataset dataset, Path out, boolean force, Path work, int threads) {
    public TrainingJob {
        if (threads < 1) {
            throw new IllegalArgumentException("threads " + threads);
        }
    }
}
