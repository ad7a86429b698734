package dev.sampan.studio.mlflow;

import static dev.sampan.studio.mlflow.Calls.get;

import dev.sampan.studio.tracking.Artifacts;
import dev.sampan.studio.tracking.LoggedModels;
import dev.sampan.studio.tracking.Runs;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/// Calls that list files.
@Component
final class ArtifactCalls implements Calls.Group {
    private static final String SCHEME = "mlflow-artifacts:/";

    private final Artifacts artifacts;
    private final Runs runs;
    private final LoggedModels models;

    ArtifactCalls(Artifacts artifacts, Runs runs, LoggedModels models) {
        this.artifacts = artifacts;
        this.runs = runs;
        this.models = models;
    }

    @Override
    public List<Calls.Call> calls() {
        return List.of(
                get("artifacts/list", this::ofRun),
                get("logged-models/{model_id}/artifacts/directories", this::ofModel));
    }

    private Map<String, Object> ofRun(Ask ask) {
        return list(ask, runs.info(ask.tenant(), ask.run()).artifactUri(), ask.textOr("path", ""));
    }

    private Map<String, Object> ofModel(Ask ask) {
        String root = models.model(ask.tenant(), ask.text("model_id")).artifactUri();
        return list(ask, root, ask.textOr("artifact_directory_path", ""));
    }

    private Map<String, Object> list(Ask ask, String root, String path) {
        List<Map<String, Object>> files = root.startsWith(SCHEME)
                ? entries(
                        artifacts.list(
                                ask.tenant(), root.substring(SCHEME.length()) + (path.isEmpty() ? "" : "/" + path)),
                        path.isEmpty() ? "" : path + "/")
                : List.of(); // kept elsewhere, where the client looks itself
        return Map.of("root_uri", root, "files", files);
    }

    /// @param prefix before each name
    static List<Map<String, Object>> entries(List<Artifacts.Entry> entries, String prefix) {
        return entries.stream()
                .map(entry -> {
                    Map<String, Object> tree = new LinkedHashMap<>();
                    tree.put("path", prefix + entry.name());
                    tree.put("is_dir", entry.bytes() == null);
                    Trees.put(tree, "file_size", entry.bytes());
                    return tree;
                })
                .toList();
    }
}
