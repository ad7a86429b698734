package dev.sampan.database.internal.backup;

import dev.sampan.database.BackupFolder.Taken;
import dev.sampan.database.DatabaseAddress;
import dev.sampan.database.EmbeddedPostgres;
import dev.sampan.database.HomeLock;
import dev.sampan.database.internal.Cluster;
import dev.sampan.database.internal.Trees;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The folder of backups: names, order, room.
public final class Backups {
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH-mm-ss'Z'").withZone(ZoneOffset.UTC);

    private Backups() {}

    /// @param installation PostgreSQL's programs
    /// @param systemUser whom root lends to PostgreSQL
    public record Means(Path installation, String systemUser, Progress progress) {}

    public static Taken take(Path folder, Path home, int keep, Progress progress) throws IOException, SQLException {
        long begun = System.nanoTime();
        Path data = data(home);
        Files.createDirectories(folder);
        Path backup = folder.resolve(NAME.format(Instant.now()));
        Path part = folder.resolve(backup.getFileName() + ".part");
        Files.createDirectory(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        BackupManifest manifest;
        try {
            manifest = take(home, data, part, progress);
            Files.move(part, backup, StandardCopyOption.ATOMIC_MOVE);
            DurableCopy.force(folder);
        } finally {
            Trees.delete(part);
        }
        if (keep > 0) {
            forget(folder, keep);
        }
        return new Taken(backup, manifest.bytes(), Duration.ofNanos(System.nanoTime() - begun));
    }

    private static Path data(Path home) throws IOException {
        Path root = home.resolve("database");
        if (Files.isDirectory(root)) {
            try (Stream<Path> folders = Files.list(root)) {
                Path found = folders.filter(folder -> Files.exists(folder.resolve("PG_VERSION")))
                        .filter(folder ->
                                folder.getFileName().toString().chars().allMatch(Character::isDigit))
                        .max(Path::compareTo)
                        .orElse(null);
                if (found != null) {
                    return found;
                }
            }
        }
        throw new ProblemException(Problem.of("backup.no_database", "There is no database of Sampan's own in " + home)
                .remedy("Name its home by SAMPAN_HOME; a database given by --db-url has backups of its own, such as"
                        + " pg_basebackup"));
    }

    /// Where nobody holds the home, PostgreSQL is started for the copy alone.
    private static BackupManifest take(Path home, Path data, Path into, Progress progress)
            throws IOException, SQLException {
        HomeLock lock = null;
        try {
            lock = HomeLock.take(home);
        } catch (ProblemException running) {
            return new BaseBackup(home, data, into, progress).take(running(home, data));
        }
        try (HomeLock _ = lock;
                EmbeddedPostgres postgres = EmbeddedPostgres.start(EmbeddedPostgres.Options.of(home))) {
            return new BaseBackup(home, data, into, progress).take(postgres.address());
        }
    }

    private static DatabaseAddress running(Path home, Path data) throws IOException {
        List<String> postmaster = Files.readAllLines(data.resolve("postmaster.pid"));
        return new DatabaseAddress(
                "jdbc:postgresql://127.0.0.1:" + postmaster.get(3).strip() + "/postgres",
                Cluster.OWNER,
                Files.readString(home.resolve("database/password")).strip());
    }

    /// Whole ones, oldest first.
    public static List<Path> in(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(folder)) {
            return folders.filter(one -> Files.exists(one.resolve(BackupManifest.NAME)))
                    .sorted()
                    .toList();
        }
    }

    /// The newest, or the newest that was begun before `until`.
    public static Path before(Path folder, @Nullable Instant until) throws IOException {
        List<Path> all = in(folder);
        return all.reversed().stream()
                .filter(one -> until == null || BackupManifest.of(one).at().isBefore(until))
                .findFirst()
                .orElseThrow(() -> new ProblemException(Problem.of(
                                "restore.no_backup",
                                "There is no backup in " + folder + (until == null ? "" : " from before " + until))
                        .remedy(
                                all.isEmpty()
                                        ? "Name the folder that ./sampan backup wrote to"
                                        : "The oldest is " + all.getFirst().getFileName())));
    }

    /// @return bytes of the backup
    public static long restore(Path backup, Path home, Means means, @Nullable Path archive, @Nullable Instant until)
            throws IOException, InterruptedException {
        Restoration restoration = new Restoration(backup, home, means.progress);
        restoration.run(means.installation, means.systemUser, archive, until);
        return BackupManifest.of(backup).bytes();
    }

    private static void forget(Path folder, int keep) throws IOException {
        List<Path> all = in(folder);
        for (Path old : all.subList(0, Math.max(0, all.size() - keep))) {
            Files.delete(old.resolve(BackupManifest.NAME)); // first: a torn deletion leaves no backup that looks whole
            Trees.delete(old);
        }
        Path wal = folder.resolve("wal");
        if (!Files.isDirectory(wal)) {
            return;
        }
        String first = BackupManifest.of(in(folder).getFirst()).firstSegment();
        try (Stream<Path> files = Files.list(wal)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (WalSegment.isName(name)
                        && WalSegment.named(name).number()
                                < WalSegment.named(first).number()) {
                    Files.delete(file);
                }
            }
        }
    }
}
