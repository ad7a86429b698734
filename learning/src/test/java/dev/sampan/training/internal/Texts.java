package dev.sampan.training.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/// Token stores with something to learn in them: the label of a text is the number of its one telling token; the others
/// are noise.
final class Texts {
    static final int LABELS = 4;
    static final int VOCABULARY = 40;

    private Texts() {}

    static TokenStore store(Path folder, int rows, long seed) throws IOException {
        Files.createDirectories(folder);
        SplittableRandom random = new SplittableRandom(seed);
        try (TokenStore.Writer writer = new TokenStore.Writer(folder)) {
            for (int row = 0; row < rows; row++) {
                int label = random.nextInt(LABELS);
                long[] text = random.longs(random.nextInt(1, 9), 2 + LABELS, VOCABULARY)
                        .toArray();
                text[random.nextInt(text.length)] = 2 + label;
                writer.add(text, label);
            }
        }
        return new TokenStore(folder);
    }
}
