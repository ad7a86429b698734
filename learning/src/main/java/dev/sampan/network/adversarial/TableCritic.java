package dev.sampan.network.adversarial;

import dev.sampan.compute.Pass;
import dev.sampan.compute.Weights;
import dev.sampan.network.layers.Dense;
import dev.sampan.network.layers.Initial;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/// Dense layers with leaky relus over rows and their labels, several rows at once where they are packed (Lin et
/// al. 2018): a generator whose samples are all alike is seen through by the pack.
public final class TableCritic implements Critic {
    private static final double LEAK = 0.2;

    private final List<Dense> layers = new ArrayList<>();
    private final int pac;
    private final Weights weights;

    public TableCritic(TableShape shape, int pac, long seed) {
        this.pac = pac;
        int width = (shape.width() + shape.labels()) * pac;
        for (int size : shape.hiddenSizes()) {
            layers.add(new Dense("discriminator.hidden." + layers.size(), width, size));
            width = size;
        }
        layers.add(new Dense("discriminator.score", width, 1));
        Weights.Layout layout = new Weights.Layout();
        layers.forEach(layer -> layer.declare(layout));
        weights = layout.allocate();
        Initial initial = new Initial(seed);
        layers.forEach(layer -> layer.initialise(weights, initial));
    }

    @Override
    public Weights weights() {
        return weights;
    }

    @Override
    public int pac() {
        return pac;
    }

    @Override
    public Tensor forward(Pass pass, Tensor x, @Nullable Tensor condition) {
        Tensor whole = condition == null ? x : torch.cat(new TensorVector(x, condition), 1);
        Tensor y = whole.reshape(whole.size(0) / pac, whole.size(1) * pac);
        for (int i = 0; i < layers.size(); i++) {
            y = layers.get(i).forward(pass, y);
            y = i + 1 < layers.size() ? torch.leaky_relu(y, new Scalar(LEAK)) : y;
        }
        return y;
    }
}
