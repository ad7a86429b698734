package dev.sampan.runtime;

import dev.sampan.data.ColumnFeatures;
import dev.sampan.model.ModelPackage;
import dev.sampan.model.Trees;
import dev.sampan.runtime.internal.OnnxSession;
import dev.sampan.runtime.internal.TreeWalker;

/// Opens packages.
public final class Runtimes {
    private static final int MANY = 64;

    private Runtimes() {}

    /// In this process: trees by our own walker, everything else on ONNX Runtime, where each open runtime holds the
    /// model once in native memory.
    ///
    /// @param threads used by one call, at least 1
    /// @param batchMax inputs in one run of the graph, at least 1; longer lists are cut, shortest texts first,
    ///     and put back in order. A graph that chooses a scale from the whole batch ([ModelPackage#mixesRows])
    ///     runs its inputs one at a time, whatever is said here
    /// @throws dev.sampan.kernel.ProblemException `runtime.refused` when ONNX Runtime cannot load the graph
    public static Runtime open(ModelPackage model, int threads, int batchMax) {
        if (threads < 1 || batchMax < 1) {
            throw new IllegalArgumentException("threads " + threads + ", batchMax " + batchMax);
        }
        Trees trees = model.trees();
        if (trees != null) {
            return new TreeWalker(trees, (ColumnFeatures) model.features());
        }
        return OnnxSession.open(model, threads, model.mixesRows() ? 1 : batchMax);
    }

    /// For a pass over many rows: every processor, 64 inputs in one run of the graph.
    public static Runtime openForManyRows(ModelPackage model) {
        return open(model, java.lang.Runtime.getRuntime().availableProcessors(), MANY);
    }
}
