package dev.sampan.studio.tracking;

import dev.sampan.catalog.Catalog;
import dev.sampan.catalog.ModelVersion;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.TenantId;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Files of runs and models, on the disk under `artifacts/TENANT`. Addresses are paths of these shapes:
/// ```
/// EXPERIMENT/RUN/artifacts/…             of a run; `model` of a run of ours is its package on the shelf
/// EXPERIMENT/models/MODEL/artifacts/…    of a logged model
/// shelf/NAME/NUMBER/…                    of a version on the shelf: for reading alone
/// ```
/// A file appears whole, by a rename, and what is written anew is another file: the shelf may hold the old one.
public final class Artifacts {
    private static final String SHELF = "shelf";
    private static final int SEGMENT_BYTES_MAX = 255;
    private static final int SEGMENTS_MAX = 40;
    /// Kept free for PostgreSQL and the journal, which matter more.
    private static final long FREE_BYTES = 1L << 30;

    private final Path root;
    private final long bytesMax;
    private final Runs runs;
    private final LoggedModels models;
    private final Catalog catalog;

    /// @param bytesMax how long one file may be
    Artifacts(Path root, long bytesMax, Runs runs, LoggedModels models, Catalog catalog) {
        this.root = root;
        this.bytesMax = bytesMax;
        this.runs = runs;
        this.models = models;
        this.catalog = catalog;
    }

    /// An entry of a folder.
    ///
    /// @param bytes null for a folder
    public record Entry(String name, @Nullable Long bytes) {}

    /// Entries by name; none where there is nothing, or a file.
    public List<Entry> list(TenantId tenant, String address) {
        Place place = place(tenant, address);
        List<Entry> entries = new ArrayList<>();
        place.packaged().ifPresent(_ -> entries.add(new Entry("model", null)));
        if (!Files.isDirectory(place.path(), LinkOption.NOFOLLOW_LINKS)) {
            return entries;
        }
        try (Stream<Path> files = Files.list(place.path())) {
            for (Path file : files.sorted().toList()) {
                boolean folder = Files.isDirectory(file);
                entries.add(new Entry(file.getFileName().toString(), folder ? (Long) null : (Long) Files.size(file)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        entries.sort(Comparator.comparing(Entry::name));
        return entries;
    }

    /// @throws ProblemException `tracking.artifact.not_found`
    public Path file(TenantId tenant, String address) {
        Path file = place(tenant, address).path();
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new ProblemException(Problem.of("tracking.artifact.not_found", "There is no file " + address));
        }
        return file;
    }

    /// The folder with this address, to be read.
    Path folder(TenantId tenant, String address) {
        Path folder = place(tenant, address).path();
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            throw new ProblemException(Problem.of("tracking.artifact.not_found", "There is no folder " + address));
        }
        return folder;
    }

    /// Takes the stream to its end.
    ///
    /// @throws ProblemException `tracking.too_large`, `tracking.disk_full`, `tracking.invalid_path`
    public void put(TenantId tenant, String address, InputStream content) throws IOException {
        Place place = place(tenant, address);
        if (!place.writable()) {
            throw new ProblemException(
                    Problem.of("tracking.denied", "Versions on the shelf are never changed: " + address));
        }
        Path uploads = Files.createDirectories(root.resolve(tenant.toString()).resolve(".uploads"));
        if (uploads.toFile().getUsableSpace() < FREE_BYTES) {
            throw new ProblemException(Problem.of("tracking.disk_full", "The platform's disk is full")
                    .remedy("Free some space in " + root));
        }
        Path beside = Files.createTempFile(uploads, "upload-", "");
        try {
            copy(content, beside, address);
            Files.createDirectories(place.path().getParent());
            Files.move(beside, place.path(), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    private void copy(InputStream content, Path file, String address) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            OutputStream out = Channels.newOutputStream(channel);
            byte[] buffer = new byte[1 << 16];
            long total = 0;
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                total += read;
                if (total > bytesMax) {
                    throw new ProblemException(
                            Problem.of("tracking.too_large", address + " has more than " + bytesMax + " bytes")
                                    .remedy("Raise sampan.tracking.artifact-bytes-max, or keep it elsewhere"));
                }
                out.write(buffer, 0, read);
            }
            channel.force(true);
        }
    }

    /// Where an address leads.
    ///
    /// @param packaged the shelf's version that stands there as `model` beside what lies in the folder
    private record Place(Path path, boolean writable, Optional<ModelVersion> packaged) {}

    private Place place(TenantId tenant, String address) {
        List<String> segments = segments(address);
        if (segments.getFirst().equals(SHELF)) {
            return shelved(tenant, segments);
        }
        boolean model = segments.size() >= 4
                && segments.get(1).equals("models")
                && segments.get(3).equals("artifacts");
        boolean run = segments.size() >= 3 && segments.get(2).equals("artifacts");
        Path own = root.resolve(tenant.toString()).resolve(String.join("/", segments));
        if (model && models.model(tenant, segments.get(2)).experiment().equals(segments.getFirst())) {
            return new Place(own, true, Optional.empty());
        }
        if (run && runs.info(tenant, segments.get(1)).experiment().equals(segments.getFirst())) {
            return ofRun(tenant, segments, own);
        }
        throw new ProblemException(
                Problem.of("tracking.artifact.not_found", "No run and no model keeps files at " + address));
    }

    private Place ofRun(TenantId tenant, List<String> segments, Path own) {
        if (Files.exists(own) && segments.size() > 3) {
            return new Place(own, true, Optional.empty());
        }
        Optional<ModelVersion> made = made(tenant, segments.get(1));
        if (segments.size() > 3 && segments.get(3).equals("model") && made.isPresent()) {
            return within(made.get(), segments.subList(4, segments.size()));
        }
        return new Place(own, true, segments.size() == 3 ? made : Optional.empty());
    }

    /// The version on the shelf that a run of ours made.
    private Optional<ModelVersion> made(TenantId tenant, String run) {
        var tags = runs.run(tenant, run).data().tags();
        String name = tags.get(OwnRuns.MODEL);
        String number = tags.get(OwnRuns.VERSION);
        return name == null || number == null ? Optional.empty() : version(tenant, name, number);
    }

    private Place shelved(TenantId tenant, List<String> segments) {
        return version(tenant, segments.size() < 3 ? "" : segments.get(1), segments.size() < 3 ? "" : segments.get(2))
                .map(found -> within(found, segments.subList(3, segments.size())))
                .orElseThrow(() -> new ProblemException(
                        Problem.of("tracking.artifact.not_found", "The shelf holds no " + String.join("/", segments))));
    }

    private Optional<ModelVersion> version(TenantId tenant, String name, String number) {
        try {
            return catalog.version(tenant, name, Integer.parseInt(number));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    private Place within(ModelVersion version, List<String> rest) {
        return new Place(catalog.folder(version.content()).resolve(String.join("/", rest)), false, Optional.empty());
    }

    /// No way leads up or out: every segment is a plain name.
    private static List<String> segments(String address) {
        String trimmed = address.startsWith("/") ? address.substring(1) : address;
        List<String> segments = List.of(trimmed.split("/"));
        for (String segment : segments) {
            boolean plain = !segment.isEmpty()
                    && !segment.equals(".")
                    && !segment.equals("..")
                    && segment.chars().noneMatch(letter -> letter < ' ' || letter == '\\' || letter == 127);
            if (!plain || segment.getBytes(StandardCharsets.UTF_8).length > SEGMENT_BYTES_MAX) {
                throw new ProblemException(
                        Problem.of("tracking.invalid_path", "The path '" + address + "' is not allowed"));
            }
        }
        if (segments.size() > SEGMENTS_MAX) {
            throw new ProblemException(Problem.of("tracking.invalid_path", "The path '" + address + "' is too deep"));
        }
        return segments;
    }
}
