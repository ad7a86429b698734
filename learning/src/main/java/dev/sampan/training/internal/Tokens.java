package dev.sampan.training.internal;

import dev.sampan.data.Dataset;
import dev.sampan.data.Split;
import dev.sampan.data.TokenisedFeatures;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Progress;
import dev.sampan.training.TrainingJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The token stores that a run reads.
///
/// @param validation null when the data set has no validation rows
record Tokens(TokenStore train, @Nullable TokenStore validation) implements AutoCloseable {
    static Tokens of(TrainingJob job, TokenisedFeatures features, Progress progress) throws IOException {
        needRows(job.dataset());
        Path folder = job.work().resolve("tokens");
        Files.createDirectories(folder);
        TokenStore train = TokenStore.of(job.dataset(), Split.TRAIN, features, folder, progress);
        boolean validated = job.dataset().rows().getOrDefault(Split.VALIDATION, 0L) > 0;
        return new Tokens(
                train, validated ? TokenStore.of(job.dataset(), Split.VALIDATION, features, folder, progress) : null);
    }

    /// @throws ProblemException `training.no_rows`
    static void needRows(Dataset dataset) {
        if (dataset.count(Split.TRAIN) == 0) {
            throw new ProblemException(Problem.of("training.no_rows", "The data set has no training rows")
                    .at("data.split")
                    .remedy("Give training a share above 0"));
        }
    }

    @Override
    public void close() {
        train.close();
        if (validation != null) {
            validation.close();
        }
    }
}
