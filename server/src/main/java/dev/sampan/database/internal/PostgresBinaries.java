package dev.sampan.database.internal;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/// PostgreSQL's programs, which come in a jar as `postgres-SYSTEM-ARCHITECTURE.txz`, unpacked once: beside, then
/// renamed, so a folder under its final name is whole.
public final class PostgresBinaries {
    private PostgresBinaries() {}

    /// @param under the folder that keeps versions
    /// @return the folder with `bin/postgres`
    public static Path unpack(Path under) {
        URL archive = archive();
        Path target = under.resolve(version(archive));
        if (Files.isExecutable(target.resolve("bin/postgres"))) {
            return target;
        }
        try {
            Files.createDirectories(under);
            // Two programs may unpack at once; the second one finds the work done.
            try (FileChannel file = FileChannel.open(under.resolve("lock"), CREATE, WRITE);
                    FileLock _ = file.lock()) {
                if (!Files.isExecutable(target.resolve("bin/postgres"))) {
                    unpack(archive, target);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return target;
    }

    private static void unpack(URL archive, Path target) throws IOException {
        Path part = target.resolveSibling(target.getFileName() + ".part");
        Trees.delete(part);
        Files.createDirectories(part);
        try (InputStream in = archive.openStream()) {
            extract(in, part);
        }
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    }

    private static URL archive() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
        String machine = System.getProperty("os.arch");
        for (String name : List.of(machine, "amd64".equals(machine) ? "x86_64" : "arm_64", machine + "v8")) {
            URL found = PostgresBinaries.class.getResource("/postgres-" + system + "-" + name + ".txz");
            if (found != null) {
                return found;
            }
        }
        throw new ProblemException(
                Problem.of("database.no_binaries", "There is no PostgreSQL for " + system + " on " + machine + " here")
                        .remedy("Give one of your own: --db-url jdbc:postgresql://HOST/NAME"));
    }

    /// From the jar's name, such as `18.3.0`.
    private static String version(URL archive) {
        String jar = archive.getPath().replaceFirst("!.*", "");
        return jar.replaceFirst(".*-", "").replaceFirst("\\.jar$", "");
    }

    private static void extract(InputStream in, Path target) throws IOException {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(in)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path file = target.resolve(entry.getName()).normalize();
                if (!file.startsWith(target)) {
                    throw new IOException("the archive leaves its folder: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                    continue;
                }
                Files.createDirectories(file.getParent());
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
                } else {
                    Files.copy(tar, file);
                    boolean runs = (entry.getMode() & 0b001_000_000) != 0;
                    Files.setPosixFilePermissions(
                            file, PosixFilePermissions.fromString(runs ? "rwxr-xr-x" : "rw-r--r--"));
                }
            }
        }
    }
}
