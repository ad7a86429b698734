package dev.sampan.catalog.internal;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Sha256;
import dev.sampan.model.ModelPackage;
import dev.sampan.model.PackageDraft;
import java.nio.file.Files;
import java.nio.file.Path;

/// Packages on the disk under the hash of their content: `models/<hash>`. Written whole by a rename, never changed.
final class PackageShelf {
    private final Path folder;

    PackageShelf(Path folder) {
        this.folder = folder;
    }

    /// Copies a package here, unless it stands here already.
    void take(ModelPackage model) {
        Path place = folder.resolve(model.version().hex());
        if (Files.isDirectory(place)) {
            return;
        }
        try (PackageDraft draft = PackageDraft.copyOf(model, place, false)) {
            Sha256 copied = draft.commit(model.manifest()).version();
            if (!copied.equals(model.version())) {
                throw new IllegalStateException("the copy of " + model.version() + " came out as " + copied);
            }
        }
    }

    /// @throws ProblemException `catalog.content_missing`, or what [ModelPackage#open] finds wrong
    ModelPackage open(Sha256 content) {
        Path place = folder.resolve(content.hex());
        if (!Files.isDirectory(place)) {
            throw new ProblemException(
                    Problem.of("catalog.content_missing", "The model's files are not on this machine")
                            .at(place.toString())
                            .remedy("Restore the folder `models` from the backup"));
        }
        ModelPackage model = ModelPackage.open(place);
        if (!model.version().equals(content)) {
            throw new ProblemException(
                    Problem.of("model.corrupt", "The model's files are not what was registered as " + content.hex())
                            .at(place.toString())
                            .remedy("Restore the folder from the backup"));
        }
        return model;
    }
}
