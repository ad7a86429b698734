package dev.sampan.database.internal.backup;

import dev.sampan.database.DatabaseAddress;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGProperty;
import org.postgresql.replication.LogSequenceNumber;
import org.postgresql.replication.PGReplicationStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The write-ahead log as PostgreSQL writes it, streamed into a folder: a commit is there a moment after it
/// returned. A replication slot makes PostgreSQL keep what has not been taken, up to `max_slot_wal_keep_size`.
///
/// ```
/// FOLDER/system                            the system identifier of the database
/// FOLDER/000000010000000000000003          a whole piece of 16 MiB
/// FOLDER/000000010000000000000004.partial  the one being written
/// FOLDER/00000002.history                  where a timeline, which a restoration begins, left the one before
/// ```
public final class WalArchive implements AutoCloseable {
    static final String SYSTEM = "system";
    static final String PARTIAL = ".partial";
    static final String HISTORY = ".history";
    private static final String SLOT = "sampan_archive";
    private static final Logger LOG = LoggerFactory.getLogger(WalArchive.class);
    private static final long PAUSE_MILLIS = 20;
    private static final long RETRY_MILLIS = 1_000;

    private final Path folder;
    private final DatabaseAddress address;
    private final Thread thread =
            Thread.ofPlatform().name("wal-archive").daemon().unstarted(this::keep);
    private volatile boolean closing;
    private volatile long flushed;
    private volatile @Nullable String trouble;

    private @Nullable FileChannel open;
    private @Nullable WalSegment segment;

    /// Begun when this returns.
    ///
    /// @throws ProblemException `archive.other_database`, `archive.ahead`, `archive.unusable`
    public WalArchive(Path folder, DatabaseAddress address) {
        this.folder = folder;
        this.address = address;
        try {
            Files.createDirectories(folder);
            begin();
        } catch (IOException | SQLException e) {
            throw new ProblemException(
                    Problem.of("archive.unusable", "The log cannot be archived in " + folder + ": " + e.getMessage())
                            .remedy("Choose another folder: --backup-dir DIR"),
                    e);
        }
        thread.start();
    }

    /// One sentence while nothing is archived, else null.
    public @Nullable String trouble() {
        return trouble;
    }

    /// Position in the log up to which the archive is on its disk.
    public long flushed() {
        return flushed;
    }

    private void begin() throws SQLException, IOException {
        try (Connection connection = replication();
                Statement sql = connection.createStatement();
                ResultSet row = sql.executeQuery("IDENTIFY_SYSTEM")) {
            row.next();
            claim(row.getString("systemid"));
            long end = LogSequenceNumber.valueOf(row.getString("xlogpos")).asLong();
            WalSegment newest = newest();
            if (newest != null && newest.timeline() == row.getInt("timeline") && newest.start() > end) {
                throw new ProblemException(Problem.of(
                                "archive.ahead",
                                "The archive " + folder + " is ahead of the database, which was restored to an earlier"
                                        + " state")
                        .remedy("Archive into a new folder and take a backup there"));
            }
        }
        try (Connection connection = DriverManager.getConnection(address.url(), address.user(), address.password());
                Statement sql = connection.createStatement()) {
            sql.execute("select pg_create_physical_replication_slot('" + SLOT + "', true)"
                    + " where not exists (select from pg_replication_slots where slot_name = '" + SLOT + "')");
        }
    }

    /// The first database that archives here owns the folder.
    private void claim(String system) throws IOException {
        Path file = folder.resolve(SYSTEM);
        if (!Files.exists(file)) {
            Files.writeString(file, system + "\n", StandardOpenOption.CREATE_NEW, StandardOpenOption.SYNC);
        } else if (!Files.readString(file).strip().equals(system)) {
            throw new ProblemException(
                    Problem.of("archive.other_database", "The folder " + folder + " keeps the log of another database")
                            .remedy("Choose another folder: --backup-dir DIR"));
        }
    }

    private Connection replication() throws SQLException {
        Properties properties = new Properties();
        PGProperty.USER.set(properties, address.user());
        PGProperty.PASSWORD.set(properties, address.password());
        PGProperty.REPLICATION.set(properties, "true");
        PGProperty.PREFER_QUERY_MODE.set(properties, "simple");
        PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, "18");
        return DriverManager.getConnection(address.url(), properties);
    }

    private @Nullable WalSegment newest() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString().replace(PARTIAL, ""))
                    .filter(WalSegment::isName)
                    .max(String::compareTo)
                    .map(WalSegment::named)
                    .orElse(null);
        }
    }

    private void keep() {
        while (!closing) {
            try {
                stream();
            } catch (SQLException | IOException e) {
                if (trouble == null && !closing) {
                    LOG.warn("The log is not archived at the moment: {}", e.getMessage());
                }
                trouble = "The write-ahead log is not archived: " + e.getMessage();
            } catch (InterruptedException _) {
                return; // by close
            } finally {
                closeSegment();
            }
            sleep();
        }
    }

    private void sleep() {
        try {
            Thread.sleep(RETRY_MILLIS);
        } catch (InterruptedException _) {
            closing = true; // by close
        }
    }

    private void stream() throws SQLException, IOException, InterruptedException {
        try (Connection connection = replication()) {
            int timeline = identify(connection);
            WalSegment begin = begin(timeline, connection);
            try (PGReplicationStream stream = connection
                    .unwrap(PGConnection.class)
                    .getReplicationAPI()
                    .replicationStream()
                    .physical()
                    .withSlotName(SLOT)
                    .withStartPosition(LogSequenceNumber.valueOf(begin.start()))
                    .start()) {
                trouble = null;
                take(stream, timeline);
            }
        }
    }

    private int identify(Connection connection) throws SQLException, IOException {
        int timeline;
        try (Statement sql = connection.createStatement();
                ResultSet row = sql.executeQuery("IDENTIFY_SYSTEM")) {
            row.next();
            timeline = row.getInt("timeline");
        }
        if (timeline > 1) {
            try (Statement sql = connection.createStatement();
                    ResultSet row = sql.executeQuery("TIMELINE_HISTORY " + timeline)) {
                row.next();
                Files.write(folder.resolve(row.getString("filename")), row.getBytes("content"));
            }
        }
        return timeline;
    }

    /// The piece where the archive ends, once more from its start; of an empty archive the one that the slot
    /// keeps.
    private WalSegment begin(int timeline, Connection connection) throws SQLException, IOException {
        WalSegment newest = newest();
        if (newest != null && newest.timeline() == timeline) {
            return newest;
        }
        try (Statement sql = connection.createStatement();
                ResultSet row = sql.executeQuery("READ_REPLICATION_SLOT " + SLOT)) {
            row.next();
            return WalSegment.at(
                    timeline,
                    LogSequenceNumber.valueOf(row.getString("restart_lsn")).asLong());
        }
    }

    private void take(PGReplicationStream stream, int timeline) throws SQLException, IOException, InterruptedException {
        boolean unforced = false;
        while (!closing) {
            ByteBuffer piece = stream.readPending();
            if (piece != null) {
                long end = stream.getLastReceiveLSN().asLong();
                write(timeline, end - piece.remaining(), piece);
                unforced = true;
                continue;
            }
            if (unforced) {
                force();
                LogSequenceNumber last = stream.getLastReceiveLSN();
                stream.setFlushedLSN(last);
                stream.setAppliedLSN(last);
                stream.forceUpdateStatus();
                flushed = last.asLong();
                unforced = false;
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    private void write(int timeline, long from, ByteBuffer piece) throws IOException {
        long at = from;
        while (piece.hasRemaining()) {
            WalSegment wanted = WalSegment.at(timeline, at);
            FileChannel file = segment(wanted);
            long offset = at - wanted.start();
            int here = (int) Math.min(piece.remaining(), WalSegment.BYTES - offset);
            ByteBuffer part = piece.slice(piece.position(), here);
            while (part.hasRemaining()) {
                offset += file.write(part, offset);
            }
            piece.position(piece.position() + here);
            at += here;
            if (offset == WalSegment.BYTES) {
                finish(wanted);
            }
        }
    }

    private FileChannel segment(WalSegment wanted) throws IOException {
        FileChannel file = open;
        if (file == null || !wanted.equals(segment)) {
            closeSegment();
            Path whole = folder.resolve(wanted.name());
            Path partial = folder.resolve(wanted.name() + PARTIAL);
            if (Files.exists(whole)) {
                Files.move(whole, partial, StandardCopyOption.ATOMIC_MOVE); // taken again from its start
            }
            file = FileChannel.open(partial, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            open = file;
            segment = wanted;
        }
        return file;
    }

    private void finish(WalSegment whole) throws IOException {
        force();
        closeSegment();
        Files.move(
                folder.resolve(whole.name() + PARTIAL), folder.resolve(whole.name()), StandardCopyOption.ATOMIC_MOVE);
        DurableCopy.force(folder);
    }

    private void force() throws IOException {
        if (open != null) {
            open.force(true);
        }
    }

    private void closeSegment() {
        try {
            if (open != null) {
                open.close();
            }
        } catch (IOException e) {
            LOG.warn("A piece of the archive could not be closed: {}", e.getMessage());
        }
        open = null;
        segment = null;
    }

    /// What was committed before is in the archive when this returns, unless PostgreSQL is gone already.
    @Override
    public void close() {
        closing = true;
        try {
            thread.join(RETRY_MILLIS * 5);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
    }
}
