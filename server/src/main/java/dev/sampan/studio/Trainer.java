package dev.sampan.studio;

import dev.sampan.data.Dataset;
import dev.sampan.model.ModelPackage;
import java.nio.file.Path;
import java.util.Map;

/// Learns a model from a data set; a port, because libtorch lives in a process of its own.
public interface Trainer {
    /// @param spec resolved, as `Specs.toTree`
    /// @param work checkpoints; work begun there is gone on with
    /// @throws dev.sampan.kernel.ProblemException what stopped the training; `out` does not exist then
    ModelPackage train(Map<String, Object> spec, Dataset dataset, Path out, Path work, StageProgress progress);
}
