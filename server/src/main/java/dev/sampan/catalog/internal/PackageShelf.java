package dev.sampan.catalog.internal;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Sha256;
import dev.sampan.kernel.Ulid;
import dev.sampan.model.ModelPackage;
import dev.sampan.model.PackageDraft;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Packages on the disk under the hash of their content: `models/<hash>`. Written whole by a rename, never changed.
final class PackageShelf {
    private final Path folder;

    PackageShelf(Path folder) {
        this.folder = folder;
    }

    /// Copies a package here, unless it stands here whole. One that was damaged is put aside and copied again.
    synchronized void take(ModelPackage model) {
        Path place = folder.resolve(model.version().hex());
        if (Files.isDirectory(place)) {
            if (stands(model.version())) {
                return;
            }
            putAside(place);
        }
        Sha256 copied = PackageDraft.duplicate(model, place, false).version();
        if (!copied.equals(model.version())) {
            throw new ProblemException(Problem.of("model.corrupt", "The package changed while it was copied")
                    .at(model.folder().toString()));
        }
    }

    private boolean stands(Sha256 content) {
        try {
            open(content);
            return true;
        } catch (ProblemException damaged) {
            return false;
        }
    }

    /// Not deleted: whoever looks for the cause of the damage will want to see it.
    private static void putAside(Path place) {
        try {
            Files.move(place, place.resolveSibling("damaged-" + Ulid.next() + "-" + place.getFileName()));
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.of("catalog.damaged", "A damaged package cannot be put aside: " + e.getMessage())
                            .at(place.toString())
                            .remedy("Move the folder away by hand"),
                    e);
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
