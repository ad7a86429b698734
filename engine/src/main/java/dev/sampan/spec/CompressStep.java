package dev.sampan.spec;

/// One step of `compress`.
public sealed interface CompressStep {
    /// INT8 weights; activations are quantised as they come (dynamic).
    ///
    /// @param perChannel one scale for each output channel instead of one for the tensor
    /// @param maxRelativeDrop how much of the held-out macro F1 may be lost, as a share of it; more fails the step
    record Quantize(boolean perChannel, double maxRelativeDrop) implements CompressStep {}
}
