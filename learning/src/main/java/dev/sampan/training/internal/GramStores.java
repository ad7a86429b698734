package dev.sampan.training.internal;

import dev.sampan.data.NgramFeatures;
import dev.sampan.data.Split;
import dev.sampan.kernel.Progress;
import dev.sampan.training.TrainingJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The n-grams that a run reads.
///
/// @param validation null when the data set has no validation rows
record GramStores(GramStore train, @Nullable GramStore validation) implements AutoCloseable {
    static GramStores of(TrainingJob job, NgramFeatures features, Progress progress) throws IOException {
        Tokens.needRows(job.dataset());
        Path folder = job.work().resolve("ngrams");
        Files.createDirectories(folder);
        GramStore train = GramStore.of(job.dataset(), Split.TRAIN, features, folder, progress);
        boolean validated = job.dataset().count(Split.VALIDATION) > 0;
        return new GramStores(
                train, validated ? GramStore.of(job.dataset(), Split.VALIDATION, features, folder, progress) : null);
    }

    @Override
    public void close() {
        train.close();
        if (validation != null) {
            validation.close();
        }
    }
}
