package dev.sampan.spec;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One `sampan.yaml`, resolved: every default filled in, every leaf checked.
///
/// @param search null when one training is meant
/// @param folder the folder of the file; relative paths in it start there
public record Spec(
        int version,
        String name,
        Task task,
        DataSpec data,
        ModelSpec model,
        TrainSpec train,
        EvaluateSpec evaluate,
        ExplainSpec explain,
        List<CompressStep> compress,
        List<ExportFormat> export,
        RegisterSpec register,
        ServeSpec serve,
        @Nullable ProductSpec product,
        TrackSpec track,
        @Nullable SearchSpec search,
        Path folder) {
    public Spec {
        compress = List.copyOf(compress);
        export = List.copyOf(export);
    }
}
