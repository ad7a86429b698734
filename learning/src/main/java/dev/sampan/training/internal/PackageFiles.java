package dev.sampan.training.internal;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.sampan.compute.Torch;
import dev.sampan.compute.Weights;
import dev.sampan.data.Features;
import dev.sampan.data.Split;
import dev.sampan.kernel.Json;
import dev.sampan.model.Manifest;
import dev.sampan.model.ModelPackage;
import dev.sampan.model.PackageDraft;
import dev.sampan.model.Safetensors;
import dev.sampan.model.Safetensors.Tensor;
import dev.sampan.network.Network;
import dev.sampan.spec.Specs;
import dev.sampan.training.TrainingJob;
import dev.sampan.training.loop.RunState;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What training puts into a package.
///
/// @param weights of what was trained, with its buffers
/// @param config content of `config.json`
/// @param facts about the training, for the manifest
/// @param licences of what the package holds of others
public record PackageFiles(
        String architecture,
        Features features,
        ModelProto graph,
        List<Weights> weights,
        Map<String, Object> config,
        Map<String, Object> facts,
        List<String> licences) {
    /// Of a network that the loop taught.
    public static PackageFiles of(String architecture, Features features, Network network, Map<String, Object> facts) {
        return new PackageFiles(
                architecture,
                features,
                network.onnx(),
                List.of(network.weights(), network.buffers()),
                network.config(),
                facts,
                List.of());
    }

    /// The same with what it holds of others.
    PackageFiles with(List<String> others) {
        return new PackageFiles(architecture, features, graph, weights, config, facts, others);
    }

    /// Writes the files and commits the draft.
    public ModelPackage commit(PackageDraft draft, TrainingJob job, LabelledRows train) {
        return commit(draft, job, labelCounts(features.labels(), train));
    }

    /// Writes the files and commits the draft.
    ///
    /// @param labelCounts training rows of each label; none where no label is answered
    public ModelPackage commit(PackageDraft draft, TrainingJob job, Map<String, Long> labelCounts) {
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
                labelCounts,
                facts,
                licences,
                Map.of(),
                Map.of()));
    }

    /// What every training says of itself; each kind adds its own.
    public static Map<String, Object> facts(TrainingJob job, long rows, double seconds, double cpuSeconds) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("seed", job.spec().train().seed());
        facts.put("rows", rows);
        facts.put("seconds", seconds);
        facts.put("cpu_seconds", cpuSeconds);
        facts.put("threads", job.threads());
        facts.put("java", System.getProperty("java.version"));
        facts.put("libtorch", Torch.VERSION);
        return facts;
    }

    /// The same of a run of the loop.
    public static Map<String, Object> facts(TrainingJob job, long rows, RunState end) {
        Map<String, Object> facts = facts(job, rows, end.seconds(), end.cpuSeconds());
        facts.put("epochs", end.epochs());
        facts.put("steps", end.stepsDone());
        facts.put("best_epoch", end.bestEpoch());
        facts.put("bf16", Boolean.TRUE.equals(end.bf16()));
        facts.put("history", end.history());
        if (!end.finished(job.spec().train())) {
            facts.put(
                    Manifest.UNFINISHED,
                    "paused after " + end.epochs() + " of " + job.spec().train().epochs() + " epochs");
        }
        return facts;
    }

    /// Puts down which rows a model was fitted on, and of a trial what is left to do.
    ///
    /// @param again true when it is fitted once more, on training and validation rows, after validation has chosen
    public static void fittedOn(Map<String, Object> facts, TrainingJob job, boolean again) {
        boolean validated = again && job.dataset().count(Split.VALIDATION) > 0;
        facts.put("fitted_on", validated && job.learnsFromValidation() ? "train and validation" : "train");
        if (validated && !job.learnsFromValidation()) {
            facts.put(Manifest.UNFINISHED, "the validation rows are not learnt from yet");
        }
    }

    private Map<String, Tensor> tensors() {
        Map<String, Tensor> tensors = new HashMap<>();
        for (Weights each : weights) {
            for (Weights.Slot slot : each.slots()) {
                float[] values = Arrays.copyOfRange(each.values(), slot.offset(), slot.end());
                tensors.put(slot.name(), new Tensor(slot.shape(), values));
            }
        }
        return tensors;
    }

    private static Map<String, Long> labelCounts(List<String> labels, LabelledRows train) {
        Map<String, Long> counts = new HashMap<>();
        labels.forEach(label -> counts.put(label, 0L));
        for (int row = 0; row < train.rows(); row++) {
            counts.merge(labels.get(train.label(row)), 1L, Long::sum);
        }
        return counts;
    }
}
