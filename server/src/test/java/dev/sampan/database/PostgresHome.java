package dev.sampan.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A folder for a PostgreSQL of a test's own, which another user may enter, and what a test does with it.
final class PostgresHome {
    /// Unpacked once for all tests of the machine.
    static final Path PROGRAMS = Path.of(System.getProperty("java.io.tmpdir"), "sampan-test-postgres");

    private PostgresHome() {}

    static Path make() throws IOException {
        Path home = Files.createTempDirectory("sampan-home-");
        return Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    static EmbeddedPostgres start(Path home) {
        return EmbeddedPostgres.start(new EmbeddedPostgres.Options(home, "nobody", PROGRAMS));
    }

    static Connection connect(DatabaseAddress address) throws SQLException {
        return DriverManager.getConnection(address.url(), address.user(), address.password());
    }

    static List<String> ask(DatabaseAddress address, String sql) throws SQLException {
        try (Connection connection = connect(address);
                PreparedStatement statement = connection.prepareStatement(sql)) {
            List<String> answers = new ArrayList<>();
            if (statement.execute()) {
                ResultSet rows = statement.getResultSet();
                while (rows.next()) {
                    answers.add(rows.getString(1));
                }
            }
            return answers;
        }
    }

    /// Processes that work in the home's data folder.
    static List<Long> servers(Path home) {
        return ProcessHandle.allProcesses()
                .map(ProcessHandle::pid)
                .filter(pid -> {
                    try {
                        return Files.readSymbolicLink(Path.of("/proc/" + pid + "/cwd"))
                                .equals(home.resolve("database/18"));
                    } catch (IOException _) {
                        return false;
                    }
                })
                .toList();
    }

    /// Those of them that no other one started: one for each server. A connection's process that ended meanwhile has no
    /// parent any more and is none.
    static List<Long> heads(Path home) {
        List<Long> all = servers(home);
        return all.stream()
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .filter(process -> process.parent()
                        .map(parent -> !all.contains(parent.pid()))
                        .orElseGet(process::isAlive))
                .map(ProcessHandle::pid)
                .toList();
    }

    /// SIGKILL for the server and all its children.
    static void killTree(long pid) {
        ProcessHandle server = ProcessHandle.of(pid).orElseThrow();
        Stream.concat(server.descendants().toList().stream(), Stream.of(server))
                .forEach(ProcessHandle::destroyForcibly);
    }

    /// In a process of its own: takes the home, starts its PostgreSQL, says so, and waits to be killed.
    static final class Child {
        public static void main(String[] arguments) throws InterruptedException {
            Path home = Path.of(arguments[0]);
            try (HomeLock _ = HomeLock.take(home);
                    EmbeddedPostgres postgres = start(home)) {
                System.out.println(postgres.address().url());
                Thread.sleep(600_000);
            }
        }

        static Process launch(Path home) throws IOException {
            String java =
                    Path.of(System.getProperty("java.home"), "bin", "java").toString();
            return new ProcessBuilder(
                            java, "-cp", System.getProperty("java.class.path"), Child.class.getName(), home.toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        }
    }
}
