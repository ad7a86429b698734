package dev.sampan.harness;

import dev.sampan.data.Dataset;
import dev.sampan.data.Datasets;
import dev.sampan.kernel.Progress;
import dev.sampan.spec.Specs;
import java.nio.file.Path;
import java.util.List;

/// Prepares one data set in this process, whose heap the caller has chosen.
public final class PrepareOnce {
    private PrepareOnce() {}

    public static void main(String[] arguments) {
        Dataset dataset =
                Datasets.prepare(Specs.read(Path.of(arguments[0]), List.of()), Path.of(arguments[1]), Progress.NONE);
        System.out.println(dataset.rows());
    }
}
