package dev.sampan.model;

import java.nio.file.Path;

/// A package being written: in a folder beside the target, renamed to it whole by [#commit], gone without it.
public final class PackageDraft implements AutoCloseable {
    private PackageDraft() {}

    /// @throws dev.sampan.kernel.ProblemException `output.exists` when the target is a non-empty folder and not `force`
    public static PackageDraft create(Path target, boolean force) {
        throw new UnsupportedOperationException("written next");
    }

    /// With all files of a package in it; the same target is allowed with `force`.
    public static PackageDraft copyOf(ModelPackage source, Path target, boolean force) {
        throw new UnsupportedOperationException("written next");
    }

    /// Where a file of the draft is to be written.
    public Path file(String name) {
        throw new UnsupportedOperationException("written next");
    }

    /// Adds what follows from the files (`MLmodel`, `conda.yaml`, `python_env.yaml`, `requirements.txt`,
    /// `input_example.json`, model card `README.md`, hashes), checks the whole as [ModelPackage#open] does, forces
    ///     it
    /// to the disk and renames it.
    ///
    /// @param manifest its `files` are ignored and computed
    public ModelPackage commit(Manifest manifest) {
        throw new UnsupportedOperationException("written next");
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException("written next");
    }
}
