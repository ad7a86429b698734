package dev.sampan.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The platform as a user starts it, one process after another on one home and the same ports, each life ended
/// by us.
final class KilledPlatform implements AutoCloseable {
    private static final Pattern SECRET = Pattern.compile("Bearer (sk-sampan-\\w+)");
    private static final long DEMO_SECONDS = 300;
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
        if (!demo.waitFor(DEMO_SECONDS, TimeUnit.SECONDS) || demo.exitValue() != 0) {
            throw new IllegalStateException("the demo did not end well:\n" + log());
        }
        Matcher matcher = SECRET.matcher(log());
        if (!matcher.find()) {
            throw new IllegalStateException("the demo told no key:\n" + log());
        }
        return matcher.group(1);
    }

    /// @param more options beside the ports
    void start(String... more) throws IOException {
        launch("up", more);
    }

    /// A verb of the command line beside the running platform, to its end.
    ///
    /// @return what it said
    /// @throws IllegalStateException when it failed
    String run(String... verb) throws IOException, InterruptedException {
        Process running = java(List.of(verb)).redirectErrorStream(true).start();
        String said = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (running.waitFor() != 0) {
            throw new IllegalStateException(String.join(" ", verb) + " failed:\n" + said + "\n" + log());
        }
        return said;
    }

    private Process launch(String verb, String... more) throws IOException {
        List<String> words = new ArrayList<>(List.of(verb));
        words.addAll(List.of(more));
        words.addAll(List.of("--port", Integer.toString(apiPort), "--console-port", Integer.toString(consolePort)));
        Process started = java(words)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        process = started;
        return started;
    }

    private ProcessBuilder java(List<String> words) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dsampan.root=" + root,
                "dev.sampan.cli.Main"));
        command.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("CLASSPATH", String.valueOf(classPath(root, "server")));
        builder.environment().put("SAMPAN_LEARNING_CLASSPATH", String.valueOf(classPath(root, "learning")));
        builder.environment().put("SAMPAN_HOME", home.toString());
        return builder;
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

    /// The database stands still, as one that nobody reaches, and goes on.
    void pauseDatabase(Duration time) throws IOException, InterruptedException {
        ProcessHandle server = ProcessHandle.of(
                        Long.parseLong(postmaster().getFirst().strip()))
                .orElseThrow();
        List<ProcessHandle> all =
                Stream.concat(server.descendants(), Stream.of(server)).toList();
        signal("-STOP", all);
        Thread.sleep(time);
        signal("-CONT", all);
    }

    private static void signal(String signal, List<ProcessHandle> processes) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("kill", signal));
        processes.forEach(process -> command.add(Long.toString(process.pid())));
        new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    Path home() {
        return home;
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

    /// Money into every wallet, booked as a payment would be, so that a long drill does not end for want of it.
    void fund() throws SQLException, IOException {
        try (Connection books = database();
                var statement = books.createStatement()) {
            books.setAutoCommit(false);
            statement.execute("set local sampan.scope = 'platform'");
            statement.execute("""
                    insert into billing.ledger_transaction (id, tenant_id, kind, reference, posted_at)
                    select 'drill' || tenant_id, tenant_id, 'credit', 'drill', now() from billing.wallet
                    """);
            statement.execute("""
                    insert into billing.entry (transaction_id, tenant_id, account, nanos, currency)
                    select 'drill' || tenant_id, tenant_id, account, sign * 1000000000000, currency
                    from billing.wallet, (values ('cash', 1), ('customer_credit', -1)) as side (account, sign)
                    """);
            statement.execute("update billing.wallet set balance_nanos = balance_nanos + 1000000000000");
            books.commit();
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

    /// Orderly, to its end.
    void stop() {
        Process last = process;
        if (last != null) {
            last.destroy();
            last.onExit().completeOnTimeout(last, 30, TimeUnit.SECONDS).join();
            last.destroyForcibly().onExit().join();
        }
    }

    @Override
    public void close() {
        stop();
    }
}
