package dev.sampan.compute;

import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
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

    /// What `work` makes, everything else of it freed at once and not only when the open scope closes. Of a
    /// forward under a [#recording] scope the graph itself keeps what `backward` will need, and lets go of each
    /// part as soon as it has passed it.
    ///
    /// @return belongs to the open scope
    public static Tensor only(Supplier<Tensor> work) {
        PointerScope outer = PointerScope.getInnerScope();
        if (outer == null) {
            throw new IllegalStateException("no scope is open that the result could belong to");
        }
        try (PointerScope _ = new PointerScope()) {
            Tensor made = work.get();
            outer.attach(made);
            return made;
        }
    }

    @Override
    public void close() {
        if (noGradient != null) {
            noGradient.close();
        }
        memory.close();
    }
}
