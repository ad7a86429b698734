package dev.sampan.training.internal;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.sampan.compute.Torch;
import dev.sampan.compute.Weights;
import dev.sampan.data.Features;
import dev.sampan.kernel.Json;
import dev.sampan.model.Manifest;
import dev.sampan.model.ModelPackage;
import dev.sampan.model.PackageDraft;
import dev.sampan.model.Safetensors;
import dev.sampan.model.Safetensors.Tensor;
import dev.sampan.spec.Specs;
import dev.sampan.training.TrainingJob;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What training puts into a package.
///
/// @param weights of what was trained
/// @param config content of `config.json`
/// @param facts about the training, for the manifest
/// @param licences of what the package holds of others
record PackageFiles(
        String architecture,
        Features features,
        ModelProto graph,
        Weights weights,
        Map<String, Object> config,
        Map<String, Object> facts,
        List<String> licences) {
    /// Writes the files and commits the draft.
    ModelPackage commit(PackageDraft draft, TrainingJob job, LabelledRows train) {
        features.write(draft.folder());
        draft.write("model.onnx", graph.toByteArray());
        draft.write("config.json", Json.pretty(config).getBytes(StandardCharsets.UTF_8));
        Safetensors.write(draft.file("model.safetensors"), tensors(), Map.of("format", "pt"));
        return draft.commit(new Manifest(
                job.spec().name(),
                architecture,
                Instant.now().toString(),
                Specs.toTree(job.spec()),
                job.dataset().version(),
                job.dataset().provenance(),
                labelCounts(train),
                facts,
                licences,
                Map.of(),
                Map.of()));
    }

    /// What every training says of itself; each kind adds its own.
    static Map<String, Object> facts(TrainingJob job, LabelledRows train, double seconds, double cpuSeconds) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("seed", job.spec().train().seed());
        facts.put("rows", train.rows());
        facts.put("seconds", seconds);
        facts.put("cpu_seconds", cpuSeconds);
        facts.put("threads", job.threads());
        facts.put("java", System.getProperty("java.version"));
        facts.put("libtorch", Torch.VERSION);
        return facts;
    }

    private Map<String, Tensor> tensors() {
        Map<String, Tensor> tensors = new HashMap<>();
        for (Weights.Slot slot : weights.slots()) {
            float[] values = Arrays.copyOfRange(weights.values(), slot.offset(), slot.end());
            tensors.put(slot.name(), new Tensor(slot.shape(), values));
        }
        return tensors;
    }

    private Map<String, Long> labelCounts(LabelledRows train) {
        Map<String, Long> counts = new HashMap<>();
        features.labels().forEach(label -> counts.put(label, 0L));
        for (int row = 0; row < train.rows(); row++) {
            counts.merge(features.labels().get(train.label(row)), 1L, Long::sum);
        }
        return counts;
    }
}
