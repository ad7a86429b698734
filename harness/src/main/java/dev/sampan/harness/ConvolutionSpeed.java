package dev.sampan.harness;

import dev.sampan.data.Dataset;
import dev.sampan.data.Datasets;
import dev.sampan.data.image.Picture;
import dev.sampan.data.image.PlainPng;
import dev.sampan.kernel.Progress;
import dev.sampan.spec.Spec;
import dev.sampan.spec.Specs;
import dev.sampan.training.Training;
import dev.sampan.training.TrainingJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/// Rows a second while the worked example's CNN is trained (256 × 256 × 3, batches of 16), beside the same network in
/// PyTorch on as many threads, by turns.
final class ConvolutionSpeed {
    private static final int ROUNDS = 3;
    private static final int EPOCHS = 3;
    private static final int PICTURES = 160;
    private static final int SIDE = 256;
    private static final String SPEC = """
            name: speed
            task: image_classification
            data:
              dataset: pictures.csv
              input_features: [{name: image, type: image, preprocessing: {num_channels: 3}}]
              output_features: [{name: label}]
              split: {type: random, probabilities: [0.8, 0.1, 0.1]}
            model: {type: cnn}
            train:
              {num_train_epochs: %d, per_device_train_batch_size: 16, learning_rate: 0.001,
               early_stopping_patience: 100}
            """;

    private ConvolutionSpeed() {}

    static void run() throws Exception {
        Path home = Files.createTempDirectory("sampan-measure");
        int threads = Runtime.getRuntime().availableProcessors();
        Dataset dataset = null;
        for (int round = 1; round <= ROUNDS; round++) {
            Spec spec = spec(home);
            dataset = dataset == null ? Datasets.prepare(spec, home.resolve("data"), Progress.NONE) : dataset;
            train(spec, dataset, home, threads, round);
            python(threads);
        }
    }

    private static Spec spec(Path home) throws IOException {
        Path table = home.resolve("pictures.csv");
        if (!Files.exists(table)) {
            SplittableRandom random = new SplittableRandom(1);
            List<String> lines = new ArrayList<>(List.of("image,label"));
            for (int i = 0; i < PICTURES; i++) {
                byte[] pixels = new byte[SIDE * SIDE * 3];
                random.nextBytes(pixels);
                Files.write(home.resolve(i + ".png"), PlainPng.of(new Picture(SIDE, SIDE, 3, pixels)));
                lines.add(i + ".png," + (i % 2 == 0 ? "no" : "yes"));
            }
            Files.write(table, lines);
        }
        Path file = Files.writeString(home.resolve("sampan.yaml"), SPEC.formatted(EPOCHS));
        return Specs.read(file, List.of());
    }

    private static void train(Spec spec, Dataset dataset, Path home, int threads, int round) throws IOException {
        long idle = kilobytes("VmRSS");
        List<Double> rates = new ArrayList<>();
        TrainingJob job = new TrainingJob(
                spec, dataset, home.resolve("package-" + round), false, home.resolve("work-" + round), threads);
        Training.train(job, Progress.NONE, (_, figures) -> rates.add(figures.getOrDefault("rows_per_second", 0.0)));
        System.out.printf(
                Locale.ROOT,
                "sampan, %d threads: %.2f rows a second (median epoch), memory %d MB above idle%n",
                threads,
                rates.stream().sorted().skip(rates.size() / 2).findFirst().orElse(0.0),
                (kilobytes("VmHWM") - idle) / 1024);
    }

    /// A figure of `/proc/self/status`; 0 where there is no such file.
    private static long kilobytes(String name) throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith(name + ":"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElse(0);
    }

    private static void python(int threads) throws Exception {
        String python = System.getenv().getOrDefault("SAMPAN_PYTHON", "python3");
        Path script = Measure.root().resolve("harness/python/cnn_torch.py");
        int code = new ProcessBuilder(python, script.toString(), "--threads", Integer.toString(threads))
                .inheritIO()
                .start()
                .waitFor();
        if (code != 0) {
            System.out.println("PyTorch: not measured, " + python + " ended with " + code);
        }
    }
}
