package dev.sampan.studio.mlflow;

import static dev.sampan.studio.mlflow.Calls.delete;
import static dev.sampan.studio.mlflow.Calls.get;
import static dev.sampan.studio.mlflow.Calls.patch;
import static dev.sampan.studio.mlflow.Calls.post;

import dev.sampan.catalog.Catalog;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.studio.tracking.RegisteredModel.Version;
import dev.sampan.studio.tracking.RegisteredVersions;
import dev.sampan.studio.tracking.RegisteredVersions.Said;
import dev.sampan.studio.tracking.Registration;
import dev.sampan.studio.tracking.Registry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;

/// Calls about versions of models.
@Component
final class VersionCalls implements Calls.Group {
    private static final int ROWS = 10_000;

    private final Registry registry;
    private final RegisteredVersions versions;
    private final Registration registration;
    private final Catalog catalog;

    VersionCalls(Registry registry, RegisteredVersions versions, Registration registration, Catalog catalog) {
        this.registry = registry;
        this.versions = versions;
        this.registration = registration;
        this.catalog = catalog;
    }

    @Override
    public List<Calls.Call> calls() {
        return List.of(
                post("model-versions/create", this::create),
                get("model-versions/get", ask -> answer(version(ask))),
                get("model-versions/search", this::search),
                get("model-versions/get-download-uri", this::downloadUri),
                patch("model-versions/update", this::update),
                post("model-versions/set-tag", this::setTag),
                delete("model-versions/delete-tag", this::deleteTag),
                delete("model-versions/delete", this::remove),
                post("model-versions/transition-stage", VersionCalls::stage));
    }

    static Map<String, Object> answer(Version version) {
        return Map.of("model_version", tree(version));
    }

    static Map<String, Object> tree(Version version) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", version.name());
        tree.put("version", Integer.toString(version.number()));
        tree.put("creation_timestamp", version.createdMillis());
        tree.put("last_updated_timestamp", version.updatedMillis());
        tree.put("user_id", version.user());
        tree.put("current_stage", "None");
        tree.put("description", version.description());
        tree.put("source", version.source());
        tree.put("run_id", version.run());
        tree.put("run_link", version.runLink());
        tree.put("status", "READY");
        tree.put("tags", Trees.pairs(version.tags()));
        tree.put("aliases", version.aliases());
        if (!version.model().isEmpty()) {
            tree.put("model_id", version.model());
        }
        return tree;
    }

    static int number(Ask ask) {
        long number = ask.whole("version");
        if (number < 1 || number > Integer.MAX_VALUE) {
            throw new ProblemException(Problem.of("tracking.invalid_parameter", "There is no version " + number));
        }
        return (int) number;
    }

    private Version version(Ask ask) {
        return registry.version(ask.tenant(), ask.text("name"), number(ask));
    }

    private Map<String, Object> create(Ask ask) {
        Said said = new Said(
                ask.caller().name(),
                ask.textOr("description", ""),
                ask.text("source"),
                ask.textOr("run_id", ""),
                ask.textOr("run_link", ""),
                ask.textOr("model_id", ""),
                ask.pairs("tags"));
        return answer(registration.register(
                ask.tenant(), ask.text("name"), said, ask.caller().actor()));
    }

    private Map<String, Object> search(Ask ask) {
        registry.refresh(ask.tenant());
        RegisteredVersions.Listed found = versions.search(
                ask.tenant(), ExperimentCalls.searchOf(ask, "view_type", ROWS), catalog.aliases(ask.tenant()));
        return Trees.page(
                "model_versions",
                found.versions().stream().map(VersionCalls::tree).toList(),
                found.next());
    }

    private Map<String, Object> downloadUri(Ask ask) {
        Version version = version(ask);
        return Map.of("artifact_uri", "mlflow-artifacts:/shelf/" + version.name() + "/" + version.number());
    }

    private Map<String, Object> update(Ask ask) {
        Version known = version(ask);
        versions.describe(ask.tenant(), known.name(), known.number(), ask.textOr("description", ""));
        return answer(version(ask));
    }

    private Map<String, Object> setTag(Ask ask) {
        Version known = version(ask);
        versions.setTag(ask.tenant(), known.name(), known.number(), Map.of(ask.text("key"), ask.textOr("value", "")));
        return Map.of();
    }

    private Map<String, Object> deleteTag(Ask ask) {
        Version known = version(ask);
        versions.deleteTag(ask.tenant(), known.name(), known.number(), ask.text("key"));
        return Map.of();
    }

    private Map<String, Object> remove(Ask ask) {
        Version known = version(ask);
        if (!known.aliases().isEmpty()) {
            throw new ProblemException(Problem.of(
                            "tracking.versions_are_kept",
                            "Version " + known.number() + " of '" + known.name() + "' is called " + known.aliases())
                    .remedy("Delete the alias first"));
        }
        versions.hide(ask.tenant(), known.name(), known.number());
        return Map.of();
    }

    private static Map<String, Object> stage(Ask ask) {
        throw new ProblemException(
                Problem.of("tracking.no_stages", "Stages are not kept here; MLflow itself gave them up for aliases")
                        .remedy("Call set_registered_model_alias('" + ask.text("name") + "', '"
                                + ask.textOr("stage", "production").toLowerCase(Locale.ROOT) + "', "
                                + ask.textOr("version", "1") + ")"));
    }
}
