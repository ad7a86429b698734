package dev.sampan.database;

import dev.sampan.database.internal.Cluster;
import dev.sampan.database.internal.PostgresBinaries;
import dev.sampan.database.internal.Postmaster;
import dev.sampan.database.internal.SystemUser;
import dev.sampan.kernel.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A PostgreSQL of our own: unpacked from the class path, made, started, watched and stopped by us.
///
/// ```
/// HOME/postgres/18.3.0/        its programs
/// HOME/database/password       of the owner, 0600
/// HOME/database/18/            the data, with checksums
/// ```
/// It takes connections on 127.0.0.1 alone, on the same port from start to close. When its process dies it is
/// started again and recovers what was committed; while that fails (a full disk), it is tried again ever more
/// slowly, at last every 15 s. When the platform is killed, the kernel shuts PostgreSQL down with it; where the
/// system cannot do that the server lives on, and the next start on the same home stops it first. Hold a
/// [HomeLock] while it runs.
public final class EmbeddedPostgres implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final Duration START = Duration.ofSeconds(60);
    /// Recovery reads at most the write-ahead log since the last checkpoint.
    private static final Duration RECOVERY = Duration.ofMinutes(5);
    private static final long WAIT_MAX_MILLIS = 15_000;

    private final Cluster cluster;
    private final DatabaseAddress address;
    private final int port;
    private final Thread keeper;
    private final CompletableFuture<Void> started = new CompletableFuture<>();
    private volatile State state = State.STARTING;
    private volatile boolean closing;
    private volatile long pid;

    /// How the server is.
    public enum State {
        STARTING,
        READY,
        /// Its process died; it is being started again.
        RECOVERING,
        STOPPED
    }

    private EmbeddedPostgres(Cluster cluster, int port) {
        this.cluster = cluster;
        this.port = port;
        this.address = new DatabaseAddress(
                "jdbc:postgresql://127.0.0.1:" + port + "/postgres", Cluster.OWNER, cluster.password());
        this.keeper = Thread.ofPlatform().name("postgres-keeper").daemon().unstarted(this::keep);
    }

    /// @param systemUser whom root lends to PostgreSQL, which refuses to be root
    /// @param programs where PostgreSQL's programs are kept; null: in the home
    public record Options(
            Path home, String systemUser, @Nullable Path programs) {
        public static Options of(Path home) {
            String lent = System.getenv().getOrDefault("SAMPAN_DB_USER", SystemUser.NOBODY);
            return new Options(home, lent, null);
        }
    }

    /// Running and ready when this returns.
    public static EmbeddedPostgres start(Options options) {
        try {
            Path home = Files.createDirectories(options.home().toAbsolutePath());
            Path root = Files.createDirectories(home.resolve("database"));
            Path installation =
                    PostgresBinaries.unpack(options.programs() == null ? home.resolve("postgres") : options.programs());
            String major = installation.getFileName().toString().replaceFirst("\\..*", "");
            Cluster cluster = Cluster.open(root, installation, SystemUser.forHome(root, options.systemUser()), major);
            EmbeddedPostgres postgres = new EmbeddedPostgres(cluster, freePort());
            postgres.keeper.start();
            postgres.awaitFirstStart();
            return postgres;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while PostgreSQL starts", e);
        }
    }

    /// Free at this moment.
    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitFirstStart() {
        try {
            started.join();
        } catch (CompletionException e) {
            close();
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /// The owner's, in the database `postgres`.
    public DatabaseAddress address() {
        return address;
    }

    public State state() {
        return state;
    }

    public boolean healthy() {
        return state == State.READY;
    }

    /// Of the running server process; 0 before the first one.
    public long pid() {
        return pid;
    }

    /// The keeper's whole life: it starts the process, waits for its end, and starts the next one. An interrupt
    /// means that we are closing.
    private void keep() {
        long wait = 0;
        try {
            while (!closing) {
                boolean served = attempt();
                state = State.RECOVERING;
                wait = served ? 0 : Math.min(WAIT_MAX_MILLIS, Math.max(250, wait * 2));
                Thread.sleep(wait);
            }
        } catch (InterruptedException e) {
            LOG.debug("PostgreSQL is not wanted any more", e);
        }
        state = State.STOPPED;
    }

    /// From its launch to its end.
    ///
    /// @return whether it was ready in between
    private boolean attempt() throws InterruptedException {
        boolean ready = false;
        Postmaster postmaster = null;
        try {
            cluster.stopSurvivors();
            postmaster = Postmaster.launch(cluster, port);
            pid = postmaster.pid();
            postmaster.awaitReady(address, started.isDone() ? RECOVERY : START);
            ready = true;
            state = State.READY;
            started.complete(null);
            postmaster.awaitEnd();
            LOG.warn("PostgreSQL ended by itself and is started again: {}", postmaster.lastLine());
        } catch (ProblemException | UncheckedIOException e) {
            if (started.completeExceptionally(e)) {
                closing = true;
            }
            LOG.warn("{}", e.getMessage());
        } finally {
            if (postmaster != null) {
                postmaster.end(cluster);
            }
        }
        return ready;
    }

    /// Orderly, and waits for its end.
    @Override
    public void close() {
        closing = true;
        keeper.interrupt();
        try {
            keeper.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
