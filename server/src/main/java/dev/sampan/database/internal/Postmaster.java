package dev.sampan.database.internal;

import dev.sampan.database.DatabaseAddress;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One life of the PostgreSQL server process.
public final class Postmaster {
    private static final Logger LOG = LoggerFactory.getLogger("postgres");

    /// Said on the command line, so they win over whatever stands in a file.
    private static final List<String> SETTINGS = List.of(
            // A commit that returned is on the disk.
            "fsync=on",
            "synchronous_commit=on",
            "full_page_writes=on",
            // Reached from this machine alone, with a password.
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            // Small: the platform shares the machine with models. Parallel queries would need /dev/shm.
            "max_connections=50",
            "shared_buffers=64MB",
            "max_wal_size=512MB",
            // An archive that nobody fills must not fill the disk.
            "max_slot_wal_keep_size=4GB",
            "max_parallel_workers_per_gather=0",
            "max_parallel_maintenance_workers=0",
            "jit=off",
            // Its log goes through ours, which rotates. It names no values: neither statements nor details.
            "logging_collector=off",
            "log_line_prefix=%b ",
            "log_min_error_statement=panic",
            "log_error_verbosity=terse",
            "timezone=UTC",
            "log_timezone=UTC");

    private static final Duration STOP = Duration.ofSeconds(60);

    private final Process process;
    private volatile String lastLine = "";
    private volatile boolean ready;

    private Postmaster(Process process) {
        this.process = process;
    }

    /// Starts the process. The calling thread must live as long as the process: the kernel takes the thread's end
    /// for ours.
    public static Postmaster launch(Cluster cluster, int port) {
        try {
            ProcessBuilder builder = new ProcessBuilder(cluster.postgres(port, SETTINGS)).redirectErrorStream(true);
            builder.environment().put("LC_ALL", "C");
            Process process = builder.start();
            process.getOutputStream().close();
            Postmaster postmaster = new Postmaster(process);
            Thread.ofVirtual().name("postgres-log").start(postmaster::readLog);
            return postmaster;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void readLog() {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                // An ERROR is the client's to handle; while it starts, refused connections are ours, knocking.
                if (line.contains("PANIC") || ready && line.contains("FATAL")) {
                    LOG.warn("{}", line);
                } else {
                    LOG.info("{}", line);
                }
                lastLine = line;
            }
        } catch (IOException e) {
            LOG.debug("PostgreSQL's log ended", e);
        }
    }

    /// Waits until it takes connections; recovery after a crash may take a while.
    ///
    /// @throws ProblemException `database.not_started` with its last word when the process ends or stays silent
    public void awaitReady(DatabaseAddress address, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (process.isAlive() && System.nanoTime() < deadline) {
            try (var _ = DriverManager.getConnection(address.url(), address.user(), address.password())) {
                ready = true;
                return;
            } catch (SQLException e) {
                if ("28P01".equals(e.getSQLState())) {
                    throw new ProblemException(
                            Problem.of("database.wrong_password", "PostgreSQL does not take the password in our file"),
                            e);
                }
            }
            Thread.sleep(25);
        }
        throw new ProblemException(Problem.of("database.not_started", "PostgreSQL did not start: " + lastLine)
                .remedy("More stands in logs/sampan.log"));
    }

    public void awaitEnd() throws InterruptedException {
        process.waitFor();
    }

    /// Stops it when it still runs, and reaps it.
    public void end(Cluster cluster) throws InterruptedException {
        ready = false;
        if (process.isAlive()) {
            cluster.stop(STOP);
        }
        process.waitFor();
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public String lastLine() {
        return lastLine;
    }
}
