package dev.sampan.network.images;

import dev.sampan.compute.Pass;
import dev.sampan.compute.Weights;
import dev.sampan.model.onnx.OnnxGraph;
import dev.sampan.network.layers.Initial;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/// Pictures → vectors: x is (rows, channels, height, width), y (rows, [#width]).
public interface ImageBody {
    /// Numbers it makes of one picture.
    int width();

    void declare(Weights.Layout weights, Weights.Layout buffers);

    void initialise(Weights weights, Weights buffers, Initial initial);

    Tensor forward(Pass pass, Tensor x);

    /// @return name of y
    String onnx(OnnxGraph graph, Weights weights, Weights buffers, String x);

    /// Name in `config.json` and of the graph: `cnn`, `resnet`.
    String type();

    /// Its part of `config.json`.
    Map<String, Object> config();

    /// Rows that one thread takes at once, as in [Network#partRows].
    int partRows();

    /// For bodies whose rows do not look at each other: so many that a part keeps a core busy for some milliseconds.
    static int partRows(int height, int width) {
        return Math.clamp((1 << 19) / ((long) height * width), 1, 32);
    }
}
