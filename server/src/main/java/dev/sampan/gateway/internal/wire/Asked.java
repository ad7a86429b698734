package dev.sampan.gateway.internal.wire;

import dev.sampan.gateway.Quantities;

/// What a call asks for.
public interface Asked {
    /// The most it can use.
    Quantities most();
}
