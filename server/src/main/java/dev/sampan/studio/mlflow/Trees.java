package dev.sampan.studio.mlflow;

import dev.sampan.studio.tracking.DatasetInput;
import dev.sampan.studio.tracking.Experiment;
import dev.sampan.studio.tracking.Metric;
import dev.sampan.studio.tracking.TrackedRun;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Our values as MLflow's clients read them.
final class Trees {
    private Trees() {}

    static Map<String, Object> experiment(Experiment one) {
        return Map.of(
                "experiment_id", one.id(),
                "name", one.name(),
                "artifact_location", one.artifacts(),
                "lifecycle_stage", one.lifecycle().text(),
                "creation_time", one.createdMillis(),
                "last_update_time", one.updatedMillis(),
                "tags", pairs(one.tags()));
    }

    static Map<String, Object> run(TrackedRun.Whole whole) {
        return Map.of(
                "info", info(whole.run()),
                "data",
                        Map.of(
                                "metrics",
                                        whole.data().metrics().stream()
                                                .map(Trees::metric)
                                                .toList(),
                                "params", pairs(whole.data().params()),
                                "tags", pairs(whole.data().tags())),
                "inputs",
                        Map.of(
                                "dataset_inputs",
                                whole.data().inputs().stream().map(Trees::input).toList()));
    }

    static Map<String, Object> info(TrackedRun run) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("run_id", run.id());
        tree.put("run_uuid", run.id());
        tree.put("run_name", run.name());
        tree.put("experiment_id", run.experiment());
        tree.put("user_id", run.user());
        tree.put("status", run.status().name());
        tree.put("start_time", run.startMillis());
        if (run.endMillis() != null) {
            tree.put("end_time", run.endMillis());
        }
        tree.put("artifact_uri", run.artifactUri());
        tree.put("lifecycle_stage", run.lifecycle().text());
        return tree;
    }

    static Map<String, Object> metric(Metric metric) {
        return Map.of(
                "key", metric.key(), "value", metric.value(), "timestamp", metric.atMillis(), "step", metric.step());
    }

    private static Map<String, Object> input(DatasetInput input) {
        Map<String, Object> dataset = new LinkedHashMap<>();
        dataset.put("name", input.name());
        dataset.put("digest", input.digest());
        dataset.put("source_type", input.sourceType());
        dataset.put("source", input.source());
        put(dataset, "schema", input.schema());
        put(dataset, "profile", input.profile());
        return Map.of("dataset", dataset, "tags", pairs(input.tags()));
    }

    /// In the order of keys.
    static List<Map<String, String>> pairs(Map<String, String> texts) {
        return new TreeMap<>(texts)
                .entrySet().stream()
                        .map(pair -> Map.of("key", pair.getKey(), "value", pair.getValue()))
                        .toList();
    }

    static void put(Map<String, Object> tree, String name, @Nullable Object value) {
        if (value != null) {
            tree.put(name, value);
        }
    }

    /// A list of a page with the token of the next.
    static Map<String, Object> page(String name, List<Map<String, Object>> rows, @Nullable String next) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put(name, rows);
        put(tree, "next_page_token", next);
        return tree;
    }
}
