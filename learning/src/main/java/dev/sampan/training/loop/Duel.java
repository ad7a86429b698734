package dev.sampan.training.loop;

import dev.sampan.data.NamedTensors.Floats;
import dev.sampan.network.Network;
import dev.sampan.network.adversarial.AdversarialLoss;
import dev.sampan.network.adversarial.Critic;

/// Who learns from whom.
///
/// @param generator whose forward makes (rows, width) of the inputs of [dev.sampan.data.SampleFeatures]
/// @param criticSteps steps of the critic before each of the generator
/// @param latent numbers of noise of a sample
/// @param choices numbers of Gumbel's noise of a sample, 0 for none
/// @param real whose batches have the input [#SAMPLE], (rows, width), and
///     [dev.sampan.data.SampleFeatures#CONDITION] where samples have labels
public record Duel(
        Network generator,
        Critic critic,
        AdversarialLoss loss,
        int criticSteps,
        int latent,
        int choices,
        Examples real) {
    /// Name of the real rows in a batch.
    public static final String SAMPLE = "sample";

    /// Targets of a batch whose rows answer nothing.
    public static Floats noTargets(int rows) {
        return new Floats(new float[rows], rows);
    }
}
