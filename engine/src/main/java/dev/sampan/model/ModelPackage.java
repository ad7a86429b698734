package dev.sampan.model;

import dev.sampan.data.Features;
import dev.sampan.kernel.Sha256;
import java.nio.file.Path;

/// One model package on disk, checked. Immutable: a later stage makes a new one with [PackageDraft].
///
/// @param version hash of the manifest, which holds the hashes of all other files: the package's identity
public record ModelPackage(Path folder, Manifest manifest, Sha256 version) {
    /// Opens and checks a package: hashes of all files, no pickle, ONNX and safetensors by our own validator.
    ///
    /// @throws dev.sampan.kernel.ProblemException `model.missing`, `model.corrupt`, `model.pickle_refused`,
    ///     `model.unsafe_onnx`, with the file
    public static ModelPackage open(Path folder) {
        throw new UnsupportedOperationException("written next");
    }

    public Path onnx() {
        return folder.resolve("model.onnx");
    }

    public Features features() {
        return Features.read(folder);
    }
}
