package dev.sampan.spec;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Two networks that learn from each other: a generator that makes pictures or rows of noise, and a critic
/// that tells them from real ones (Goodfellow et al. 2014). Pictures by transposed convolutions (Radford et
/// al. 2016, "DCGAN"), rows of a table by dense layers (Xu et al. 2019, "CTGAN").
///
/// @param latentDim numbers of noise that a sample is made of, 1 to 1,024
/// @param channels of the generator's maps over a picture, the smallest map first, each twice as large as
///     the one before; null: by the size of the pictures
/// @param hiddenSizes dense layers of both networks, where rows of a table are made
/// @param criticSteps `n_critic`: steps of the critic before each of the generator, 1 to 100
/// @param gradientPenalty weight of the penalty on the critic's slope, 0 for none; null: 10 for `wgan_gp`,
///     else 1
/// @param pac rows that the critic sees at once (Lin et al. 2018, "PacGAN"), 1 to 64
public record GanSpec(
        int latentDim,
        @Nullable List<Integer> channels,
        List<Integer> hiddenSizes,
        Loss loss,
        int criticSteps,
        @Nullable Double gradientPenalty,
        int pac) {
    public GanSpec {
        channels = channels == null ? null : List.copyOf(channels);
        hiddenSizes = List.copyOf(hiddenSizes);
    }

    /// The weight of the penalty, decided.
    public double penalty() {
        return gradientPenalty == null ? loss.penalty : gradientPenalty;
    }

    /// What critic and generator make small.
    public enum Loss {
        /// The distance that it costs to carry one distribution to the other (Arjovsky et al. 2017), with a
        /// penalty that keeps the critic's slope at 1 (Gulrajani et al. 2017).
        WGAN_GP(10),
        /// The critic's log-likelihood; the generator makes real look likely instead of made unlikely
        /// (Goodfellow et al. 2014), with a penalty on the slope at real rows (R1, Mescheder et al. 2018).
        NON_SATURATING(1),
        /// Hinge of the critic's score (Lim and Ye 2017), with the same penalty.
        HINGE(1);

        private final double penalty;

        Loss(double penalty) {
            this.penalty = penalty;
        }
    }
}
