package dev.sampan.runtime;

import dev.sampan.data.ColumnFeatures;
import dev.sampan.model.DecisionThreshold;
import dev.sampan.model.ModelPackage;
import dev.sampan.model.Trees;
import dev.sampan.runtime.internal.Decided;
import dev.sampan.runtime.internal.OnnxSession;
import dev.sampan.runtime.internal.TreeWalker;

/// Opens packages.
public final class Runtimes {
    private static final int MANY = 64;

    private Runtimes() {}

    /// In this process: trees by our own walker, everything else on ONNX Runtime, where each open runtime holds the
    /// model once in native memory. Where the package has a threshold, it decides the answers.
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
        DecisionThreshold threshold = model.threshold();
        Runtime undecided = undecided(model, threads, batchMax);
        return threshold == null ? undecided : deciding(undecided, threshold);
    }

    /// The same model, whose answers this threshold decides. Closing it closes the model.
    ///
    /// @param model of two categories
    public static Runtime deciding(Runtime model, DecisionThreshold threshold) {
        return new Decided(model, threshold);
    }

    private static Runtime undecided(ModelPackage model, int threads, int batchMax) {
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
