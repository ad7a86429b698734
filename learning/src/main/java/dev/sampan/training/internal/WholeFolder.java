package dev.sampan.training.internal;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.stream.Stream;

/// A folder that is either there with everything in it or not there: written beside and renamed.
public final class WholeFolder {
    private static final int BUFFER = 1 << 16;

    private WholeFolder() {}

    /// Fills an empty folder.
    @FunctionalInterface
    public interface Filler {
        void fill(Path folder) throws IOException;
    }

    /// The folder, filled when it is not there.
    public static Path of(Path folder, Filler filler) throws IOException {
        if (Files.isDirectory(folder)) {
            return folder;
        }
        Path beside = folder.resolveSibling(folder.getFileName() + ".part");
        delete(beside);
        Files.createDirectories(beside);
        try {
            filler.fill(beside);
            Files.move(beside, folder, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            delete(beside);
        }
        return folder;
    }

    public static DataOutputStream stream(Path file) throws IOException {
        return new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), BUFFER));
    }

    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
