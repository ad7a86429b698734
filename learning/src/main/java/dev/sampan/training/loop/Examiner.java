package dev.sampan.training.loop;

import dev.sampan.compute.Pass;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/// Says how good a network is from its answers to rows it did not learn from.
@FunctionalInterface
public interface Examiner {
    /// Figures of no rows yet.
    Tally begin();

    /// Counts answers. Several are filled beside each other and then added in a fixed order, so that sums come out the
    /// same on any number of threads.
    interface Tally {
        /// @param outputs of the network, in an open scope
        void add(Pass pass, Tensor outputs, Batch batch);

        /// @param other made by the same examiner
        void add(Tally other);

        /// By name: `loss` at least; `accuracy` and `f1_macro` for classes. Of `accuracy`, and of names that begin with
        /// `f1`, `auc` or `r2`, more is better, of all others less.
        Map<String, Double> figures();
    }
}
