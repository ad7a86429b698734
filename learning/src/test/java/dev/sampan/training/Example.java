package dev.sampan.training;

import dev.sampan.data.Dataset;
import dev.sampan.data.Datasets;
import dev.sampan.kernel.Json;
import dev.sampan.kernel.Progress;
import dev.sampan.spec.Spec;
import dev.sampan.spec.Specs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// A small data set of a shop: three intents that a model can learn in seconds.
final class Example {
    private static final List<List<String>> WORDS = List.of(
            List.of("refund", "money", "return", "back"),
            List.of("parcel", "delivery", "late", "courier"),
            List.of("password", "login", "account", "locked"));
    private static final List<String> FILLERS =
            List.of("please", "my", "the", "where", "is", "about", "when", "i", "want");
    private static final List<String> LABELS = List.of("refund", "delivery", "account");

    private Example() {}

    /// The specification of a folder, its data written beside.
    ///
    /// @param overrides such as `train.num_train_epochs=3`
    static Spec spec(Path folder, String model, String... overrides) throws IOException {
        SplittableRandom random = new SplittableRandom(5);
        List<String> lines = new ArrayList<>(List.of("text,intent"));
        for (int row = 0; row < 240; row++) {
            int label = row % LABELS.size();
            List<String> words = new ArrayList<>();
            for (int k = 0; k < 5; k++) {
                words.add(FILLERS.get(random.nextInt(FILLERS.size())));
            }
            words.add(random.nextInt(6), WORDS.get(label).get(random.nextInt(4)));
            lines.add(String.join(" ", words) + "," + LABELS.get(label));
        }
        Files.write(folder.resolve("questions.csv"), lines);
        Path file = folder.resolve("sampan.yaml");
        Files.writeString(file, """
                version: 1
                name: shop
                task: text_classification
                data:
                  dataset: questions.csv
                  input_features: [{name: text, type: text}]
                  output_features: [{name: intent, type: category}]
                  split: {type: hash, probabilities: [0.7, 0.15, 0.15]}
                  quality: {fail_on: [single_class]}
                model: %s
                """.formatted(model));
        return Specs.read(file, List.of(overrides));
    }

    static Dataset dataset(Spec spec, Path folder) {
        return Datasets.prepare(spec, folder, Progress.NONE);
    }

    static Path written(Spec spec, Path file) throws IOException {
        return Files.writeString(file, Json.pretty(Specs.toTree(spec)));
    }
}
