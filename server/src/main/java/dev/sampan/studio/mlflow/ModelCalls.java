package dev.sampan.studio.mlflow;

import static dev.sampan.studio.mlflow.Calls.delete;
import static dev.sampan.studio.mlflow.Calls.get;
import static dev.sampan.studio.mlflow.Calls.patch;
import static dev.sampan.studio.mlflow.Calls.post;

import dev.sampan.studio.tracking.RegisteredModel;
import dev.sampan.studio.tracking.Registry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/// Calls about models by name, and their aliases.
@Component
final class ModelCalls implements Calls.Group {
    private static final int ROWS = 100;

    private final Registry registry;

    ModelCalls(Registry registry) {
        this.registry = registry;
    }

    @Override
    public List<Calls.Call> calls() {
        return List.of(
                post("registered-models/create", this::create),
                get("registered-models/get", ask -> answer(registry.model(ask.tenant(), ask.text("name")))),
                get("registered-models/search", this::search),
                patch("registered-models/update", this::update),
                post("registered-models/rename", this::rename),
                delete("registered-models/delete", this::remove),
                post("registered-models/set-tag", this::setTag),
                delete("registered-models/delete-tag", this::deleteTag),
                post("registered-models/get-latest-versions", this::latest),
                get("registered-models/get-latest-versions", this::latest),
                post("registered-models/alias", this::setAlias),
                delete("registered-models/alias", this::dropAlias),
                get("registered-models/alias", this::byAlias));
    }

    private static Map<String, Object> answer(RegisteredModel model) {
        return Map.of("registered_model", tree(model));
    }

    private static Map<String, Object> tree(RegisteredModel model) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", model.name());
        tree.put("creation_timestamp", model.createdMillis());
        tree.put("last_updated_timestamp", model.updatedMillis());
        tree.put("description", model.description());
        tree.put("tags", Trees.pairs(model.tags()));
        tree.put(
                "aliases",
                new TreeMap<>(model.aliases())
                        .entrySet().stream()
                                .map(one -> Map.of(
                                        "alias",
                                        one.getKey(),
                                        "version",
                                        one.getValue().toString()))
                                .toList());
        tree.put(
                "latest_versions",
                model.newest().stream().limit(1).map(VersionCalls::tree).toList());
        return tree;
    }

    private Map<String, Object> create(Ask ask) {
        return answer(
                registry.create(ask.tenant(), ask.text("name"), ask.textOr("description", ""), ask.pairs("tags")));
    }

    private Map<String, Object> search(Ask ask) {
        Registry.Listed found = registry.search(ask.tenant(), ExperimentCalls.searchOf(ask, "view_type", ROWS));
        return Trees.page(
                "registered_models",
                found.models().stream().map(ModelCalls::tree).toList(),
                found.next());
    }

    private Map<String, Object> update(Ask ask) {
        return answer(registry.describe(ask.tenant(), ask.text("name"), ask.textOr("description", "")));
    }

    private Map<String, Object> rename(Ask ask) {
        return answer(registry.rename(ask.tenant(), ask.text("name"), ask.text("new_name")));
    }

    private Map<String, Object> remove(Ask ask) {
        registry.delete(ask.tenant(), ask.text("name"));
        return Map.of();
    }

    private Map<String, Object> setTag(Ask ask) {
        registry.setTag(ask.tenant(), ask.text("name"), ask.text("key"), ask.textOr("value", ""));
        return Map.of();
    }

    private Map<String, Object> deleteTag(Ask ask) {
        registry.deleteTag(ask.tenant(), ask.text("name"), ask.text("key"));
        return Map.of();
    }

    private Map<String, Object> latest(Ask ask) {
        List<RegisteredModel.Version> newest =
                registry.model(ask.tenant(), ask.text("name")).newest();
        return Map.of(
                "model_versions",
                newest.stream().limit(1).map(VersionCalls::tree).toList());
    }

    private Map<String, Object> setAlias(Ask ask) {
        registry.setAlias(
                ask.tenant(),
                ask.text("name"),
                ask.text("alias"),
                VersionCalls.number(ask),
                ask.caller().actor());
        return Map.of();
    }

    private Map<String, Object> dropAlias(Ask ask) {
        registry.dropAlias(
                ask.tenant(), ask.text("name"), ask.text("alias"), ask.caller().actor());
        return Map.of();
    }

    private Map<String, Object> byAlias(Ask ask) {
        return VersionCalls.answer(registry.byAlias(ask.tenant(), ask.text("name"), ask.text("alias")));
    }
}
