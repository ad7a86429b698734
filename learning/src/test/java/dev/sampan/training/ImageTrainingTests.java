package dev.sampan.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampan.data.ColumnFeatures;
import dev.sampan.data.Dataset;
import dev.sampan.data.Datasets;
import dev.sampan.data.ImageColumn;
import dev.sampan.data.Row;
import dev.sampan.data.RowReader;
import dev.sampan.data.Split;
import dev.sampan.data.image.Picture;
import dev.sampan.data.image.PlainPng;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Progress;
import dev.sampan.model.ModelPackage;
import dev.sampan.model.Safetensors;
import dev.sampan.runtime.Runtime;
import dev.sampan.runtime.Runtimes;
import dev.sampan.spec.Spec;
import dev.sampan.spec.Specs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Pictures with a bright spot above or below the middle.
class ImageTrainingTests {
    private static final String CNN = "{type: cnn, channels: [4, 8], padding: same, dense_size: 8, dropout: 0.1}";

    @TempDir
    Path folder;

    @BeforeEach
    void pictures() throws IOException {
        SplittableRandom random = new SplittableRandom(3);
        List<String> lines = new ArrayList<>(List.of("image,place"));
        for (int i = 0; i < 160; i++) {
            byte[] pixels = new byte[12 * 12];
            for (int k = 0; k < pixels.length; k++) {
                pixels[k] = (byte) random.nextInt(60);
            }
            int x = random.nextInt(9);
            int y = (i % 2) * 6 + random.nextInt(3);
            for (int k = 0; k < 9; k++) {
                pixels[(y + k / 3) * 12 + x + k % 3] = (byte) 220;
            }
            Files.write(folder.resolve(i + ".png"), PlainPng.of(new Picture(12, 12, 1, pixels)));
            lines.add(i + ".png," + (i % 2 == 0 ? "above" : "below"));
        }
        Files.write(folder.resolve("spots.csv"), lines);
    }

    private Spec spec(String model, String... overrides) throws IOException {
        Path file = folder.resolve("sampan.yaml");
        Files.writeString(file, """
                name: spots
                task: image_classification
                data:
                  dataset: spots.csv
                  input_features: [{name: image, type: image}]
                  output_features: [{name: place}]
                  augment: {image: [hflip, {shift: 0.05}, {noise: 0.02}]}
                  split: {type: hash, probabilities: [0.7, 0.2, 0.1]}
                model: %s
                train: {num_train_epochs: 8, learning_rate: 0.01, per_device_train_batch_size: 16}
                """.formatted(model));
        return Specs.read(file, List.of(overrides));
    }

    private ModelPackage train(Spec spec, String name, Progress progress) {
        Path data = folder.resolve("data");
        Dataset dataset = Files.exists(data) ? Datasets.open(data) : Datasets.prepare(spec, data, Progress.NONE);
        return Training.train(
                new TrainingJob(spec, dataset, folder.resolve(name), false, folder.resolve("work-" + name), 2),
                progress,
                MetricListener.NONE);
    }

    private double accuracy(ModelPackage model) throws IOException {
        List<Map<String, String>> inputs = new ArrayList<>();
        List<String> truths = new ArrayList<>();
        Dataset dataset = Datasets.open(folder.resolve("data"));
        try (RowReader rows = Datasets.calls(dataset, Split.VALIDATION, model.features())) {
            for (Row row = rows.next(); row != null; row = rows.next()) {
                inputs.add(Map.of("image", row.values().getFirst()));
                truths.add(row.values().getLast());
            }
        }
        try (Runtime runtime = Runtimes.open(model, 1, 8)) {
            int right = 0;
            for (int i = 0; i < truths.size(); i++) {
                String answer = runtime.predict(List.of(inputs.get(i)))
                        .getFirst()
                        .category()
                        .label();
                right += answer.equals(truths.get(i)) ? 1 : 0;
            }
            return (double) right / truths.size();
        }
    }

    @Test
    void whatWasLearntIsWhatServes() throws IOException {
        ModelPackage model = train(spec(CNN), "cnn", Progress.NONE);

        ImageColumn column =
                (ImageColumn) ((ColumnFeatures) model.features()).columns().getFirst();
        assertThat(column.frame().width()).isEqualTo(12);
        assertThat(column.frame().channels()).isEqualTo(1);
        assertThat(accuracy(model)).isGreaterThan(0.9);
    }

    @Test
    void aResidualNetworkWithBatchNormServesItsRunningMeans() throws IOException {
        ModelPackage model = train(spec("{type: resnet}"), "resnet", Progress.NONE);

        assertThat(accuracy(model)).isGreaterThan(0.9);
        assertThat(Safetensors.read(model.folder().resolve("model.safetensors")))
                .containsKeys("bn1.running_mean", "layer2.0.downsample.1.running_var");
    }

    @Test
    void aRunBrokenOffGoesOnToTheSameWeights() throws IOException {
        Spec spec = spec(CNN, "train.num_train_epochs=3");
        ModelPackage whole = train(spec, "whole", Progress.NONE);
        int[] asked = {0};
        Progress breaking = new Progress() {
            @Override
            public void at(String step, long done, long total, String note) {
                asked[0] += step.equals("train") ? 1 : 0;
            }

            @Override
            public boolean cancelled() {
                return asked[0] == 10;
            }
        };
        assertThatThrownBy(() -> train(spec, "again", breaking)).isInstanceOf(CancellationException.class);
        ModelPackage again = train(spec, "again", Progress.NONE);

        assertThat(Files.readAllBytes(again.onnx())).isEqualTo(Files.readAllBytes(whole.onnx()));
    }

    @Test
    void frozenLayersKeepWhatAnotherPackageLearnt() throws IOException {
        ModelPackage first = train(spec(CNN, "train.num_train_epochs=2"), "first", Progress.NONE);
        ModelPackage next = train(
                spec(
                        CNN.replace("}", ", model_name_or_path: first}"),
                        "train.layers_to_freeze=[conv.*]",
                        "train.num_train_epochs=2"),
                "next",
                Progress.NONE);

        float[] before = weights(first, "conv.0.weight");
        assertThat(weights(next, "conv.0.weight")).isEqualTo(before);
        assertThat(weights(next, "dense.weight")).isNotEqualTo(weights(first, "dense.weight"));
    }

    private static float[] weights(ModelPackage model, String name) {
        return Objects.requireNonNull(Safetensors.read(model.folder().resolve("model.safetensors"))
                        .get(name))
                .values();
    }

    @Test
    void saysWhenPicturesAreTooSmallOrWeightsAreNotThere() {
        assertThatThrownBy(() -> train(spec("{type: cnn}"), "small", Progress.NONE))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("3 convolutions leave nothing of pictures of 12 × 12 pixels");
        assertThatThrownBy(() -> train(spec("{type: resnet, model_name_or_path: none}"), "none", Progress.NONE))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("There is no model.safetensors");
    }
}
