package dev.sampan.database.internal.backup;

import dev.sampan.kernel.Json;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/// `backup.json`: what a backup holds. It is written last, so that a folder with one is whole.
///
/// @param major version of PostgreSQL, such as `18`
/// @param system PostgreSQL's system identifier, which tells one database's log from another's
/// @param firstSegment name of the first piece of the write-ahead log that the way back needs
/// @param files by path relative to the backup, with `/`
record BackupManifest(
        int format, Instant at, String major, String system, String firstSegment, Map<String, Entry> files) {
    static final int FORMAT = 1;
    static final String NAME = "backup.json";

    BackupManifest {
        files = new TreeMap<>(files);
    }

    record Entry(long bytes, Sha256 sha256) {}

    long bytes() {
        return files.values().stream().mapToLong(Entry::bytes).sum();
    }

    /// @throws ProblemException `backup.not_one`, `backup.other_format`
    static BackupManifest of(Path backup) {
        Path file = backup.resolve(NAME);
        if (!Files.isRegularFile(file)) {
            throw new ProblemException(Problem.of("backup.not_one", "There is no backup in " + backup)
                    .remedy("Name the folder that ./sampan backup wrote to"));
        }
        try {
            BackupManifest manifest = Json.read(Files.readString(file), BackupManifest.class);
            if (manifest.format != FORMAT) {
                throw new ProblemException(Problem.of(
                                "backup.other_format",
                                "The backup " + backup + " has format " + manifest.format + ", this Sampan reads "
                                        + FORMAT)
                        .remedy("Restore it with the version that wrote it"));
            }
            return manifest;
        } catch (IOException e) {
            throw new UncheckedIOException("the backup's list of files cannot be read", e);
        }
    }
}
