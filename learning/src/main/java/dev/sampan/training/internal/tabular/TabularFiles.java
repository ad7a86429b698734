package dev.sampan.training.internal.tabular;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.sampan.data.ColumnFeatures;
import dev.sampan.data.Split;
import dev.sampan.kernel.Json;
import dev.sampan.model.Manifest;
import dev.sampan.model.ModelPackage;
import dev.sampan.model.PackageDraft;
import dev.sampan.spec.Specs;
import dev.sampan.training.TrainingJob;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What every model over columns puts into its package.
record TabularFiles(TrainingJob job, String architecture, ColumnFeatures features, ModelProto graph) {
    /// @param train from which labels are counted
    ModelPackage commit(PackageDraft draft, Map<String, Object> config, Map<String, Object> facts, EncodedTable train) {
        features.write(draft.folder());
        draft.write("model.onnx", graph.toByteArray());
        draft.write("config.json", Json.pretty(config).getBytes(StandardCharsets.UTF_8));
        return draft.commit(new Manifest(
                job.spec().name(),
                architecture,
                Instant.now().toString(),
                Specs.toTree(job.spec()),
                job.dataset().version(),
                job.dataset().provenance(),
                counts(features.labels(), train),
                facts,
                List.of(),
                Map.of(),
                Map.of()));
    }

    static Map<String, Object> facts(TrainingJob job, Columns columns, long startedNanos) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("seed", job.spec().train().seed());
        facts.put("rows", job.dataset().count(Split.TRAIN));
        facts.put("columns", columns.fitted().notes());
        facts.put("seconds", (System.nanoTime() - startedNanos) / 1e9);
        facts.put("threads", job.threads());
        facts.put("java", System.getProperty("java.version"));
        return facts;
    }

    /// Rows of each label; none where no label is answered.
    static Map<String, Long> counts(List<String> labels, EncodedTable train) {
        Map<String, Long> counts = new LinkedHashMap<>();
        labels.forEach(label -> counts.put(label, 0L));
        for (int row = 0; row < train.rows() && !labels.isEmpty(); row++) {
            counts.merge(labels.get((int) train.answers()[row]), 1L, Long::sum);
        }
        return counts;
    }
}
