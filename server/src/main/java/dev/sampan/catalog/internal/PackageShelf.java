package dev.sampan.catalog.internal;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Sha256;
import dev.sampan.kernel.Ulid;
import dev.sampan.model.ModelPackage;
import dev.sampan.model.PackageDraft;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

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

    /// Copies a folder that is no package of ours here, whole, under the hash of its files and their names. Files on
    /// the
    /// same disk are linked, not copied: whoever writes such a file anew writes another one.
    synchronized Sha256 takeForeign(Path model) {
        try {
            Sha256 content = hash(model);
            Path place = folder.resolve(content.hex());
            if (Files.notExists(place)) {
                Files.createDirectories(folder);
                Path beside = Files.createTempDirectory(folder, "taking-");
                for (Path file : files(model)) {
                    Path copy = beside.resolve(model.relativize(file).toString());
                    Files.createDirectories(copy.getParent());
                    link(file, copy);
                }
                Files.move(beside, place);
            }
            return content;
        } catch (IOException e) {
            throw new UncheckedIOException("a model cannot be copied to the shelf: " + model, e);
        }
    }

    private static void link(Path file, Path copy) throws IOException {
        try {
            Files.createLink(copy, file);
        } catch (UnsupportedOperationException | FileSystemException e) {
            Files.copy(file, copy); // another disk, or one that knows no links
        }
    }

    private static Sha256 hash(Path model) throws IOException {
        StringBuilder listing = new StringBuilder();
        for (Path file : files(model)) {
            listing.append(Sha256.of(file).hex())
                    .append(' ')
                    .append(model.relativize(file))
                    .append('\n');
        }
        return Sha256.of(listing.toString());
    }

    private static List<Path> files(Path model) throws IOException {
        try (Stream<Path> all = Files.walk(model)) {
            return all.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .toList();
        }
    }

    Path folder(Sha256 content) {
        return folder.resolve(content.hex());
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
        if (Files.notExists(place.resolve("sampan.json"))) {
            throw new ProblemException(Problem.of(
                            "catalog.foreign", "This model was made elsewhere and is no package of Sampan")
                    .at(place.toString())
                    .remedy("Fetch it by MLflow's client; train it by a sampan.yaml to open and serve it here"));
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
