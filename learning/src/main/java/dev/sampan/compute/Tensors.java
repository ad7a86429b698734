package dev.sampan.compute;

import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// Tensors in and out of Java arrays, always contiguous and in row order.
public final class Tensors {
    private Tensors() {}

    /// A copy of the array in the open scope.
    public static Tensor floats(float[] values, long... shape) {
        return prefix(values, values.length, shape);
    }

    /// A copy of the first `count` elements in the open scope.
    public static Tensor prefix(float[] values, int count, long... shape) {
        check(count, shape);
        Tensor tensor = torch.empty(shape);
        tensor.data_ptr_float().put(values, 0, count);
        return tensor;
    }

    /// A copy of the array in the open scope.
    public static Tensor longs(long[] values, long... shape) {
        check(values.length, shape);
        Tensor tensor = torch.empty(shape, new TensorOptions(ScalarType.Long), new MemoryFormatOptional());
        tensor.data_ptr_long().put(values, 0, values.length);
        return tensor;
    }

    /// The elements of a float tensor in row order.
    public static float[] floats(Tensor tensor) {
        float[] values = new float[Math.toIntExact(tensor.numel())];
        copy(tensor, values, 0, values.length);
        return values;
    }

    /// The elements of a tensor of 64-bit integers in row order, which must fit into 32 bits.
    public static int[] ints(Tensor tensor) {
        long[] values = new long[Math.toIntExact(tensor.numel())];
        tensor.contiguous().data_ptr_long().get(values);
        int[] narrow = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            narrow[i] = Math.toIntExact(values[i]);
        }
        return narrow;
    }

    /// Copies the first `count` elements of a float tensor into an array.
    public static void copy(Tensor tensor, float[] target, int offset, int count) {
        if (count > tensor.numel()) {
            throw new IllegalArgumentException(count + " elements of a tensor of " + tensor.numel());
        }
        tensor.detach().contiguous().data_ptr_float().get(target, offset, count);
    }

    private static void check(long count, long[] shape) {
        long expected = 1;
        for (long size : shape) {
            expected = Math.multiplyExact(expected, size);
        }
        if (expected != count) {
            throw new IllegalArgumentException(count + " elements for a shape of " + expected);
        }
    }
}
