package dev.sampan.network.adversarial;

import dev.sampan.compute.Pass;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/// What critic and generator make small, D being the critic's score, x real and x̂ made; sums over the packs of
/// a part:
///
/// ```
///                 critic                                                generator
/// WGAN_GP         D(x̂) − D(x) + λ (‖∇D(εx + (1−ε)x̂)‖ − 1)²              −D(x̂)           Gulrajani et al.
/// 2017 NON_SATURATING  softplus(D(x̂)) + softplus(−D(x)) + γ/2 ‖∇D(x)‖²       softplus(−D(x̂))  Mescheder et
/// al. 2018 HINGE           max(0, 1 + D(x̂)) + max(0, 1 − D(x)) + γ/2 ‖∇D(x)‖²    −D(x̂)           Lim and Ye
/// 2017
/// ```
///
/// @param penalty λ or γ, 0 for none
public record AdversarialLoss(Kind kind, double penalty) {
    /// Of losses.
    public enum Kind {
        WGAN_GP,
        NON_SATURATING,
        HINGE
    }

    /// Keeps the slope of an even stretch from having no derivative.
    private static final double TINY = 1e-12;

    /// What the critic is shown.
    ///
    /// @param real (rows, width)
    /// @param made (rows, width), of which no gradient is wanted
    /// @param condition of both; null for none
    /// @param mix ε of each pack, (rows, 1), the same within a pack; looked at by WGAN_GP alone
    public record Shown(Tensor real, Tensor made, @Nullable Tensor condition, Tensor mix) {}

    /// @return a scalar to differentiate by the critic's weights
    public Tensor critic(Critic critic, Pass pass, Shown shown) {
        boolean atReal = kind != Kind.WGAN_GP && penalty > 0;
        Tensor real = shown.real.detach().set_requires_grad(atReal);
        Tensor realScore = critic.forward(pass, real, shown.condition);
        Tensor madeScore = critic.forward(pass, shown.made.detach(), shown.condition);
        Tensor loss = switch (kind) {
            case WGAN_GP -> madeScore.sum().sub(realScore.sum());
            case NON_SATURATING ->
                torch.softplus(madeScore)
                        .sum()
                        .add(torch.softplus(realScore.neg()).sum());
            case HINGE ->
                torch.relu(madeScore.add(new Scalar(1)))
                        .sum()
                        .add(torch.relu(realScore.neg().add(new Scalar(1))).sum());
        };
        if (penalty == 0) {
            return loss;
        }
        return loss.add(atReal ? slopeAtReal(realScore, real) : slopeBetween(critic, pass, shown));
    }

    private Tensor slopeAtReal(Tensor score, Tensor real) {
        Tensor slope = slope(score, real);
        return slope.square().sum().mul(new Scalar(penalty / 2));
    }

    private Tensor slopeBetween(Critic critic, Pass pass, Shown shown) {
        Tensor made = shown.made.detach();
        Tensor between = made.add(shown.real.sub(made).mul(shown.mix)).detach().set_requires_grad(true);
        Tensor slope = slope(critic.forward(pass, between, shown.condition), between);
        Tensor packed = slope.reshape(slope.size(0) / critic.pac(), slope.size(1) * critic.pac());
        Tensor squares = packed.square().sum(1);
        Tensor norm = squares.add(new Scalar(TINY)).sqrt();
        return norm.sub(new Scalar(1)).square().sum().mul(new Scalar(penalty));
    }

    /// ∇D, itself differentiable by the weights.
    private static Tensor slope(Tensor score, Tensor x) {
        return torch.grad(
                        new TensorVector(score.sum()),
                        new TensorVector(x),
                        new TensorVector(),
                        new BoolOptional(true),
                        true,
                        false)
                .get(0);
    }

    /// @param score of made samples
    /// @return a scalar to differentiate by the generator's weights
    public Tensor generator(Tensor score) {
        return switch (kind) {
            case WGAN_GP, HINGE -> score.sum().neg();
            case NON_SATURATING -> torch.softplus(score.neg()).sum();
        };
    }
}
