package dev.sampan.gateway.internal.wire;

import dev.sampan.spec.SuppliersSpec.Model;
import dev.sampan.spec.SuppliersSpec.Use;
import org.jspecify.annotations.Nullable;

/// Public models that suppliers answer for.
public interface Models {
    @Nullable
    Model named(String name);

    /// The first that is used so, for calls that need not name one.
    @Nullable
    Model first(Use use);
}
