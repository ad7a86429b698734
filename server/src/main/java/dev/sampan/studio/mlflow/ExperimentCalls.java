package dev.sampan.studio.mlflow;

import static dev.sampan.studio.mlflow.Calls.get;
import static dev.sampan.studio.mlflow.Calls.post;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.studio.tracking.Experiment;
import dev.sampan.studio.tracking.Experiments;
import dev.sampan.studio.tracking.Lifecycle.View;
import dev.sampan.studio.tracking.Search;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/// Calls about experiments.
@Component
final class ExperimentCalls implements Calls.Group {
    private static final int ROWS = 1_000;

    private final Experiments experiments;

    ExperimentCalls(Experiments experiments) {
        this.experiments = experiments;
    }

    @Override
    public List<Calls.Call> calls() {
        return List.of(
                post("experiments/create", this::create),
                get("experiments/get", ask -> answer(experiments.experiment(ask.tenant(), ask.text("experiment_id")))),
                get("experiments/get-by-name", this::byName),
                post("experiments/search", this::search),
                get("experiments/search", this::search),
                post("experiments/update", this::update),
                post("experiments/delete", this::delete),
                post("experiments/restore", this::restore),
                post("experiments/set-experiment-tag", this::setTag),
                post("experiments/delete-experiment-tag", this::deleteTag));
    }

    private static Map<String, Object> answer(Experiment experiment) {
        return Map.of("experiment", Trees.experiment(experiment));
    }

    private Map<String, Object> create(Ask ask) {
        String location = ask.textOr("artifact_location", "");
        Experiment made = experiments.create(
                ask.tenant(), ask.text("name"), location.isEmpty() ? null : location, ask.pairs("tags"));
        return Map.of("experiment_id", made.id());
    }

    private Map<String, Object> byName(Ask ask) {
        String name = ask.text("experiment_name");
        return answer(experiments
                .byName(ask.tenant(), name)
                .orElseThrow(() -> new ProblemException(Problem.of(
                        "tracking.experiment.not_found", "There is no experiment with the name '" + name + "'"))));
    }

    private Map<String, Object> search(Ask ask) {
        Experiments.Listed found = experiments.search(ask.tenant(), searchOf(ask, "view_type", ROWS));
        return Trees.page(
                "experiments",
                found.experiments().stream().map(Trees::experiment).toList(),
                found.next());
    }

    /// @param view name of the field that says whether deleted ones are shown
    static Search searchOf(Ask ask, String view, int rows) {
        return new Search(
                ask.textOr("filter", ""),
                ask.texts("order_by"),
                ask.oneOf(view, View.class, View.ACTIVE_ONLY),
                (int) Math.min(ask.whole("max_results", rows), Integer.MAX_VALUE),
                ask.textOrNull("page_token"));
    }

    private Map<String, Object> update(Ask ask) {
        experiments.rename(ask.tenant(), ask.text("experiment_id"), ask.text("new_name"));
        return Map.of();
    }

    private Map<String, Object> delete(Ask ask) {
        experiments.delete(ask.tenant(), ask.text("experiment_id"));
        return Map.of();
    }

    private Map<String, Object> restore(Ask ask) {
        experiments.restore(ask.tenant(), ask.text("experiment_id"));
        return Map.of();
    }

    private Map<String, Object> setTag(Ask ask) {
        experiments.setTag(ask.tenant(), ask.text("experiment_id"), ask.text("key"), ask.textOr("value", ""));
        return Map.of();
    }

    private Map<String, Object> deleteTag(Ask ask) {
        experiments.deleteTag(ask.tenant(), ask.text("experiment_id"), ask.text("key"));
        return Map.of();
    }
}
