package dev.sampan.compute;

import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// In which numbers matrices are multiplied. Weights, gradients, sums and losses stay 32-bit floats either way.
public enum Precision {
    SINGLE,
    /// libtorch's autocast: the operations that gain from it take and give bfloat16.
    BF16;

    /// Holds for the operations of this thread until closed.
    public Casting open() {
        if (this == SINGLE) {
            return () -> {};
        }
        torch.set_autocast_cache_enabled(false); // which would keep yesterday's weights
        torch.set_autocast_dtype(DeviceType.CPU, ScalarType.BFloat16);
        torch.set_autocast_enabled(DeviceType.CPU, true);
        return () -> torch.set_autocast_enabled(DeviceType.CPU, false);
    }

    /// An open cast.
    @FunctionalInterface
    public interface Casting extends AutoCloseable {
        @Override
        void close();
    }
}
