package dev.sampan.training.internal;

import dev.sampan.compute.AdamW;
import dev.sampan.compute.Weights;
import dev.sampan.kernel.Json;
import dev.sampan.kernel.ProblemException;
import dev.sampan.model.Safetensors;
import dev.sampan.model.Safetensors.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A run on disk: `state.json` (which run, [RunState], the name of the tensors' file) and one safetensors file with the
/// weights under their names and, behind a prefix, Adam's moments and the best weights. The tensors are written first,
/// then `state.json` is renamed into place, then the tensors before are deleted: whatever is cut off where, one whole
/// checkpoint is there.
final class Checkpoint {
    private static final String STATE = "state.json";

    /// `state.json`.
    ///
    /// @param run what is trained on what: another run's checkpoint is not taken up
    private record Document(String run, String tensors, RunState state) {}

    private final Path folder;
    private final String run;

    Checkpoint(Path folder, String run) {
        this.folder = folder;
        this.run = run;
    }

    void save(RunState state, Weights weights, AdamW optimiser, float[] best) throws IOException {
        Map<String, Tensor> tensors = new HashMap<>();
        put(tensors, "", weights, weights.values());
        put(tensors, "m.", weights, optimiser.firstMoments());
        put(tensors, "v.", weights, optimiser.secondMoments());
        put(tensors, "best.", weights, best);
        Files.createDirectories(folder);
        String name = "step-" + state.stepsDone() + "-" + state.epoch() + ".safetensors";
        Path part = folder.resolve("part");
        Safetensors.write(part, tensors, Map.of("format", "pt"));
        Files.move(part, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        Files.writeString(part, Json.pretty(new Document(run, name, state)));
        Files.move(part, folder.resolve(STATE), StandardCopyOption.ATOMIC_MOVE);
        deleteOthers(name);
    }

    /// Fills weights, moments and best weights, or returns null when there is no checkpoint of this run.
    @Nullable
    RunState load(Weights weights, AdamW optimiser, float[] best) throws IOException {
        if (!Files.exists(folder.resolve(STATE))) {
            return null;
        }
        try {
            Document document = Json.read(Files.readString(folder.resolve(STATE)), Document.class);
            if (!document.run().equals(run)) {
                return null;
            }
            Map<String, Tensor> tensors = Safetensors.read(folder.resolve(document.tensors()));
            Map<String, float[]> targets = Map.of(
                    "",
                    weights.values(),
                    "m.",
                    optimiser.firstMoments(),
                    "v.",
                    optimiser.secondMoments(),
                    "best.",
                    best);
            if (!targets.keySet().stream().allMatch(prefix -> whole(tensors, prefix, weights))) {
                return null;
            }
            targets.forEach((prefix, values) -> get(tensors, prefix, weights, values));
            optimiser.resumeAt(document.state().stepsDone());
            return document.state();
        } catch (ProblemException _) { // damaged: the run starts from the beginning, which only costs time
            return null;
        }
    }

    void delete() throws IOException {
        WholeFolder.delete(folder);
    }

    private void deleteOthers(String name) throws IOException {
        try (var files = Files.newDirectoryStream(folder, "*.safetensors")) {
            for (Path file : files) {
                if (!file.getFileName().toString().equals(name)) {
                    Files.delete(file);
                }
            }
        }
    }

    private static void put(Map<String, Tensor> tensors, String prefix, Weights weights, float[] values) {
        for (Weights.Slot slot : weights.slots()) {
            tensors.put(
                    prefix + slot.name(),
                    new Tensor(slot.shape(), Arrays.copyOfRange(values, slot.offset(), slot.end())));
        }
    }

    private static boolean whole(Map<String, Tensor> tensors, String prefix, Weights weights) {
        return weights.slots().stream().allMatch(slot -> {
            Tensor tensor = tensors.get(prefix + slot.name());
            return tensor != null && tensor.values().length == slot.size();
        });
    }

    private static void get(Map<String, Tensor> tensors, String prefix, Weights weights, float[] values) {
        for (Weights.Slot slot : weights.slots()) {
            float[] read =
                    Objects.requireNonNull(tensors.get(prefix + slot.name())).values();
            System.arraycopy(read, 0, values, slot.offset(), slot.size());
        }
    }
}
