package dev.sampan.studio.mlflow;

import static dev.sampan.studio.mlflow.Calls.delete;
import static dev.sampan.studio.mlflow.Calls.get;
import static dev.sampan.studio.mlflow.Calls.patch;
import static dev.sampan.studio.mlflow.Calls.post;

import dev.sampan.studio.tracking.Lifecycle.View;
import dev.sampan.studio.tracking.LoggedModel;
import dev.sampan.studio.tracking.LoggedModels;
import dev.sampan.studio.tracking.RunLog;
import dev.sampan.studio.tracking.Runs;
import dev.sampan.studio.tracking.Search;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/// Calls about models that runs log.
@Component
final class LoggedModelCalls implements Calls.Group {
    private static final int ROWS = 50;
    private static final String HISTORY_TAG = "mlflow.log-model.history";

    private final LoggedModels models;
    private final Runs runs;
    private final RunLog log;

    LoggedModelCalls(LoggedModels models, Runs runs, RunLog log) {
        this.models = models;
        this.runs = runs;
        this.log = log;
    }

    @Override
    public List<Calls.Call> calls() {
        return List.of(
                post("logged-models", this::create),
                post("logged-models/search", this::search),
                get("logged-models/{model_id}", ask -> answer(models.model(ask.tenant(), ask.text("model_id")))),
                patch("logged-models/{model_id}", this::finish),
                delete("logged-models/{model_id}", this::remove),
                patch("logged-models/{model_id}/tags", this::setTags),
                delete("logged-models/{model_id}/tags/{tag_key}", this::deleteTag),
                post("logged-models/{model_id}/params", this::addParams),
                post("runs/outputs", this::outputs),
                post("runs/log-model", this::logModel));
    }

    private static Map<String, Object> answer(LoggedModel model) {
        return Map.of("model", tree(model));
    }

    private static Map<String, Object> tree(LoggedModel model) {
        Map<String, Object> info = new HashMap<>();
        info.put("model_id", model.id());
        info.put("experiment_id", model.experiment());
        info.put("name", model.name());
        info.put("model_type", model.type());
        info.put("source_run_id", model.sourceRun());
        info.put("status", model.status().name());
        info.put("artifact_uri", model.artifactUri());
        info.put("creation_timestamp_ms", model.createdMillis());
        info.put("last_updated_timestamp_ms", model.updatedMillis());
        info.put("tags", Trees.pairs(model.tags()));
        return Map.of("info", info, "data", Map.of("params", Trees.pairs(model.params())));
    }

    private Map<String, Object> create(Ask ask) {
        return answer(models.begin(
                ask.tenant(),
                new LoggedModels.Begin(
                        ask.text("experiment_id"),
                        ask.textOr("name", ""),
                        ask.textOr("model_type", ""),
                        ask.textOr("source_run_id", ""),
                        ask.pairs("tags"),
                        ask.pairs("params"))));
    }

    private Map<String, Object> search(Ask ask) {
        List<String> orders = ask.parts("order_by").stream()
                .map(one -> one.text("field_name")
                        + (one.textOr("ascending", "true").equals("true") ? " ASC" : " DESC"))
                .toList();
        Search search = new Search(
                ask.textOr("filter", ""),
                orders,
                View.ACTIVE_ONLY,
                (int) Math.min(ask.whole("max_results", ROWS), Integer.MAX_VALUE),
                ask.textOrNull("page_token"));
        LoggedModels.Listed found = models.search(ask.tenant(), ask.texts("experiment_ids"), search);
        return Trees.page(
                "models", found.models().stream().map(LoggedModelCalls::tree).toList(), found.next());
    }

    private Map<String, Object> finish(Ask ask) {
        LoggedModel.Status status =
                ask.oneOf("status", LoggedModel.Status.class, LoggedModel.Status.LOGGED_MODEL_READY);
        return answer(models.finish(ask.tenant(), ask.text("model_id"), status));
    }

    private Map<String, Object> remove(Ask ask) {
        models.delete(ask.tenant(), ask.text("model_id"));
        return Map.of();
    }

    private Map<String, Object> setTags(Ask ask) {
        return answer(models.setTags(ask.tenant(), ask.text("model_id"), ask.pairs("tags")));
    }

    private Map<String, Object> deleteTag(Ask ask) {
        models.deleteTag(ask.tenant(), ask.text("model_id"), ask.text("tag_key"));
        return Map.of();
    }

    private Map<String, Object> addParams(Ask ask) {
        models.addParams(ask.tenant(), ask.text("model_id"), ask.pairs("params"));
        return Map.of();
    }

    private Map<String, Object> outputs(Ask ask) {
        runs.info(ask.tenant(), ask.run());
        Map<String, Long> steps = new HashMap<>();
        ask.parts("models").forEach(one -> steps.put(one.text("model_id"), one.whole("step", 0)));
        models.outputs(ask.tenant(), ask.run(), steps);
        return Map.of();
    }

    /// What older clients say of a model they put among the run's files.
    private Map<String, Object> logModel(Ask ask) {
        Map<String, String> tag = Map.of(HISTORY_TAG, "[" + ask.text("model_json") + "]");
        log.batch(ask.tenant(), ask.run(), new RunLog.Batch(List.of(), Map.of(), tag));
        return Map.of();
    }
}
