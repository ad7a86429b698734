package dev.sampan.training.loop;

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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A run on disk: `state.json` (which run, [RunState], the name of the tensors' file) and one safetensors file
/// with the weights under their names and, behind prefixes, the best weights, their average and what the
/// optimiser keeps. The tensors are written first, then `state.json` is renamed into place, then the tensors
/// before are deleted: whatever is cut off where, one whole checkpoint is there.
public final class Checkpoint {
    private static final String STATE = "state.json";

    /// `state.json`.
    ///
    /// @param run what is trained on what: another run's checkpoint is not taken up
    private record Document(String run, String tensors, RunState state) {}

    private final Path folder;
    private final String run;
    private final int lastEpoch;

    /// Of a run that goes to its end.
    public Checkpoint(Path folder, String run) {
        this(folder, run, Integer.MAX_VALUE);
    }

    /// @param lastEpoch after which the run pauses, to be taken up from here by another process
    public Checkpoint(Path folder, String run, int lastEpoch) {
        this.folder = folder;
        this.run = run;
        this.lastEpoch = lastEpoch;
    }

    /// Whether the run is to pause where it stands.
    boolean pauses(RunState state) {
        return state.epoch() > lastEpoch;
    }

    void save(RunState state, List<Memory.Stored> stored) throws IOException {
        Map<String, Tensor> tensors = new HashMap<>();
        for (Memory.Stored each : stored) {
            float[] values = Arrays.copyOfRange(each.array(), each.offset(), each.offset() + each.size());
            tensors.put(each.name(), new Tensor(each.shape(), values));
        }
        Files.createDirectories(folder);
        String name = "step-" + state.stepsDone() + "-" + state.judged().count() + ".safetensors";
        Path part = folder.resolve("part");
        Safetensors.write(part, tensors, Map.of("format", "pt"));
        Files.move(part, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        Files.writeString(part, Json.pretty(new Document(run, name, state)));
        Files.move(part, folder.resolve(STATE), StandardCopyOption.ATOMIC_MOVE);
        deleteOthers(name);
    }

    /// Fills all arrays, or returns null when there is no checkpoint of this run. Optimisers are to be told
    /// where they stand.
    @Nullable
    RunState load(List<Memory.Stored> wanted) throws IOException {
        if (!Files.exists(folder.resolve(STATE))) {
            return null;
        }
        try {
            Document document = Json.read(Files.readString(folder.resolve(STATE)), Document.class);
            if (!document.run().equals(run)) {
                return null;
            }
            Map<String, Tensor> tensors = Safetensors.read(folder.resolve(document.tensors()));
            if (!wanted.stream().allMatch(each -> whole(tensors.get(each.name()), each))) {
                return null;
            }
            for (Memory.Stored each : wanted) {
                float[] read = Objects.requireNonNull(tensors.get(each.name())).values();
                System.arraycopy(read, 0, each.array(), each.offset(), each.size());
            }
            return document.state();
        } catch (ProblemException _) { // damaged: the run starts from the beginning, which only costs time
            return null;
        }
    }

    /// Once the package is made; a checkpoint that somebody may go on from stays.
    public void delete() throws IOException {
        if (lastEpoch == Integer.MAX_VALUE && Files.isDirectory(folder)) {
            deleteOthers("");
            Files.deleteIfExists(folder.resolve("part"));
            Files.deleteIfExists(folder.resolve(STATE));
            Files.delete(folder);
        }
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

    private static boolean whole(@Nullable Tensor read, Memory.Stored wanted) {
        return read != null && read.values().length == wanted.size();
    }
}
