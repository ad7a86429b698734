package dev.sampan.database.internal.backup;

import dev.sampan.database.DatabaseAddress;
import dev.sampan.database.EmbeddedPostgres;
import dev.sampan.database.internal.Cluster;
import dev.sampan.database.internal.Postmaster;
import dev.sampan.database.internal.SystemUser;
import dev.sampan.database.internal.Trees;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The way back: a backup's files beside where the database will be, the archived log after them, PostgreSQL once
/// until it has replayed all of it, then the rename that makes it the home's database.
final class Restoration {
    private static final String STEP = "restore";
    private static final Duration REPLAY = Duration.ofHours(12);
    /// Within PostgreSQL's folder, which the user that runs it can read.
    private static final String LOG = "restored_wal";

    /// PostgreSQL reads this setting before it knows names of time zones, `Z` among them.
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS'+00'").withZone(ZoneOffset.UTC);

    private final Path backup;
    private final BackupManifest manifest;
    private final Path home;
    private final Progress progress;
    private final DurableCopy copy = new DurableCopy();
    private long done;

    Restoration(Path backup, Path home, Progress progress) {
        this.backup = backup;
        this.manifest = BackupManifest.of(backup);
        this.home = home;
        this.progress = progress;
    }

    /// @param archive folder of the archived log; null for the backup alone
    /// @param until nothing that was committed later comes back; null for all there is
    /// @throws ProblemException `restore.not_empty`, `restore.damaged`, `restore.other_archive`,
    /// `restore.failed`
    void run(Path installation, String systemUser, @Nullable Path archive, @Nullable Instant until)
            throws IOException, InterruptedException {
        Path root = Files.createDirectories(home.resolve("database"));
        Path data = root.resolve(manifest.major());
        if (Files.exists(data)) {
            throw new ProblemException(Problem.of("restore.not_empty", "There is a database in " + data + " already")
                    .remedy("Restore into another SAMPAN_HOME, or move this folder away first"));
        }
        Path part = root.resolve(manifest.major() + ".part");
        Trees.delete(part);
        try {
            copyFiles(root, part);
            if (archive != null) {
                requireSame(archive);
                copyLog(archive, part.resolve(LOG));
                follow(part, until);
            }
            Cluster cluster = Cluster.open(
                    root,
                    installation,
                    SystemUser.forHome(root, systemUser),
                    part.getFileName().toString());
            replay(cluster);
            Trees.delete(part.resolve(LOG));
            Files.move(part, data, StandardCopyOption.ATOMIC_MOVE);
            DurableCopy.force(root);
        } finally {
            Trees.delete(part);
        }
    }

    private void copyFiles(Path root, Path part) throws IOException {
        String prefix = "database/" + manifest.major() + "/";
        Files.createDirectory(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        try (Stream<Path> folders = Files.walk(backup.resolve(prefix))) {
            for (Path folder : folders.filter(Files::isDirectory).toList()) {
                Files.createDirectories(
                        part.resolve(backup.resolve(prefix).relativize(folder).toString()));
            }
        }
        for (Map.Entry<String, BackupManifest.Entry> file : manifest.files().entrySet()) {
            String name = file.getKey();
            Path to = name.startsWith(prefix)
                    ? part.resolve(name.substring(prefix.length()))
                    : home.resolve(name).normalize();
            if (!to.startsWith(home)) {
                throw damaged(name, "it points out of the home");
            }
            if (name.startsWith(prefix) || !Files.exists(to)) {
                copy(name, to, file.getValue());
            }
        }
        Files.setPosixFilePermissions(root.resolve("password"), PosixFilePermissions.fromString("rw-------"));
    }

    private void copy(String name, Path to, BackupManifest.Entry expected) throws IOException {
        if (progress.cancelled()) {
            throw new CancellationException("the restoration was not wanted any more");
        }
        if (!Files.isRegularFile(backup.resolve(name))) {
            throw damaged(name, "it is not there");
        }
        BackupManifest.Entry found = copy.copy(backup.resolve(name), to);
        if (!found.equals(expected)) {
            Files.delete(to);
            throw damaged(name, "its content is not what was written");
        }
        done += found.bytes();
        progress.at(STEP, done, manifest.bytes(), "");
    }

    private ProblemException damaged(String name, String why) {
        return new ProblemException(Problem.of("restore.damaged", "The backup's file " + name + " is damaged: " + why)
                .at(backup.toString())
                .remedy("Restore an older backup; the archived log carries it to the same state"));
    }

    private void requireSame(Path archive) throws IOException {
        Path file = archive.resolve(WalArchive.SYSTEM);
        String system = Files.exists(file) ? Files.readString(file).strip() : "none";
        if (!system.equals(manifest.system())) {
            throw new ProblemException(Problem.of(
                            "restore.other_archive",
                            "The archive " + archive + " belongs to database " + system + ", the backup to "
                                    + manifest.system())
                    .remedy("Keep each installation's backups in a folder of their own"));
        }
    }

    /// From the first piece that the backup needs; the one that was being written is filled up with zeros, where
    /// PostgreSQL finds the end.
    private void copyLog(Path archive, Path to) throws IOException {
        Files.createDirectories(to);
        long first = WalSegment.named(manifest.firstSegment()).number();
        try (Stream<Path> files = Files.list(archive)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                String whole = name.replace(WalArchive.PARTIAL, "");
                if (name.endsWith(WalArchive.HISTORY)) {
                    copy.copy(file, to.resolve(name));
                } else if (WalSegment.isName(whole) && WalSegment.named(whole).number() >= first) {
                    copy.copy(file, to.resolve(whole));
                    fill(to.resolve(whole));
                }
            }
        }
    }

    private static void fill(Path segment) throws IOException {
        long missing = WalSegment.BYTES - Files.size(segment);
        if (missing > 0) {
            Files.write(segment, new byte[Math.toIntExact(missing)], StandardOpenOption.APPEND);
        }
    }

    /// `%f` and `%p` are PostgreSQL's; it runs the command within its folder.
    private static void follow(Path part, @Nullable Instant until) throws IOException {
        Files.createFile(part.resolve("recovery.signal"));
        StringBuilder settings = new StringBuilder("\nrestore_command = 'cp " + LOG + "/%f \"%p\"'\n");
        settings.append("recovery_target_action = 'promote'\nrecovery_target_timeline = 'latest'\n");
        if (until != null) {
            settings.append("recovery_target_time = '")
                    .append(TIME.format(until))
                    .append("'\n");
        }
        Files.writeString(part.resolve("postgresql.auto.conf"), settings, StandardOpenOption.APPEND);
    }

    private void replay(Cluster cluster) throws IOException, InterruptedException {
        int port = EmbeddedPostgres.freePort();
        DatabaseAddress address = new DatabaseAddress(
                "jdbc:postgresql://127.0.0.1:" + port + "/postgres", Cluster.OWNER, cluster.password());
        Postmaster postmaster = Postmaster.launch(cluster, port);
        try {
            postmaster.awaitReady(address, REPLAY);
            awaitEnd(address, postmaster);
        } finally {
            postmaster.end(cluster);
        }
        Path settings = cluster.data().resolve("postgresql.auto.conf");
        List<String> kept = Files.readAllLines(settings).stream()
                .filter(line -> !line.startsWith("recovery_") && !line.startsWith("restore_command"))
                .toList();
        Files.write(settings, kept);
    }

    /// It takes questions before it has replayed everything.
    private static void awaitEnd(DatabaseAddress address, Postmaster postmaster) throws InterruptedException {
        long deadline = System.nanoTime() + REPLAY.toNanos();
        while (System.nanoTime() < deadline) {
            try (Connection connection =
                            DriverManager.getConnection(address.url(), address.user(), address.password());
                    ResultSet row = connection.createStatement().executeQuery("select pg_is_in_recovery()")) {
                row.next();
                if (!row.getBoolean(1)) {
                    return;
                }
            } catch (SQLException e) {
                if (!postmaster.isAlive()) {
                    throw new ProblemException(
                            Problem.of("restore.failed", "PostgreSQL could not replay: " + postmaster.lastLine()), e);
                }
            }
            Thread.sleep(50);
        }
        throw new ProblemException(
                Problem.of("restore.failed", "PostgreSQL did not replay the log within " + REPLAY.toHours() + " h"));
    }
}
