package dev.sampan.database;

import dev.sampan.database.internal.PostgresBinaries;
import dev.sampan.database.internal.backup.Backups;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where the backups of one installation with a PostgreSQL of its own lie.
///
/// ```
/// FOLDER/2026-11-24T18-30-00Z/   a backup: database, models, node; backup.json lists its files with their
/// hashes
/// FOLDER/wal/                    the write-ahead log since, when the platform archives it (`up --backup-dir
/// FOLDER`)
/// ```
///
/// A backup holds neither `master-key.json`, which opens sealed secrets, nor caches and logs.
public final class BackupFolder {
    private static final String WAL = "wal";

    private final Path folder;

    public BackupFolder(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    /// The archived log's folder.
    public Path wal() {
        return folder.resolve(WAL);
    }

    /// @param folder of the backup, whole
    public record Taken(Path folder, long bytes, Duration took) {}

    /// Copies the home while its platform runs on, or the database at rest when none does.
    ///
    /// @param keep how many backups stay, the newest; older ones and the log before them are deleted. 0: all
    /// @throws ProblemException `backup.no_database`, `backup.failed`
    public Taken take(Path home, int keep, Progress progress) {
        try {
            return Backups.take(folder, home.toAbsolutePath().normalize(), keep, progress);
        } catch (IOException | SQLException e) {
            throw new ProblemException(
                    Problem.of("backup.failed", "The backup was not finished: " + e.getMessage())
                            .remedy("Nothing of it was left behind; see that the disk has room and try again"),
                    e);
        }
    }

    /// Oldest first.
    public List<Path> backups() {
        try {
            return Backups.in(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("the backups in " + folder + " cannot be listed", e);
        }
    }

    /// Makes a home of the newest backup that is not younger than `until`, and of the log archived since. The
    /// journal of calls is left as it is, so that charges on it which no database knows are booked at the next
    /// start.
    ///
    /// @param until nothing that was committed later comes back; null for all there is
    /// @throws ProblemException `restore.*`, `database.home_in_use`
    public Taken restore(Path home, @Nullable Instant until, Progress progress) {
        long begun = System.nanoTime();
        Path into = home.toAbsolutePath().normalize();
        try (HomeLock _ = HomeLock.take(into)) {
            Path backup = Backups.before(folder, until);
            EmbeddedPostgres.Options options = EmbeddedPostgres.Options.of(into);
            Path programs = options.programs() == null ? into.resolve("postgres") : options.programs();
            long bytes = Backups.restore(
                    backup,
                    into,
                    new Backups.Means(PostgresBinaries.unpack(programs), options.systemUser(), progress),
                    Files.isDirectory(wal()) ? wal() : null,
                    until);
            return new Taken(backup, bytes, Duration.ofNanos(System.nanoTime() - begun));
        } catch (IOException e) {
            throw new ProblemException(Problem.of("restore.failed", "The home was not restored: " + e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new java.util.concurrent.CancellationException("interrupted");
        }
    }
}
