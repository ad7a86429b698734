package dev.sampan.network.adversarial;

import dev.sampan.compute.Pass;
import dev.sampan.compute.Weights;
import dev.sampan.network.layers.Conv2d;
import dev.sampan.network.layers.Dense;
import dev.sampan.network.layers.Initial;
import dev.sampan.network.layers.Linear;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/// Convolutions of stride 2 that mirror the generator's, each with a leaky relu → dense layer → score; and,
/// where samples have labels, the last map along the label's own direction (Miyato and Koyama 2018). Without
/// normalisation, which the penalties on the slope do not go with.
public final class PictureCritic implements Critic {
    private static final int KERNEL = 4;
    private static final double LEAK = 0.2;
    private static final double DIRECTION = 0.02;

    private final PictureShape shape;
    private final List<Conv2d> maps = new ArrayList<>();
    private final Dense score;
    private final @Nullable Linear directions;
    private final Weights weights;

    public PictureCritic(PictureShape shape, long seed) {
        this.shape = shape;
        List<Integer> channels = shape.channels().reversed();
        for (int i = 0; i < channels.size(); i++) {
            int inputs = i == 0 ? shape.planes() : channels.get(i - 1);
            maps.add(new Conv2d("discriminator.conv." + i, inputs, channels.get(i), KERNEL, 2, 1, true));
        }
        score = new Dense("discriminator.score", shape.firstSize(), 1);
        directions = shape.labels() == 0
                ? null
                : Linear.of("discriminator.labels", shape.labels(), shape.firstSize(), false);
        Weights.Layout layout = new Weights.Layout();
        maps.forEach(map -> map.declare(layout));
        score.declare(layout);
        if (directions != null) {
            directions.declare(layout);
        }
        weights = layout.allocate();
        Initial initial = new Initial(seed);
        maps.forEach(map -> map.initialise(weights, initial));
        score.initialise(weights, initial);
        if (directions != null) {
            directions.initialise(weights, initial, DIRECTION);
        }
    }

    @Override
    public Weights weights() {
        return weights;
    }

    @Override
    public Tensor forward(Pass pass, Tensor x, @Nullable Tensor condition) {
        Tensor y = x.reshape(x.size(0), shape.planes(), shape.height(), shape.width());
        for (Conv2d map : maps) {
            y = torch.leaky_relu(map.forward(pass, y), new Scalar(LEAK));
        }
        Tensor last = y.reshape(x.size(0), shape.firstSize());
        Tensor scores = score.forward(pass, last);
        return directions == null || condition == null
                ? scores
                : scores.add(
                        last.mul(directions.forward(pass, condition)).sum(1).unsqueeze(1));
    }
}
