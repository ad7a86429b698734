package dev.sampan.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The platform as a user starts it, one process after another on one home and the same ports, each life ended by us.
final class KilledPlatform implements AutoCloseable {
    private static final Pattern SECRET = Pattern.compile("Bearer (sk-sampan-\\w+)");
    private static final String MODULE_JAR = "sampan-%s-*.jar";

    private final Path root;
    private final Path home;
    private final Path log;
    private final int apiPort = StartTime.freePort();
    private final int consolePort = StartTime.freePort();
    private @Nullable Process process;

    /// @param root of the checkout
    KilledPlatform(Path root, Path home) throws IOException {
        this.root = root;
        this.home = home;
        this.log = home.resolveSibling("platform.log");
    }

    /// A module's jar and what it needs, as the build wrote it; null when it was not packaged.
    static @Nullable String classPath(Path root, String module) {
        Path target = root.resolve(module).resolve("target");
        if (!Files.isReadable(target.resolve("classpath"))) {
            return null;
        }
        try (Stream<Path> files = Files.list(target)) {
            var wanted = target.getFileSystem().getPathMatcher("glob:" + MODULE_JAR.formatted(module));
            Path jar = files.filter(file -> wanted.matches(file.getFileName()))
                    .findFirst()
                    .orElse(null);
            return jar == null
                    ? null
                    : jar + ":" + Files.readString(target.resolve("classpath")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String address() {
        return "http://127.0.0.1:" + apiPort;
    }

    /// Trains, deploys and sells the bundled example.
    ///
    /// @return the customer's key
    String demo() throws IOException, InterruptedException {
        Process demo = launch("demo", "--exit");
        if (!demo.waitFor(120, TimeUnit.SECONDS) || demo.exitValue() != 0) {
            throw new IllegalStateException("the demo did not end well:\n" + log());
        }
        Matcher matcher = SECRET.matcher(log());
        if (!matcher.find()) {
            throw new IllegalStateException("the demo told no key:\n" + log());
        }
        return matcher.group(1);
    }

    void start() throws IOException {
        launch("up");
    }

    private Process launch(String... verb) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dsampan.root=" + root,
                "dev.sampan.cli.Main"));
        command.addAll(List.of(verb));
        command.addAll(List.of("--port", Integer.toString(apiPort), "--console-port", Integer.toString(consolePort)));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("CLASSPATH", String.valueOf(classPath(root, "server")));
        builder.environment().put("SAMPAN_LEARNING_CLASSPATH", String.valueOf(classPath(root, "learning")));
        builder.environment().put("SAMPAN_HOME", home.toString());
        Process started = builder.start();
        process = started;
        return started;
    }

    /// `kill -9` of the platform's process. PostgreSQL goes down with it, or is stopped by the next life.
    void kill() throws InterruptedException {
        Process victim = process;
        if (victim == null || !victim.isAlive()) {
            throw new IllegalStateException("the platform had ended by itself:\n" + log());
        }
        victim.destroyForcibly().waitFor();
    }

    /// `kill -9` of PostgreSQL's first process.
    void killDatabase() throws IOException, InterruptedException {
        long pid = Long.parseLong(postmaster().getFirst().strip());
        ProcessHandle victim = ProcessHandle.of(pid).orElseThrow();
        new ProcessBuilder("kill", "-9", Long.toString(pid)).start().waitFor();
        victim.onExit().join();
    }

    /// As PostgreSQL's owner, who sees every customer.
    Connection database() throws IOException, SQLException {
        String port = postmaster().get(3).strip();
        Connection connection =
                DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/postgres", "sampan", password());
        try (var statement = connection.createStatement()) {
            statement.execute("set sampan.scope = 'platform'");
        }
        return connection;
    }

    private String password() throws IOException {
        return Files.readString(home.resolve("database/password")).strip();
    }

    /// Its process id, its folder, when it started, its port, and more.
    private List<String> postmaster() throws IOException {
        try (Stream<Path> files = Files.list(home.resolve("database"))) {
            Path data = files.filter(file -> Files.exists(file.resolve("postmaster.pid")))
                    .findFirst()
                    .orElseThrow(() -> new IOException("PostgreSQL does not run"));
            return Files.readAllLines(data.resolve("postmaster.pid"));
        }
    }

    /// What the present life said.
    String log() {
        try {
            return Files.exists(log) ? Files.readString(log) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        Process last = process;
        if (last != null) {
            last.destroy();
            last.onExit().completeOnTimeout(last, 30, TimeUnit.SECONDS).join();
            last.destroyForcibly().onExit().join();
        }
    }
}
