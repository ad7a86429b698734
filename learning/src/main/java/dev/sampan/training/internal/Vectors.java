package dev.sampan.training.internal;

import dev.sampan.compute.Lanes;
import dev.sampan.kernel.Progress;
import dev.sampan.model.Encoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The sentence vectors that a head learns from.
///
/// @param validation null when the data set has no validation rows
record Vectors(VectorStore train, @Nullable VectorStore validation) implements AutoCloseable {
    /// Of all tokens, computed where they are not in the folder.
    static Vectors of(Tokens tokens, Encoder encoder, Lanes lanes, Path folder, Progress progress) throws IOException {
        Files.createDirectories(folder);
        try (SentenceEncoder running = new SentenceEncoder(encoder, lanes)) {
            VectorStore train = VectorStore.of(folder.resolve("train"), tokens.train(), running, progress);
            TokenStore rows = tokens.validation();
            return new Vectors(
                    train, rows == null ? null : VectorStore.of(folder.resolve("validation"), rows, running, progress));
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
