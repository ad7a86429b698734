package dev.sampan.data.internal.source;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Progress;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.concurrent.CancellationException;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/// Unpacks `.gz` and `.zip` into the working folder. What an archive says of itself is not believed: bytes are
/// counted as they come out, and an archive that grows past [#GROWTH_MAX] times its size (and [#BYTES_FREE]) is
/// a bomb.
final class Unpacking {
    static final long GROWTH_MAX = 200;
    static final long BYTES_FREE = 256L << 20;
    private static final int ENTRIES_MAX = 5_000_000;

    private final String name;
    private final Progress progress;
    private final long bytesMax;
    private final byte[] buffer = new byte[1 << 16];
    private long bytes;

    private Unpacking(Path archive, String name, Progress progress) throws IOException {
        this.name = name;
        this.progress = progress;
        this.bytesMax = Math.max(BYTES_FREE, GROWTH_MAX * Files.size(archive));
    }

    /// The one file of a `.gz`.
    static void gzip(Path archive, String name, Path target, Progress progress) {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(archive), 1 << 16)) {
            new Unpacking(archive, name, progress).copy(in, target);
        } catch (ZipException | EOFException e) {
            throw broken(name, "This is no gzip file, or it breaks off", e);
        } catch (IOException e) {
            throw IoProblems.reading(archive, e);
        }
    }

    /// All files of a `.zip`, under their own names below the folder.
    static void zip(Path archive, String name, Path folder, Progress progress) {
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            if (zip.size() > ENTRIES_MAX) {
                throw broken(name, "The archive holds more than " + ENTRIES_MAX + " files", null);
            }
            Unpacking unpacking = new Unpacking(archive, name, progress);
            for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
                unpacking.entry(zip, all.nextElement(), folder);
            }
        } catch (ZipException | EOFException | IllegalArgumentException e) {
            throw broken(name, "This is no zip file, or it is damaged or locked with a password", e);
        } catch (IOException e) {
            throw IoProblems.reading(archive, e);
        }
    }

    private void entry(ZipFile zip, ZipEntry entry, Path folder) throws IOException {
        Path target = inside(folder, entry.getName());
        if (entry.isDirectory() || isHidden(folder.relativize(target))) {
            return;
        }
        Files.createDirectories(target.getParent());
        if (Files.exists(target)) {
            throw broken(name, "Two files of the archive have the name '" + shown(entry.getName()) + "'", null);
        }
        try (InputStream in = zip.getInputStream(entry)) {
            copy(in, target);
        }
    }

    /// @throws ProblemException when the name leads out of the folder
    private Path inside(Path folder, String entry) {
        try {
            Path target = folder.resolve(entry.replace('\\', '/')).normalize();
            if (target.startsWith(folder) && !target.equals(folder)) {
                return target;
            }
        } catch (InvalidPathException e) {
            throw broken(name, "The archive holds a file whose name cannot be one", e);
        }
        throw broken(name, "The archive holds '" + shown(entry) + "', which leads out of it", null);
    }

    /// macOS puts its own notes beside every file.
    private static boolean isHidden(Path path) {
        for (Path part : path) {
            if (part.toString().startsWith(".") || part.toString().equals("__MACOSX")) {
                return true;
            }
        }
        return false;
    }

    private void copy(InputStream in, Path target) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(target), 1 << 16)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                bytes += n;
                if (bytes > bytesMax) {
                    throw broken(
                            name,
                            "Unpacked it is more than " + GROWTH_MAX + " times its size: this is a bomb, or no data",
                            null);
                }
                out.write(buffer, 0, n);
                progress.at("unpack", bytes, 0, name);
                if (progress.cancelled()) {
                    throw new CancellationException("cancelled while unpacking");
                }
            }
        }
    }

    private static String shown(String entry) {
        return entry.length() <= 80 ? entry : entry.substring(0, 80) + "…";
    }

    private static ProblemException broken(String name, String sentence, @Nullable Exception cause) {
        ProblemException problem =
                new ProblemException(Problem.of("data.bad_archive", sentence).at(name));
        if (cause != null) {
            problem.initCause(cause);
        }
        return problem;
    }
}
