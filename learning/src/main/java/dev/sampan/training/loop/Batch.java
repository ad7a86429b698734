package dev.sampan.training.loop;

import dev.sampan.compute.Tensors;
import dev.sampan.data.NamedTensors;
import dev.sampan.data.NamedTensors.Floats;
import dev.sampan.data.NamedTensors.Longs;
import dev.sampan.data.NamedTensors.Values;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/// Some rows as arrays.
///
/// @param inputs by the names of the network's inputs
/// @param targets what the objective takes: class numbers (rows) or (rows, time), numbers (rows) or (rows, k)
/// @param mixed targets of the rows that were mixed in; null when each row stands for itself
public record Batch(
        NamedTensors inputs, Values targets, @Nullable Mixed mixed) {
    /// The loss is then (1 − share) · loss(targets) + share · loss(mixed.targets).
    public record Mixed(Values targets, double share) {}

    public Batch(NamedTensors inputs, Values targets) {
        this(inputs, targets, null);
    }

    public int rows() {
        return inputs.rows();
    }

    /// The inputs as tensors of the open scope.
    public Map<String, Tensor> tensors() {
        Map<String, Tensor> made = new LinkedHashMap<>();
        inputs.tensors().forEach((name, values) -> made.put(name, tensor(values)));
        return made;
    }

    /// A copy in the open scope.
    public static Tensor tensor(Values values) {
        return switch (values) {
            case Floats(float[] floats, long[] shape) -> Tensors.floats(floats, shape);
            case Longs(long[] longs, long[] shape) -> Tensors.longs(longs, shape);
        };
    }
}
