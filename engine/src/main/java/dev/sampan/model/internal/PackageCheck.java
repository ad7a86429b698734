package dev.sampan.model.internal;

import dev.sampan.data.Features;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Sha256;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// The checks a package passes before anything in it is used, in the order in which they are made.
public final class PackageCheck {
    private static final Set<String> REQUIRED = Set.of("MLmodel", "README.md", "features.json", "model.onnx");
    private static final Set<String> OF_THE_SYSTEM = Set.of(".DS_Store");
    private static final int FILES_MAX = 1_000;

    private PackageCheck() {}

    /// No folder inside, no device or pipe, no link that leaves, no serialised object: whether or not the manifest
    /// names the file.
    public static void noForeignContent(Path folder) throws IOException {
        Path root = folder.toRealPath();
        for (Path file : listed(folder)) {
            if (!file.toRealPath().startsWith(root)) {
                throw corrupt(file, "This is a link that leaves the package.");
            }
            if (!Files.isRegularFile(file)) {
                throw corrupt(file, "A package holds files alone, not this.");
            }
            PickleScan.refuse(file);
        }
    }

    /// Every file of the manifest is here as it was written, none is here beside them, and tensors can be read.
    public static void files(Path folder, Map<String, Sha256> hashes, String manifest) throws IOException {
        for (Path file : listed(folder)) {
            String name = file.getFileName().toString();
            if (!hashes.containsKey(name) && !name.equals(manifest) && !OF_THE_SYSTEM.contains(name)) {
                throw new ProblemException(Problem.of("model.corrupt", "The manifest does not know this file.")
                        .at(file.toString())
                        .remedy("Move it out of the package."));
            }
        }
        List<String> names = new ArrayList<>(hashes.keySet());
        REQUIRED.stream().filter(name -> !hashes.containsKey(name)).forEach(names::add);
        names.sort(Comparator.naturalOrder());
        for (String name : names) {
            Path file = folder.resolve(name);
            if (!name.equals(file.normalize().getFileName().toString()) || !folder.equals(file.getParent())) {
                throw corrupt(folder.resolve(manifest), "The manifest names the file '" + OnnxFile.shown(name) + "'.");
            }
            if (!Files.isRegularFile(file)) {
                throw corrupt(file, "The file is missing.");
            }
            if (!Sha256.of(file).equals(hashes.get(name))) {
                throw corrupt(file, "The file was changed after the package was written.");
            }
            if (name.endsWith(".safetensors")) {
                tensors(file);
            }
        }
    }

    /// The graph is harmless, reads what the features make, and answers what the target asks for.
    public static void graph(Path file, Features features) throws IOException {
        OnnxFile.read(file).expect(features.tensors(), Signature.outputs(features.target()));
    }

    public static boolean mixesRows(Path file) throws IOException {
        return OnnxFile.read(file).mixesRows();
    }

    private static void tensors(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            SafetensorsHeader.read(channel, file.toString());
        }
    }

    private static List<Path> listed(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> list = files.limit(FILES_MAX + 1L).sorted().toList();
            if (list.size() > FILES_MAX) {
                throw corrupt(folder, "A package has no more than " + FILES_MAX + " files.");
            }
            for (Path file : list) {
                if (Files.isSymbolicLink(file) && !Files.exists(file)) {
                    throw corrupt(file, "This link leads nowhere.");
                }
                if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                    throw corrupt(file, "A package holds files alone, not this folder.");
                }
            }
            return list;
        }
    }

    private static ProblemException corrupt(Path file, String sentence) {
        return new ProblemException(Problem.of("model.corrupt", sentence).at(file.toString()));
    }
}
