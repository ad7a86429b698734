package dev.sampan.harness;

import dev.sampan.SampanApplication;
import dev.sampan.accounts.Accounts;
import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.Json;
import dev.sampan.kernel.TenantId;
import dev.sampan.studio.tracking.Experiment;
import dev.sampan.studio.tracking.Experiments;
import dev.sampan.studio.tracking.Metric;
import dev.sampan.studio.tracking.RunLog;
import dev.sampan.studio.tracking.Runs;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/// How long MLflow's clients wait for lists: an experiment of 5,000 runs, each with 20 metrics of 50 points, 10
/// parameters and 5 tags; asked for 1,000 runs whole, over HTTP, answer read to its end.
final class TrackingLists implements Measure.Measurement {
    private static final int RUNS = 5_000;
    private static final int METRICS = 20;
    private static final int POINTS = 50;
    private static final int ROUNDS = 15;

    @Override
    public String what() {
        return "lists and searches of 1,000 of 5,000 tracked runs [RUNS]";
    }

    @Override
    public void run(List<String> arguments) throws Exception {
        int runs = arguments.isEmpty() ? RUNS : Integer.parseInt(arguments.getFirst());
        try (ConfigurableApplicationContext rooms = new SpringApplicationBuilder(SampanApplication.class)
                        .registerShutdownHook(false)
                        .run(
                                "--sampan.home=" + StartTime.aHome(),
                                "--sampan.gateway.port=0",
                                "--sampan.console.port=0");
                HttpClient client = HttpClient.newHttpClient()) {
            Accounts accounts = rooms.getBean(Accounts.class);
            TenantId team = accounts.team().id();
            String key = accounts.createKey(team, "measure", accounts.platformActor())
                    .secret();
            Experiment experiment = rooms.getBean(Experiments.class).create(team, "many", null, Map.of());
            long begun = System.nanoTime();
            fill(rooms, team, experiment.id(), runs);
            System.out.printf(Locale.ROOT, "%,d runs logged in %.0f s%n", runs, (System.nanoTime() - begun) / 1e9);
            String address = "http://127.0.0.1:" + rooms.getEnvironment().getRequiredProperty("local.server.port")
                    + "/mlflow/api/2.0/mlflow/runs/search";
            Asking asking = new Asking(client, address, key, experiment.id());
            report("newest 1,000 runs", asking, "", List.of());
            report("1,000 best by a metric", asking, "", List.of("metrics.m3 DESC"));
            report("1,000 by a filter", asking, "metrics.m3 > 0.5 and params.p1 = '1'", List.of());
        }
    }

    private static void fill(ConfigurableApplicationContext rooms, TenantId team, String experiment, int count) {
        Runs runs = rooms.getBean(Runs.class);
        RunLog log = rooms.getBean(RunLog.class);
        SplittableRandom random = new SplittableRandom(1);
        Map<String, String> params = new HashMap<>();
        for (int i = 0; i < count; i++) {
            String id = runs.begin(
                            team,
                            new Runs.Begin(
                                    null, experiment, "run " + i, "li", (long) i, Map.of("owner", "li", "a", "b")),
                            ActorId.PLATFORM)
                    .run()
                    .id();
            for (int p = 0; p < 10; p++) {
                params.put("p" + p, Integer.toString(random.nextInt(10)));
            }
            List<Metric> metrics = new ArrayList<>();
            for (int point = 0; point < METRICS * POINTS; point++) {
                metrics.add(new Metric("m" + point % METRICS, random.nextDouble(), i, point / METRICS));
            }
            log.batch(team, id, new RunLog.Batch(metrics, Map.of(), Map.of()));
            log.batch(team, id, new RunLog.Batch(List.of(), params, Map.of("c", "d", "e", "f")));
        }
    }

    private record Asking(HttpClient client, String address, String key, String experiment) {
        /// @return characters of the answer
        int ask(String filter, List<String> orders) throws Exception {
            String body = Json.write(Map.of(
                    "experiment_ids", List.of(experiment), "max_results", 1_000, "filter", filter, "order_by", orders));
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create(address))
                            .header("Authorization", "Bearer " + key)
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(answer.body());
            }
            return answer.body().length();
        }
    }

    private static void report(String what, Asking asking, String filter, List<String> orders) throws Exception {
        List<Double> millis = new ArrayList<>();
        int letters = 0;
        for (int i = 0; i < ROUNDS; i++) {
            long begun = System.nanoTime();
            letters = asking.ask(filter, orders);
            millis.add((System.nanoTime() - begun) / 1e6);
        }
        List<Double> warm = millis.subList(ROUNDS / 3, ROUNDS).stream().sorted().toList();
        System.out.printf(
                Locale.ROOT,
                "| %s, whole, over HTTP | median %.0f ms, worst %.0f ms, %,d kB of JSON | |%n",
                what,
                StartTime.median(warm),
                warm.getLast(),
                letters / 1000);
    }
}
