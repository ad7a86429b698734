package dev.sampan.studio.mlflow;

import static dev.sampan.studio.mlflow.Calls.get;
import static dev.sampan.studio.mlflow.Calls.post;

import dev.sampan.studio.tracking.DatasetInput;
import dev.sampan.studio.tracking.Metric;
import dev.sampan.studio.tracking.RunLog;
import dev.sampan.studio.tracking.Runs;
import dev.sampan.studio.tracking.TrackedRun;
import dev.sampan.studio.tracking.TrackedRun.Status;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/// Calls about runs and what they log.
@Component
final class RunCalls implements Calls.Group {
    private static final int ROWS = 1_000;

    private final Runs runs;
    private final RunLog log;
    private final InstantSource clock;

    RunCalls(Runs runs, RunLog log, InstantSource clock) {
        this.runs = runs;
        this.log = log;
        this.clock = clock;
    }

    @Override
    public List<Calls.Call> calls() {
        return List.of(
                post("runs/create", this::create),
                get("runs/get", ask -> Map.of("run", Trees.run(runs.run(ask.tenant(), ask.run())))),
                post("runs/update", this::update),
                post("runs/search", this::search),
                post("runs/delete", this::delete),
                post("runs/restore", this::restore),
                post("runs/log-batch", this::logBatch),
                post("runs/log-metric", this::logMetric),
                post("runs/log-parameter", this::logParam),
                post("runs/log-inputs", this::logInputs),
                post("runs/set-tag", this::setTag),
                post("runs/delete-tag", this::deleteTag));
    }

    private Map<String, Object> create(Ask ask) {
        Runs.Begin begin = new Runs.Begin(
                null,
                ask.textOr("experiment_id", "0"),
                ask.textOr("run_name", ""),
                ask.textOr("user_id", ask.caller().name()),
                ask.wholeOrNull("start_time"),
                ask.pairs("tags"));
        return Map.of(
                "run", Trees.run(runs.begin(ask.tenant(), begin, ask.caller().actor())));
    }

    private Map<String, Object> update(Ask ask) {
        Status status = ask.textOr("status", "").isEmpty() ? null : ask.oneOf("status", Status.class, Status.RUNNING);
        TrackedRun run = runs.update(
                ask.tenant(),
                ask.run(),
                new Runs.Change(status, ask.wholeOrNull("end_time"), ask.textOrNull("run_name")));
        return Map.of("run_info", Trees.info(run));
    }

    private Map<String, Object> search(Ask ask) {
        TrackedRun.Listed found = runs.search(
                ask.tenant(), ask.texts("experiment_ids"), ExperimentCalls.searchOf(ask, "run_view_type", ROWS));
        return Trees.page("runs", found.runs().stream().map(Trees::run).toList(), found.next());
    }

    private Map<String, Object> delete(Ask ask) {
        runs.delete(ask.tenant(), ask.run());
        return Map.of();
    }

    private Map<String, Object> restore(Ask ask) {
        runs.restore(ask.tenant(), ask.run());
        return Map.of();
    }

    private Map<String, Object> logBatch(Ask ask) {
        List<Metric> metrics = ask.parts("metrics").stream().map(this::metric).toList();
        log.batch(ask.tenant(), ask.run(), new RunLog.Batch(metrics, ask.pairs("params"), ask.pairs("tags")));
        return Map.of();
    }

    private Map<String, Object> logMetric(Ask ask) {
        log.batch(ask.tenant(), ask.run(), new RunLog.Batch(List.of(metric(ask)), Map.of(), Map.of()));
        return Map.of();
    }

    private Metric metric(Ask ask) {
        return new Metric(
                ask.text("key"), ask.real("value"), ask.whole("timestamp", clock.millis()), ask.whole("step", 0));
    }

    private Map<String, Object> logParam(Ask ask) {
        Map<String, String> param = Map.of(ask.text("key"), ask.textOr("value", ""));
        log.batch(ask.tenant(), ask.run(), new RunLog.Batch(List.of(), param, Map.of()));
        return Map.of();
    }

    private Map<String, Object> logInputs(Ask ask) {
        List<DatasetInput> inputs = new ArrayList<>();
        for (Ask one : ask.parts("datasets")) {
            Ask dataset = one.part("dataset");
            inputs.add(new DatasetInput(
                    dataset.text("name"),
                    dataset.text("digest"),
                    dataset.textOr("source_type", ""),
                    dataset.textOr("source", ""),
                    dataset.textOrNull("schema"),
                    dataset.textOrNull("profile"),
                    one.pairs("tags")));
        }
        log.inputs(ask.tenant(), ask.run(), inputs);
        return Map.of();
    }

    private Map<String, Object> setTag(Ask ask) {
        Map<String, String> tag = Map.of(ask.text("key"), ask.textOr("value", ""));
        log.batch(ask.tenant(), ask.run(), new RunLog.Batch(List.of(), Map.of(), tag));
        return Map.of();
    }

    private Map<String, Object> deleteTag(Ask ask) {
        log.deleteTag(ask.tenant(), ask.run(), ask.text("key"));
        return Map.of();
    }
}
