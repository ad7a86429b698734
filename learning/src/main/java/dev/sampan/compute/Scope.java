package dev.sampan.compute;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.jspecify.annotations.Nullable;

/// Owns the native memory of one step: every tensor made on this thread while the scope is open is freed when it
/// closes. What is to live longer is copied out with [Tensors#floats(org.bytedeco.pytorch.Tensor)] or made outside any
/// scope. Scopes of one thread nest and close in reverse order.
public final class Scope implements AutoCloseable {
    private final PointerScope memory = new PointerScope();
    private final @Nullable NoGradGuard noGradient;

    private Scope(boolean gradient) {
        noGradient = gradient ? null : new NoGradGuard();
    }

    /// For learning: operations are recorded for `backward`.
    public static Scope recording() {
        return new Scope(true);
    }

    /// For answering: nothing is recorded.
    public static Scope inference() {
        return new Scope(false);
    }

    @Override
    public void close() {
        if (noGradient != null) {
            noGradient.close();
        }
        memory.close();
    }
}
