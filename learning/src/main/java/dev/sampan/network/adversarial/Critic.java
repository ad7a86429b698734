package dev.sampan.network.adversarial;

import dev.sampan.compute.Pass;
import dev.sampan.compute.Weights;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/// Scores how real samples look. Rows do not look at each other, but for packs of [#pac] neighbours that share
/// a score.
public interface Critic {
    /// What is taught.
    Weights weights();

    /// Rows of one score.
    default int pac() {
        return 1;
    }

    /// @param x (rows, width), as the generator makes them
    /// @param condition (rows, labels), 1 for the label a row is of; null where samples have no labels
    /// @return (rows / pac, 1), more for what looks more real
    Tensor forward(Pass pass, Tensor x, @Nullable Tensor condition);
}
