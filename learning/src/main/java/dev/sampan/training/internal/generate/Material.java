package dev.sampan.training.internal.generate;

import dev.sampan.data.SampleFeatures;
import dev.sampan.data.Target;
import dev.sampan.network.Network;
import dev.sampan.network.adversarial.Critic;
import dev.sampan.training.loop.Examples;
import org.jspecify.annotations.Nullable;

/// What a generator learns from, and the networks that go with it.
interface Material extends AutoCloseable {
    /// The columns it makes.
    Target.Samples target();

    /// Real rows in the form of [dev.sampan.training.loop.Duel].
    Examples train();

    /// Held-out rows in the same form; null where there are none.
    @Nullable
    Examples validation();

    /// Of a training row the place among the data set's labels, −1 for none.
    int label(int row);

    Network generator(SampleFeatures features);

    Critic critic(SampleFeatures features);

    /// Names what is learnt from, for checkpoints.
    String key();

    @Override
    void close();
}
