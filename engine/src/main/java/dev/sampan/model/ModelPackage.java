package dev.sampan.model;

import dev.sampan.data.ColumnFeatures;
import dev.sampan.data.Features;
import dev.sampan.data.Target;
import dev.sampan.kernel.Json;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Sha256;
import dev.sampan.model.internal.PackageCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// One model package on disk, checked. Immutable: a later stage makes a new one with [PackageDraft].
///
/// @param version hash of the manifest, which holds the hashes of all other files: the package's identity
public record ModelPackage(Path folder, Manifest manifest, Sha256 version) {
    /// Name of the manifest in a package.
    public static final String MANIFEST = "sampan.json";

    /// The format this version writes, and the newest it reads.
    public static final int FORMAT = 1;

    /// Opens and checks a package: format version, hashes of all files, no file but those of the manifest, no link out
    /// of the folder, no pickle, ONNX and safetensors by our own validator.
    ///
    /// @throws dev.sampan.kernel.ProblemException `model.missing`, `model.corrupt`, `model.pickle_refused`,
    ///     `model.unsafe_onnx`, `model.newer_format`, with the file
    public static ModelPackage open(Path folder) {
        Path manifestFile = folder.resolve(MANIFEST);
        if (!Files.isRegularFile(manifestFile)) {
            throw new ProblemException(
                    Problem.of("model.missing", "There is no model package here: no " + MANIFEST + ".")
                            .at(folder.toString())
                            .remedy("Name the folder that `sampan train` wrote."));
        }
        try {
            PackageCheck.noForeignContent(folder);
            byte[] bytes = Files.readAllBytes(manifestFile);
            Manifest manifest = ManifestFile.parse(bytes, manifestFile);
            PackageCheck.files(folder, manifest.files(), MANIFEST);
            ModelPackage opened = new ModelPackage(folder, manifest, Sha256.of(bytes));
            PackageCheck.graph(opened.onnx(), opened.features());
            opened.trees();
            opened.threshold();
            return opened;
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.of("model.corrupt", "The model package cannot be read: " + e.getMessage() + ".")
                            .at(folder.toString()),
                    e);
        }
    }

    public Path onnx() {
        return folder.resolve("model.onnx");
    }

    public Features features() {
        return Features.read(folder);
    }

    /// The trees of a package that is served by walking them; null of other packages.
    ///
    /// @throws dev.sampan.kernel.ProblemException `model.corrupt` when they do not fit the features
    public @Nullable Trees trees() {
        if (!manifest.files().containsKey(Trees.FILE)) {
            return null;
        }
        Trees trees = Trees.read(folder.resolve(Trees.FILE));
        int classes = features().labels().size();
        boolean answers = features().target() instanceof Target.Categories
                ? trees.groups() == (classes == 2 ? 1 : classes)
                : features().target() instanceof Target.Quantity && trees.groups() == 1;
        if (!answers || !(features() instanceof ColumnFeatures columns) || columns.numbers() != trees.features()) {
            throw new ProblemException(Problem.of("model.corrupt", "The trees are not those of the package's features.")
                    .at(folder.resolve(Trees.FILE).toString()));
        }
        return trees;
    }

    /// The threshold that its answers are decided by; null where the label with the highest score is the answer.
    ///
    /// @throws dev.sampan.kernel.ProblemException `model.corrupt` when it does not fit the labels
    public @Nullable DecisionThreshold threshold() {
        return manifest.results().containsKey(DecisionThreshold.RESULT)
                ? DecisionThreshold.of(manifest, features().labels())
                : null;
    }

    /// Whether the graph chooses a scale from the whole batch (dynamic quantisation of activations): then an input's
    /// answer may depend on the others in its batch, and whoever wants it not to runs inputs one at a time.
    public boolean mixesRows() {
        try {
            return PackageCheck.mixesRows(onnx());
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.of("model.corrupt", "The graph cannot be read.").at(onnx().toString()), e);
        }
    }

    /// The manifest's documents and figures as JSON, as they stand in [#MANIFEST].
    public String manifestJson() {
        return Json.pretty(ManifestFile.tree(manifest));
    }
}
