package dev.sampan.model;

import dev.sampan.data.Features;
import dev.sampan.kernel.Json;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Sha256;
import dev.sampan.model.internal.DraftFolder;
import dev.sampan.model.internal.ModelCard;
import dev.sampan.model.internal.PackageTexts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// A package being written: in a folder beside the target, renamed to it whole by [#commit], gone without it. At every
/// moment, a crash included, the target is the old package, the new one, or absent where there was none; what a crash
/// leaves beside it is swept up by the next draft of the same target.
public final class PackageDraft implements AutoCloseable {
    private final DraftFolder folder;
    private final Path target;

    private PackageDraft(DraftFolder folder, Path target) {
        this.folder = folder;
        this.target = target;
    }

    /// @param force replace a package that stands there; anything else that is not empty is never replaced
    /// @throws dev.sampan.kernel.ProblemException `output.exists` when the target is a non-empty folder and not
    ///     `force`; `output.busy` when another process writes it; `output.disk_full`, `output.failed`
    public static PackageDraft create(Path target, boolean force) {
        Path place = target.toAbsolutePath().normalize();
        try {
            DraftFolder folder = DraftFolder.open(place);
            try {
                mayReplace(place, force);
            } catch (ProblemException e) {
                folder.close();
                throw e;
            }
            return new PackageDraft(folder, place);
        } catch (IOException e) {
            throw OutputProblem.of(place, e);
        }
    }

    /// With all files of a package in it; the same target is allowed with `force`.
    public static PackageDraft copyOf(ModelPackage source, Path target, boolean force) {
        PackageDraft draft = create(target, force);
        try {
            for (String name : source.manifest().files().keySet()) {
                Files.copy(source.folder().resolve(name), draft.file(name));
            }
            return draft;
        } catch (IOException e) {
            draft.close();
            throw OutputProblem.of(target, e);
        }
    }

    /// The same package in another place, byte for byte, so that its version stays.
    ///
    /// @throws dev.sampan.kernel.ProblemException as [#create], or what is wrong with the source by now
    public static ModelPackage duplicate(ModelPackage source, Path target, boolean force) {
        try (PackageDraft draft = copyOf(source, target, force)) {
            Files.copy(source.folder().resolve(ModelPackage.MANIFEST), draft.file(ModelPackage.MANIFEST));
            ModelPackage copy = ModelPackage.open(draft.folder());
            draft.folder.publish();
            return new ModelPackage(draft.target, copy.manifest(), copy.version());
        } catch (IOException e) {
            throw OutputProblem.of(target, e);
        }
    }

    /// The folder the draft's files are in until [#commit]: for what writes itself into a folder, as `Features` do.
    public Path folder() {
        return folder.path();
    }

    /// Where a file of the draft is to be written.
    ///
    /// @param name without a folder
    public Path file(String name) {
        Path file = folder.path().resolve(name);
        if (!folder.path().equals(file.normalize().getParent())
                || !name.equals(file.getFileName().toString())) {
            throw new IllegalArgumentException("a package's files have plain names, not '" + name + "'");
        }
        return file;
    }

    /// Writes a whole file of the draft.
    ///
    /// @throws dev.sampan.kernel.ProblemException `output.disk_full`, `output.failed`
    public void write(String name, byte[] bytes) {
        try {
            Files.write(file(name), bytes);
        } catch (IOException e) {
            throw OutputProblem.of(target.resolve(name), e);
        }
    }

    /// Adds what follows from the files (`MLmodel`, `conda.yaml`, `python_env.yaml`, `requirements.txt`,
    /// `input_example.json`, `tokenizer_config.json` where there is a tokenizer, model card `README.md`, hashes),
    /// checks the whole as [ModelPackage#open] does, forces it to the disk and renames it.
    ///
    /// @param manifest its `files` are ignored and computed
    public ModelPackage commit(Manifest manifest) {
        try {
            describe(manifest);
            Manifest complete = manifest.withFiles(hashes());
            write(
                    ModelPackage.MANIFEST,
                    Json.pretty(ManifestFile.tree(complete)).getBytes(StandardCharsets.UTF_8));
            ModelPackage checked = ModelPackage.open(folder.path());
            folder.publish();
            return new ModelPackage(target, checked.manifest(), checked.version());
        } catch (IOException e) {
            throw OutputProblem.of(target, e);
        }
    }

    /// Deletes the draft unless it was committed.
    @Override
    public void close() {
        folder.close();
    }

    private void describe(Manifest manifest) throws IOException {
        Features features = Features.read(folder.path());
        PackageTexts texts = new PackageTexts(manifest.createdAt(), features);
        Path onnx = file("model.onnx");
        if (!Files.isRegularFile(onnx)) {
            throw new ProblemException(Problem.of("model.corrupt", "The package has no model.onnx.")
                    .at(target.toString()));
        }
        text("MLmodel", texts.mlModel(Files.size(onnx), Sha256.of(onnx)));
        text("conda.yaml", texts.conda());
        text("python_env.yaml", texts.pythonEnvironment());
        text("requirements.txt", texts.requirements());
        text("input_example.json", texts.inputExample());
        text("serving_input_example.json", texts.servingInputExample());
        if (Files.exists(file("tokenizer.json"))) {
            text("tokenizer_config.json", texts.tokenizerConfig());
        }
        text("README.md", ModelCard.of(manifest, features));
    }

    private void text(String name, String text) {
        write(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private Map<String, Sha256> hashes() throws IOException {
        Map<String, Sha256> hashes = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder.path())) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (!name.equals(ModelPackage.MANIFEST)) {
                    hashes.put(name, Sha256.of(file));
                }
            }
        }
        return hashes;
    }

    /// A forced run must not delete what is no package: `-o ~ --force` is a slip, not a wish.
    private static void mayReplace(Path target, boolean force) throws IOException {
        if (Files.isDirectory(target)) {
            try (Stream<Path> files = Files.list(target)) {
                if (files.findAny().isEmpty()) {
                    return;
                }
            }
        } else if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        boolean isPackage = Files.isRegularFile(target.resolve(ModelPackage.MANIFEST));
        if (!force || !isPackage) {
            throw new ProblemException(Problem.of(
                            "output.exists",
                            isPackage
                                    ? "A model package stands here already."
                                    : "This is here already, and it is no model package.")
                    .at(target.toString())
                    .remedy(
                            isPackage
                                    ? "Choose another folder, or replace it with --force."
                                    : "Choose another folder; --force replaces model packages alone."));
        }
    }
}
