package dev.sampan.network;

import dev.sampan.compute.Pass;
import org.bytedeco.pytorch.Tensor;

/// What learning makes small. The loss of a step is the sum of [#loss] over all its rows divided by the sum of
/// [#weight], so that it does not matter how the rows were cut into parts or gathered over several batches.
///
/// The package `objectives` has the common ones.
public interface Objective {
    /// What these targets count in the mean: as a rule how many there are, padding left out.
    double weight(Tensor targets);

    /// The sum of the losses, in nats where it is a likelihood.
    ///
    /// @param pass for objectives with weights of their own, which the network has declared
    /// @param outputs of the network, (rows, k) or (rows, time, k)
    /// @param targets as the examples give them
    /// @return a scalar to differentiate
    Tensor loss(Pass pass, Tensor outputs, Tensor targets);
}
