package dev.sampan.harness;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// CPU seconds per 10,000 calls: the platform's door with every step on, each call priced and durable before its
/// answer, beside a bare Vert.x proxy. Rounds alternate; medians are told. The platform's cost is that of its JVM
/// and of all PostgreSQL processes until the journal is drained. The model answers at once.
final class GatewayCost implements Measure.Measurement {
    private static final int CONNECTIONS = 64;
    private static final int WARM_UP_SECONDS = 15;
    private static final int ROUND_SECONDS = 5;
    private static final int ROUNDS = 5;
    private static final String BODY =
            "{\"inputs\":[{\"text\":\"Where is my parcel, it should have come on Monday\"}]}";
    private static final String ANSWER =
            "{\"id\":\"0\",\"object\":\"prediction.list\",\"model\":\"constant\",\"predictions\":[{\"label\":\"yes\","
                    + "\"score\":0.75,\"scores\":{\"yes\":0.75,\"no\":0.25}}],\"usage\":{\"units\":1}}";
    /// One round.
    private record Round(long calls, double jvm, double database, double p50, double p99) {
        double per10k(double seconds) {
            return seconds * 10_000 / calls;
        }
    }

    @Override
    public String what() {
        return "CPU seconds per 10,000 priced, durable calls, beside a bare Vert.x proxy (needs wrk)";
    }

    @Override
    public void run(List<String> arguments) throws Exception {
        Path home = Files.createTempDirectory("sampan-load");
        Files.setPosixFilePermissions(home, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
        try (MeasuredProcess platform = MeasuredProcess.start(LoadedPlatform.class, home.toString());
                MeasuredProcess proxy = MeasuredProcess.start(BareProxy.class, upstream())) {
            String[] door = platform.read().split(" ");
            Path script = Wrk.script(BODY, door[1]);
            String[] targets = {door[0] + "/v1/predict/" + LoadedPlatform.MODEL, proxy.read() + "/v1/predict/constant"};
            Wrk.run(targets[0], script, CONNECTIONS, WARM_UP_SECONDS);
            Wrk.run(targets[1], script, CONNECTIONS, WARM_UP_SECONDS);
            List<Round> ours = new ArrayList<>();
            List<Round> bare = new ArrayList<>();
            for (int i = 0; i < ROUNDS; i++) {
                ours.add(round(platform, targets[0], script, true));
                bare.add(round(proxy, targets[1], script, false));
                tell("sampan", ours.getLast());
                tell("proxy", bare.getLast());
            }
            reconcile(platform, targets[0], door[1]);
            summary(ours, bare);
        }
    }

    /// wrk goes away with calls in flight, which are charged and not counted. So the books are compared after
    /// calls whose every answer was read.
    private static void reconcile(MeasuredProcess platform, String target, String secret) throws Exception {
        long before = Long.parseLong(platform.ask("drain").split(" ")[0]);
        long answered = CountedCalls.answered(target, secret, BODY, CONNECTIONS);
        String[] after = platform.ask("drain").split(" ");
        long rows = Long.parseLong(after[0]) - before;
        System.out.printf(
                Locale.ROOT,
                "%,d answers read, %,d usage rows, %s rows in all, ledger sum %s%n",
                answered,
                rows,
                after[0],
                after[1]);
        if (rows != answered || !after[1].equals("0")) {
            throw new IllegalStateException("the books differ from what was answered");
        }
    }

    private static String upstream() throws Exception {
        HttpServer server = Vertx.vertx()
                .createHttpServer()
                .requestHandler(request -> request.body()
                        .onSuccess(_ -> request.response()
                                .putHeader("content-type", "application/json")
                                .end(ANSWER)));
        server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().get();
        return "http://127.0.0.1:" + server.actualPort();
    }

    private static Round round(MeasuredProcess measured, String target, Path script, boolean drains) throws Exception {
        double jvm = measured.ownCpuSeconds();
        double database = measured.descendantsCpuSeconds();
        Wrk.Run run = Wrk.run(target, script, CONNECTIONS, ROUND_SECONDS);
        if (drains) {
            measured.ask("drain");
        }
        return new Round(
                run.calls(),
                measured.ownCpuSeconds() - jvm,
                measured.descendantsCpuSeconds() - database,
                run.p50(),
                run.p99());
    }

    private static void tell(String who, Round round) {
        System.out.printf(
                Locale.ROOT,
                "%-7s %,7.0f calls/s  p50 %.2f ms  p99 %.2f ms  CPU-s per 10 k: JVM %.3f, PostgreSQL %.3f%n",
                who,
                (double) round.calls() / ROUND_SECONDS,
                round.p50(),
                round.p99(),
                round.per10k(round.jvm()),
                round.per10k(round.database()));
    }

    private static void summary(List<Round> ours, List<Round> bare) {
        double jvm = median(ours.stream().map(it -> it.per10k(it.jvm())).toList());
        double database =
                median(ours.stream().map(it -> it.per10k(it.database())).toList());
        double both = median(
                ours.stream().map(it -> it.per10k(it.jvm() + it.database())).toList());
        double proxy = median(bare.stream().map(it -> it.per10k(it.jvm())).toList());
        System.out.printf(
                Locale.ROOT,
                "| gateway, CPU-s per 10 k priced, durable calls | %.2f (JVM %.2f, PostgreSQL %.2f) "
                        + "| bare Vert.x proxy %.2f |%n",
                both,
                jvm,
                database,
                proxy);
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
