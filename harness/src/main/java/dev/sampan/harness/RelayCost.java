package dev.sampan.harness;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Calls that go on to an upstream: CPU seconds per 10,000, percentiles and memory, of the platform with every
/// step on — key, limits, hold, failover, settlement durable before the answer — beside peers on the same upstream
/// in the same run.
///
/// Peers, each run where it can be had: the upstream itself; Bifrost's core library under a small front, which
/// compares one key and meters nothing (folder `peers` of the shared data, built by Go); LiteLLM with one key and
/// no spend log (`SAMPAN_LITELLM`: the `bin` of a Python environment with `litellm[proxy]`, `uvicorn` and
/// `uvloop`).
final class RelayCost implements Measure.Measurement {
    private static final int ROUND_SECONDS = 5;
    private static final int WARM_UP_SECONDS = 20;
    private static final int PATIENCE_SECONDS = 120;
    private static final int UPSTREAM_PORT = 9100; // the peers' files name it
    private static final int BIFROST_PORT = 9204;
    private static final int LITELLM_PORT = 9201;
    private static final String PEER_KEY = "sk-bench-0001";
    private static final String BODY =
            "{\"model\": \"gpt-4o-mini\", \"temperature\": 0.7, \"max_tokens\": 256, \"messages\": [{\"role\":"
                    + " \"user\", \"content\": \"Hello, I ordered a pair of running shoes last week and they have not"
                    + " arrived yet. Can you tell me where my parcel is and when it should be delivered?\"}]}";

    /// Who is measured.
    ///
    /// @param process null for the upstream itself
    private record Target(
            String name,
            String address,
            Path script,
            @Nullable MeasuredProcess process) {}

    private record Round(double callsPerSecond, double cpuPer10k, double p50, double p99, double megabytes) {}

    @Override
    public String what() {
        return "calls relayed to an upstream, beside LiteLLM and Bifrost's core (needs wrk and go); [rounds]";
    }

    @Override
    public void run(List<String> arguments) throws Exception {
        int rounds = arguments.isEmpty() ? 5 : Integer.parseInt(arguments.getFirst());
        Path peers = Measure.shared().resolve("peers");
        if (!Files.isDirectory(peers)) {
            throw new IllegalStateException("the peers and their upstream are not there: " + peers);
        }
        Path build = Files.createTempDirectory("sampan-peers");
        Path upstream = built(peers.resolve("mock"), build.resolve("upstream"));
        Path home = StartTime.aHome();
        List<MeasuredProcess> running = new ArrayList<>();
        try {
            running.add(
                    MeasuredProcess.peer(build, Map.of(), upstream.toString(), "-addr", "127.0.0.1:" + UPSTREAM_PORT));
            awaitPort(UPSTREAM_PORT);
            List<Target> targets = targets(peers, build, home, running);
            for (Target target : targets) {
                Wrk.run(target.address, target.script, 64, target.name.equals("LiteLLM") ? 5 : WARM_UP_SECONDS);
            }
            for (int connections : List.of(64, 256)) {
                compare(targets, connections, rounds);
            }
        } finally {
            running.forEach(MeasuredProcess::close);
        }
    }

    private static List<Target> targets(Path peers, Path build, Path home, List<MeasuredProcess> running)
            throws Exception {
        List<Target> targets = new ArrayList<>();
        String path = "/v1/chat/completions";
        Path peerScript = Wrk.script(BODY, PEER_KEY);
        targets.add(new Target("upstream", "http://127.0.0.1:" + UPSTREAM_PORT + path, peerScript, null));
        MeasuredProcess platform =
                MeasuredProcess.start(LoadedPlatform.class, home.toString(), "http://127.0.0.1:" + UPSTREAM_PORT);
        running.add(platform);
        String[] door = platform.read().split(" ");
        targets.add(new Target("Sampan", door[0] + path, Wrk.script(BODY, door[1]), platform));
        Path bifrost = built(peers.resolve("bifrost-core"), build.resolve("bifrost"));
        MeasuredProcess core = MeasuredProcess.peer(build, Map.of(), bifrost.toString());
        running.add(core);
        awaitPort(BIFROST_PORT);
        targets.add(new Target("Bifrost core", "http://127.0.0.1:" + BIFROST_PORT + path, peerScript, core));
        String python = System.getenv("SAMPAN_LITELLM");
        if (python == null) {
            System.out.println("LiteLLM is not measured: SAMPAN_LITELLM is not set");
        } else {
            MeasuredProcess litellm = liteLlm(Path.of(python), peers.resolve("litellm"));
            running.add(litellm);
            awaitPort(LITELLM_PORT);
            targets.add(new Target("LiteLLM", "http://127.0.0.1:" + LITELLM_PORT + path, peerScript, litellm));
        }
        return targets;
    }

    private static MeasuredProcess liteLlm(Path bin, Path folder) throws IOException {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("LITELLM_LOG", "ERROR");
        environment.put("LITELLM_MODE", "PRODUCTION");
        environment.put("LITELLM_LOCAL_MODEL_COST_MAP", "True");
        environment.put("CONFIG_FILE_PATH", folder.resolve("litellm.yaml").toString());
        return MeasuredProcess.peer(
                folder,
                environment,
                bin.resolve("uvicorn").toString(),
                "litellm.proxy.proxy_server:app",
                "--host",
                "127.0.0.1",
                "--port",
                Integer.toString(LITELLM_PORT),
                "--workers",
                "2",
                "--timeout-worker-healthcheck",
                "300",
                "--loop",
                "uvloop",
                "--no-access-log");
    }

    /// The sources are copied: where they lie may not be written to.
    private static Path built(Path sources, Path binary) throws Exception {
        Path copy = Files.createDirectories(binary.resolveSibling(binary.getFileName() + "-src"));
        try (Stream<Path> files = Files.list(sources)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName().toString()));
            }
        }
        Process go = new ProcessBuilder("go", "build", "-o", binary.toString(), ".")
                .directory(copy.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(go.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (go.waitFor() != 0) {
            throw new IllegalStateException("go could not build " + sources + ":\n" + said);
        }
        return binary;
    }

    private static void awaitPort(int port) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE_SECONDS * 1_000_000_000L;
        while (System.nanoTime() < end) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress("127.0.0.1", port), 1_000);
                return;
            } catch (IOException _) {
                Thread.sleep(100);
            }
        }
        throw new IllegalStateException("nobody listens on port " + port);
    }

    private static void compare(List<Target> targets, int connections, int rounds) throws Exception {
        Map<String, List<Round>> measured = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (Target target : targets) {
                boolean slow = target.name.equals("LiteLLM");
                if (slow && connections > 64) {
                    continue; // calls in flight at the end would cost and not count
                }
                Round one = round(target, slow ? 16 : connections);
                measured.computeIfAbsent(target.name, _ -> new ArrayList<>()).add(one);
                tell(target.name, slow ? 16 : connections, one);
            }
        }
        measured.forEach((name, all) -> summary(name, connections, all));
    }

    /// The platform's cost includes PostgreSQL's until the journal is drained.
    private static Round round(Target target, int connections) throws Exception {
        MeasuredProcess process = target.process;
        double before = process == null ? 0 : process.ownCpuSeconds() + process.descendantsCpuSeconds();
        Wrk.Run run = Wrk.run(target.address, target.script, connections, ROUND_SECONDS);
        if (target.name.equals("Sampan") && process != null) {
            process.ask("drain");
        }
        double cpu = process == null ? 0 : process.ownCpuSeconds() + process.descendantsCpuSeconds() - before;
        return new Round(
                (double) run.calls() / ROUND_SECONDS,
                cpu * 10_000 / run.calls(),
                run.p50(),
                run.p99(),
                process == null ? 0 : process.megabytes());
    }

    private static void tell(String name, int connections, Round round) {
        System.out.printf(
                Locale.ROOT,
                "%-13s %3d connections %,7.0f calls/s  p50 %.2f ms  p99 %.2f ms  CPU-s per 10 k %.2f  %.0f MB%n",
                name,
                connections,
                round.callsPerSecond,
                round.p50,
                round.p99,
                round.cpuPer10k,
                round.megabytes);
    }

    private static void summary(String name, int connections, List<Round> rounds) {
        System.out.printf(
                Locale.ROOT,
                "| relay, %s, %d connections | %,.0f calls/s, p50 %.2f ms, p99 %.2f ms"
                        + " | CPU-s per 10 k %.2f | %.0f MB |%n",
                name,
                name.equals("LiteLLM") ? 16 : connections,
                median(rounds.stream().map(Round::callsPerSecond).toList()),
                median(rounds.stream().map(Round::p50).toList()),
                median(rounds.stream().map(Round::p99).toList()),
                median(rounds.stream().map(Round::cpuPer10k).toList()),
                median(rounds.stream().map(Round::megabytes).toList()));
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
