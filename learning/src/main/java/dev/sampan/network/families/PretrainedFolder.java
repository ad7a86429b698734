package dev.sampan.network.families;

import dev.sampan.compute.Weights;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.model.OutputProblem;
import dev.sampan.model.Safetensors;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A folder as `save_pretrained` writes it: beside its place, forced to the disk, renamed.
final class PretrainedFolder {
    private PretrainedFolder() {}

    static void write(Path folder, String config, Weights weights) {
        Path beside = folder.resolveSibling(folder.getFileName() + ".part");
        try {
            if (Files.exists(folder) && !empty(folder)) {
                throw new ProblemException(Problem.of("output.exists", "The folder is there and not empty.")
                        .at(folder.toString()));
            }
            Files.createDirectories(beside);
            Files.writeString(beside.resolve("config.json"), config);
            Map<String, Safetensors.Tensor> tensors = new LinkedHashMap<>();
            for (Weights.Slot slot : weights.slots()) {
                float[] values = Arrays.copyOfRange(weights.values(), slot.offset(), slot.end());
                tensors.put(slot.name(), new Safetensors.Tensor(slot.shape(), values));
            }
            Safetensors.write(beside.resolve(WeightFiles.WHOLE), tensors, Map.of("format", "pt"));
            for (String name : List.of("config.json", WeightFiles.WHOLE)) {
                try (FileChannel file = FileChannel.open(beside.resolve(name), StandardOpenOption.WRITE)) {
                    file.force(true);
                }
            }
            Files.deleteIfExists(folder);
            Files.move(beside, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw OutputProblem.of(folder, e);
        }
    }

    private static boolean empty(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }
}
