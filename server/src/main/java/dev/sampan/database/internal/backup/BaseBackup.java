package dev.sampan.database.internal.backup;

import dev.sampan.database.DatabaseAddress;
import dev.sampan.kernel.Json;
import dev.sampan.kernel.Progress;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;

/// One copy of a home while its platform runs: PostgreSQL's files between `pg_backup_start` and `pg_backup_stop`
/// with the log in between (PostgreSQL manual, "Making a Base Backup Using the Low Level API"), then everything
/// else that cannot be made again.
final class BaseBackup {
    private static final String STEP = "backup";

    /// Of a home: programs, caches, what the running process owns, and secrets. The database and the journal are
    /// treated apart.
    private static final Set<String> LEFT_OUT = Set.of(
            "postgres",
            "database",
            "journal",
            "stages",
            "work",
            "logs",
            "cache",
            "lock",
            "console-address",
            "master-key.json",
            "operator-token");

    /// Of PostgreSQL's files, as its manual says: emptied or made again at each start.
    private static final Set<String> EMPTIED = Set.of(
            "pg_wal",
            "pg_replslot",
            "pg_dynshmem",
            "pg_notify",
            "pg_serial",
            "pg_snapshots",
            "pg_stat_tmp",
            "pg_subtrans");

    private static final Set<String> NEVER = Set.of("postmaster.pid", "postmaster.opts", "backup_label");

    private final Path home;
    private final Path data;
    private final Progress progress;
    private final DurableCopy copy = new DurableCopy();
    private final Map<String, BackupManifest.Entry> files = new TreeMap<>();
    private final Path into;
    private long done;

    /// @param data PostgreSQL's folder, named by its major version
    /// @param into an empty folder
    BaseBackup(Path home, Path data, Path into, Progress progress) {
        this.home = home;
        this.data = data;
        this.into = into;
        this.progress = progress;
    }

    BackupManifest take(DatabaseAddress address) throws IOException, SQLException {
        Instant at = Instant.now();
        String system;
        String first;
        try (Connection connection = DriverManager.getConnection(address.url(), address.user(), address.password());
                Statement sql = connection.createStatement()) {
            system = one(sql, "select system_identifier::text from pg_control_system()");
            // Keeps the log from being recycled while we copy; gone with this connection.
            one(sql, "select pg_create_physical_replication_slot('sampan_backup_' || pg_backend_pid(), true, true)");
            first = one(sql, "select pg_walfile_name(pg_backup_start('sampan', true))");
            copyDatabase();
            String last = stop(sql);
            copyLog(WalSegment.named(first), WalSegment.named(last));
        }
        copyHome();
        BackupManifest manifest =
                new BackupManifest(BackupManifest.FORMAT, at, data.getFileName().toString(), system, first, files);
        Files.writeString(into.resolve(BackupManifest.NAME), Json.pretty(manifest));
        DurableCopy.force(into);
        return manifest;
    }

    private static String one(Statement sql, String query) throws SQLException {
        try (ResultSet rows = sql.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    /// Writes the label that makes PostgreSQL start from the backup's beginning.
    ///
    /// @return name of the last piece of the log that the backup needs
    private String stop(Statement sql) throws SQLException, IOException {
        try (ResultSet row =
                sql.executeQuery("select labelfile, pg_walfile_name(lsn) as last from pg_backup_stop(false)")) {
            row.next();
            Path label = Files.writeString(home.resolve("backup_label.part"), row.getString("labelfile"));
            keep(label, "database/" + data.getFileName() + "/backup_label");
            Files.delete(label);
            return row.getString("last");
        }
    }

    private void copyDatabase() throws IOException {
        Files.walkFileTree(data, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                Files.createDirectories(into.resolve("database")
                        .resolve(data.getFileName().toString())
                        .resolve(data.relativize(folder).toString()));
                boolean top = data.equals(folder.getParent());
                return top && EMPTIED.contains(folder.getFileName().toString())
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                String name = file.getFileName().toString();
                if (!NEVER.contains(name) && !name.startsWith("pgsql_tmp") && !file.equals(control())) {
                    keepIfThere(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE; // a table that was dropped: the log says so too
                }
                throw failure;
            }
        });
        keepIfThere(control()); // last, as pg_basebackup does
    }

    private Path control() {
        return data.resolve("global/pg_control");
    }

    private void copyLog(WalSegment first, WalSegment last) throws IOException {
        for (WalSegment at = first; at.number() <= last.number(); at = at.next()) {
            keepIfThere(data.resolve("pg_wal").resolve(at.name()));
        }
    }

    /// After the database: what its rows name is on the disk before the rows are.
    private void copyHome() throws IOException {
        keepIfThere(home.resolve("database/password"));
        keepIfThere(home.resolve("journal/node"));
        Files.walkFileTree(home, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                boolean out = home.equals(folder.getParent())
                        && LEFT_OUT.contains(folder.getFileName().toString());
                return out || unfinished(folder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                boolean out = home.equals(file.getParent())
                        && LEFT_OUT.contains(file.getFileName().toString());
                if (!out && !unfinished(file) && attributes.isRegularFile()) {
                    keepIfThere(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static boolean unfinished(Path path) {
        String name = path.getFileName().toString();
        return name.startsWith(".") || name.endsWith(".part") || name.endsWith(".new");
    }

    private void keepIfThere(Path file) throws IOException {
        try {
            keep(file, home.relativize(file).toString().replace('\\', '/'));
        } catch (NoSuchFileException _) {
            return; // gone since it was listed
        }
    }

    private void keep(Path file, String name) throws IOException {
        if (progress.cancelled()) {
            throw new CancellationException("the backup was not wanted any more");
        }
        BackupManifest.Entry entry = copy.copy(file, into.resolve(name));
        files.put(name, entry);
        done += entry.bytes();
        progress.at(STEP, done, 0, "");
    }
}
