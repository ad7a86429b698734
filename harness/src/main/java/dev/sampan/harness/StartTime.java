package dev.sampan.harness;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/// Seconds from `./sampan up` until the API and the console answer, on a fresh home (PostgreSQL unpacked, its cluster
/// made, all tables migrated) and on the same home again.
final class StartTime implements Measure.Measurement {
    private static final int ROUNDS = 3;
    private static final long PATIENCE_SECONDS = 120;

    @Override
    public String what() {
        return "platform start on a fresh home and on an existing one, until API and console answer";
    }

    @Override
    public void run(List<String> arguments) throws Exception {
        List<Double> cold = new ArrayList<>();
        List<Double> warm = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            Path home = aHome();
            cold.add(start(home));
            warm.add(start(home));
            System.out.printf(Locale.ROOT, "fresh home %.1f s, again %.1f s%n", cold.getLast(), warm.getLast());
        }
        System.out.printf(
                Locale.ROOT,
                "| platform start, median of %d | fresh home %.1f s, existing home %.1f s | |%n",
                ROUNDS,
                median(cold),
                median(warm));
    }

    static Path aHome() throws IOException {
        Path home = Files.createTempDirectory("sampan-home");
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
        return home;
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static double start(Path home) throws Exception {
        int api = freePort();
        int console = freePort();
        long begun = System.nanoTime();
        ProcessBuilder builder = new ProcessBuilder(
                        Measure.root().resolve("sampan").toString(),
                        "up",
                        "--port",
                        Integer.toString(api),
                        "--console-port",
                        Integer.toString(console))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("SAMPAN_HOME", home.toString());
        Process platform = builder.start();
        try {
            await("http://127.0.0.1:" + api + "/health");
            await("http://127.0.0.1:" + console + "/sign-in");
            return (System.nanoTime() - begun) / 1e9;
        } finally {
            platform.destroy();
            platform.waitFor(30, TimeUnit.SECONDS);
        }
    }

    private static void await(String address) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build()) {
            while (System.nanoTime() < end) {
                try {
                    HttpRequest request =
                            HttpRequest.newBuilder(URI.create(address)).build();
                    if (client.send(request, HttpResponse.BodyHandlers.discarding())
                                    .statusCode()
                            == 200) {
                        return;
                    }
                } catch (IOException e) {
                    // Nobody listens yet.
                }
                Thread.sleep(50);
            }
        }
        throw new IllegalStateException(address + " did not answer within " + PATIENCE_SECONDS + " s");
    }

    static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
