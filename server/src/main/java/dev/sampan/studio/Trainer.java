package dev.sampan.studio;

import dev.sampan.data.Dataset;
import dev.sampan.model.ModelPackage;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Learns a model from a data set; a port, because libtorch lives in a process of its own.
public interface Trainer {
    /// @throws dev.sampan.kernel.ProblemException what stopped the training; `order.out()` does not exist then
    ModelPackage train(Order order, StageProgress progress);

    /// One training.
    ///
    /// @param spec resolved, as `Specs.toTree`
    /// @param work checkpoints; work begun there is gone on with
    /// @param trialEpochs null for a model to be used; else its score is to be compared with those of others, so
    ///     that it may not learn from validation rows, and pauses after so many epochs
    record Order(
            Map<String, Object> spec,
            Dataset dataset,
            Path out,
            Path work,
            @Nullable Integer trialEpochs) {
        /// Of a trial that is not to pause.
        public static final int ALL_EPOCHS = Integer.MAX_VALUE;

        /// Of a model to be used.
        public Order(Map<String, Object> spec, Dataset dataset, Path out, Path work) {
            this(spec, dataset, out, work, null);
        }
    }
}
