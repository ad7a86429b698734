package dev.sampan.database.internal;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// PostgreSQL's files on the disk, and whoever serves them.
///
/// Sorted by bytes and folded by Unicode's own tables (`C.UTF-8` of the `builtin` provider): unlike the system's
/// collations these do not change with the C library, which would silently break indexes.
public final class Cluster {
    public static final String OWNER = "sampan";

    private final Path data;
    private final Path programs;
    private final SystemUser user;
    private final String password;

    private Cluster(Path data, Path programs, SystemUser user, String password) {
        this.data = data;
        this.programs = programs;
        this.user = user;
        this.password = password;
    }

    /// Makes the files where there are none yet; half-made ones of an earlier crash are thrown away.
    ///
    /// @param root holds the password (for us alone) and the data (for `user` alone)
    public static Cluster open(Path root, Path installation, SystemUser user, String major)
            throws InterruptedException {
        try {
            String password = password(root.resolve("password"));
            Cluster cluster = new Cluster(root.resolve(major), installation.resolve("bin"), user, password);
            if (!Files.exists(cluster.data)) {
                cluster.create();
            }
            user.own(cluster.data);
            return cluster;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String password(Path file) throws IOException {
        if (!Files.exists(file)) {
            byte[] random = new byte[24];
            new SecureRandom().nextBytes(random);
            Path part = secret(
                    file.resolveSibling("password.part"),
                    Base64.getUrlEncoder().withoutPadding().encodeToString(random));
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        }
        return Files.readString(file).strip();
    }

    private static Path secret(Path file, String content) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, content + "\n", StandardOpenOption.SYNC);
    }

    private void create() throws IOException, InterruptedException {
        Path part = data.resolveSibling(data.getFileName() + ".part");
        Trees.delete(part);
        Files.createDirectory(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        user.own(part);
        Path handed = secret(data.resolveSibling("password.handed"), password);
        try {
            user.own(handed);
            Programs.Outcome outcome = Programs.run(user.command(
                    programs.resolve("initdb"),
                    List.of(
                            "--pgdata=" + part,
                            "--username=" + OWNER,
                            "--pwfile=" + handed,
                            "--auth=scram-sha-256",
                            "--encoding=UTF8",
                            "--locale=C",
                            "--locale-provider=builtin",
                            "--builtin-locale=C.UTF-8",
                            "--data-checksums")));
            if (outcome.code() != 0) {
                throw new ProblemException(Problem.of(
                                "database.not_created",
                                "PostgreSQL could not create its files: " + lastLine(outcome.output()))
                        .at(data.toString()));
            }
        } finally {
            Files.deleteIfExists(handed);
        }
        Files.move(part, data, StandardCopyOption.ATOMIC_MOVE);
    }

    static String lastLine(String output) {
        return output.lines().reduce("", (_, last) -> last);
    }

    public Path data() {
        return data;
    }

    public String password() {
        return password;
    }

    /// @param settings `name=value`
    public List<String> postgres(int port, List<String> settings) {
        Stream<String> arguments = Stream.concat(
                Stream.of("-D", data.toString(), "-p", String.valueOf(port)),
                settings.stream().flatMap(setting -> Stream.of("-c", setting)));
        return user.command(programs.resolve("postgres"), arguments.toList());
    }

    /// Ends a server of an earlier platform that was killed, and waits until its last process is gone: PostgreSQL
    /// refuses to start beside them, and rightly. Never touches the lock file of a living one.
    public void stopSurvivors() throws InterruptedException {
        if (survivor().isPresent()) {
            stop(Duration.ofSeconds(60));
        }
        long patience = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!residents().isEmpty()) {
            if (System.nanoTime() > patience) {
                throw new ProblemException(Problem.of(
                                "database.still_running",
                                "An earlier PostgreSQL does not end; its processes are " + residents())
                        .at(data.toString()));
            }
            Thread.sleep(20);
        }
        forgetReusedPid();
    }

    /// Orderly: running transactions are rolled back, the rest is on the disk. When that takes too long, at once: the
    /// next start recovers.
    public void stop(Duration patience) throws InterruptedException {
        if (!control("fast", patience)) {
            control("immediate", patience);
        }
    }

    private boolean control(String mode, Duration patience) throws InterruptedException {
        return Programs.run(user.command(
                                programs.resolve("pg_ctl"),
                                List.of(
                                        "stop",
                                        "-D",
                                        data.toString(),
                                        "-m",
                                        mode,
                                        "-w",
                                        "-t",
                                        String.valueOf(patience.toSeconds()))))
                        .code()
                == 0;
    }

    /// The server that the lock file names, when that process is a PostgreSQL.
    private Optional<ProcessHandle> survivor() {
        return lockedBy()
                .filter(process -> process.info()
                        .command()
                        .map(c -> c.endsWith("postgres"))
                        .orElse(true));
    }

    private Optional<ProcessHandle> lockedBy() {
        try (Stream<String> lines = Files.lines(lockFile())) {
            return lines.findFirst().map(String::strip).map(Long::parseLong).flatMap(ProcessHandle::of);
        } catch (IOException | NumberFormatException _) {
            return Optional.empty(); // none, or cut short by a crash: PostgreSQL itself decides
        }
    }

    /// After a restart of a container the number in the lock file may belong to another program, such as ourselves;
    /// PostgreSQL would then refuse to start for ever. Nobody works in the folder, so the file is stale.
    private void forgetReusedPid() {
        if (lockedBy().isPresent() && survivor().isEmpty() && Files.isDirectory(Path.of("/proc/self/cwd"))) {
            try {
                Files.deleteIfExists(lockFile());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private Path lockFile() {
        return data.resolve("postmaster.pid");
    }

    /// Processes that work in the data folder, as every process of a PostgreSQL does. Where the system does not tell,
    /// none: PostgreSQL's own check remains.
    private List<Long> residents() {
        return ProcessHandle.allProcesses()
                .map(ProcessHandle::pid)
                .filter(pid -> {
                    try {
                        return Files.readSymbolicLink(Path.of("/proc/" + pid + "/cwd"))
                                .equals(data.toRealPath());
                    } catch (IOException _) {
                        return false; // ended meanwhile, or another user's
                    }
                })
                .toList();
    }
}
