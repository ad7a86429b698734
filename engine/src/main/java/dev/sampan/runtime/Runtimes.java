package dev.sampan.runtime;

import dev.sampan.model.ModelPackage;

/// Opens packages.
public final class Runtimes {
    private Runtimes() {}

    /// On ONNX Runtime, in this process.
    ///
    /// @param threads used by one call
    /// @param batchMax inputs in one run of the graph; longer lists are cut, shortest texts first, and put back in
    ///     order
    public static Runtime open(ModelPackage model, int threads, int batchMax) {
        throw new UnsupportedOperationException("written next");
    }
}
