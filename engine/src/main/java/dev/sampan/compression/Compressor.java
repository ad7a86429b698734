package dev.sampan.compression;

import dev.sampan.kernel.Progress;
import dev.sampan.model.ModelPackage;
import dev.sampan.spec.CompressStep;
import java.nio.file.Path;
import java.util.List;

/// Makes packages smaller.
public final class Compressor {
    private Compressor() {}

    /// A package with its receipts.
    ///
    /// @param model the smaller package; the same content with receipts where there was nothing to gain or the gate
    ///     refused
    public record Compressed(ModelPackage model, List<Receipt> receipts) {
        public Compressed {
            receipts = List.copyOf(receipts);
        }
    }

    /// Applies the steps in order; metrics before and after are of the held-out rows, latency of this machine.
    /// Receipts also stand in the new package's manifest under `receipts`.
    public static Compressed compress(
            ModelPackage model,
            HeldOut heldOut,
            List<CompressStep> steps,
            Path target,
            boolean force,
            Progress progress) {
        throw new UnsupportedOperationException("written next");
    }
}
