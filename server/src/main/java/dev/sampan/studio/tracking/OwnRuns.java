package dev.sampan.studio.tracking;

import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.Sha256;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.search.Trial;
import dev.sampan.studio.tracking.TrackedRun.Status;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The studio's own runs among the others, under the same id: parameters are the leaves of the resolved
/// specification, metrics those of each epoch and the figures of each stage.
public final class OwnRuns {
    /// Tags that name the model on the shelf that a run made.
    static final String MODEL = "sampan.model";

    static final String VERSION = "sampan.version";
    private static final String PARENT = "mlflow.parentRunId";
    private static final int ID_LETTERS = 32;
    private static final double MILLIS = 1000;

    private final Experiments experiments;
    private final Runs runs;
    private final RunLog log;
    private final Registry registry;
    private final InstantSource clock;

    OwnRuns(Experiments experiments, Runs runs, RunLog log, Registry registry, InstantSource clock) {
        this.experiments = experiments;
        this.runs = runs;
        this.log = log;
        this.registry = registry;
        this.clock = clock;
    }

    /// What a launch says of itself.
    ///
    /// @param spec resolved
    public record Launch(String name, String experiment, Map<String, String> tags, Map<String, Object> spec) {}

    public void launched(TenantId tenant, Ulid run, Launch launch, ActorId by) {
        Map<String, String> tags = new HashMap<>(launch.tags());
        tags.put("mlflow.source.name", "sampan");
        tags.put("mlflow.source.type", "JOB");
        String experiment = experiments.named(tenant, launch.experiment()).id();
        String id = run.toString();
        runs.begin(tenant, new Runs.Begin(id, experiment, launch.name(), "sampan", clock.millis(), tags), by);
        runs.update(tenant, id, new Runs.Change(Status.SCHEDULED, null, null));
        Map<String, String> params = new HashMap<>();
        leaves("", launch.spec(), params);
        log.own(tenant, id, new RunLog.Batch(List.of(), params, Map.of()));
    }

    private static void leaves(String path, @Nullable Object value, Map<String, String> params) {
        switch (value) {
            case Map<?, ?> map ->
                map.forEach((key, one) -> leaves(path + (path.isEmpty() ? "" : ".") + key, one, params));
            case List<?> list -> {
                for (int i = 0; i < list.size(); i++) {
                    leaves(path + "." + i, list.get(i), params);
                }
            }
            case null -> {}
            default -> {
                String text = value.toString();
                params.put(Limits.fitted(path), text.length() > Limits.PARAM ? text.substring(0, Limits.PARAM) : text);
            }
        }
    }

    /// @param figures of one epoch, `epoch` among them
    public void epoch(TenantId tenant, Ulid run, int epoch, Map<String, Object> figures) {
        log.own(tenant, run.toString(), new RunLog.Batch(metrics("", figures, epoch), Map.of(), Map.of()));
    }

    /// @param stage that succeeded, such as `EVALUATE`, whose figures stand under their plain names: they are what
    ///     models are compared by
    public void stage(TenantId tenant, Ulid run, String stage, Map<String, Object> figures) {
        String prefix = stage.equals("EVALUATE") ? "" : stage.toLowerCase(Locale.ROOT) + ".";
        Map<String, String> tags = new HashMap<>();
        if (stage.equals("REGISTER")
                && figures.get("name") instanceof String name
                && figures.get("version") instanceof Integer version) {
            tags.put(MODEL, name);
            tags.put(VERSION, version.toString());
            registry.madeBy(tenant, name, version, run.toString());
        }
        log.own(tenant, run.toString(), new RunLog.Batch(metrics(prefix, figures, 0), Map.of(), tags));
    }

    /// A trial of a run's search after its last rung.
    public record Tried(Trial trial, String metric) {}

    /// The trial as a run of its own below the one that searches, as MLflow's clients nest them. Telling it again, as
    /// after a crash, changes nothing.
    public void trial(TenantId tenant, Ulid run, Tried tried, ActorId by) {
        if (!runs.known(tenant, run.toString())) {
            return;
        }
        Trial trial = tried.trial();
        String id = Sha256.of(run + "/trial/" + trial.number()).hex().substring(0, ID_LETTERS);
        long now = clock.millis();
        if (!runs.known(tenant, id)) {
            TrackedRun parent = runs.info(tenant, run.toString());
            Map<String, String> tags = Map.of(PARENT, run.toString(), "mlflow.source.name", "sampan");
            long begun = now - Math.round(trial.seconds() * MILLIS);
            runs.begin(
                    tenant,
                    new Runs.Begin(
                            id, parent.experiment(), parent.name() + "/" + trial.number(), "sampan", begun, tags),
                    by);
        }
        List<Metric> scores = new ArrayList<>();
        for (int rung = 0; rung < trial.scores().size(); rung++) {
            scores.add(new Metric("validation_" + tried.metric(), trial.scores().get(rung), now, rung));
        }
        Map<String, String> params = new HashMap<>();
        leaves("", trial.values(), params);
        log.own(tenant, id, new RunLog.Batch(scores, params, Map.of()));
        runs.state(tenant, id, trial.failure() == null ? Status.FINISHED : Status.FAILED, now);
    }

    private List<Metric> metrics(String prefix, Map<String, Object> figures, int step) {
        List<Metric> metrics = new ArrayList<>();
        figures.forEach((name, value) -> {
            if (value instanceof Number number && !name.equals("epoch")) {
                metrics.add(new Metric(Limits.fitted(prefix + name), number.doubleValue(), clock.millis(), step));
            }
        });
        return metrics;
    }

    /// @param state of the studio's run
    public void state(TenantId tenant, Ulid run, String state) {
        Status status = switch (state) {
            case "WAITING" -> Status.SCHEDULED;
            case "RUNNING" -> Status.RUNNING;
            case "SUCCEEDED" -> Status.FINISHED;
            case "CANCELLED" -> Status.KILLED;
            default -> Status.FAILED;
        };
        boolean ended = status == Status.FINISHED || status == Status.FAILED || status == Status.KILLED;
        runs.state(tenant, run.toString(), status, ended ? clock.millis() : null);
    }
}
