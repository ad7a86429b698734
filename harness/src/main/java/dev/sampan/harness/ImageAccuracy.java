package dev.sampan.harness;

import dev.sampan.evaluation.Report;
import dev.sampan.spec.Spec;
import dev.sampan.spec.Specs;
import dev.sampan.studio.LearningProcess;
import dev.sampan.studio.PackageResults;
import dev.sampan.studio.Road;
import dev.sampan.studio.StageName;
import dev.sampan.studio.StageProgress;
import dev.sampan.studio.Voyage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/// Accuracy of networks of pictures. MNIST: 5,000 digits as numbers in columns, a stratified tenth held out, mean of
/// five seeds. MRI: brain scans with a tumour or without, five folds in which equal pictures stay together, all folds'
/// answers counted together. The data is `sampan.shared`, by default the folder `shared` beside the checkout.
final class ImageAccuracy implements Measure.Measurement {
    private static final String DIGITS = """
            name: digits
            task: image_classification
            data:
              dataset: %s/data/mnist_5k.csv.gz
              header: false
              columns: [p0..p783, digit]
              input_features:
                - name: image
                  type: image
                  preprocessing: {pixels: {columns: p0..p783, height: 28, width: 28}}
              output_features: [{name: digit}]
              augment: {image: [{rotate: 10}, {shift: 0.08}, {scale: 0.1}]}
              split: {type: stratify, probabilities: [0.8, 0.1, 0.1]}
            model: {type: cnn, padding: same, dropout: 0.3}
            train:
              {num_train_epochs: 20, per_device_train_batch_size: 64, learning_rate: 0.001,
               early_stopping_patience: 20}
            explain: {samples: 0}
            """;
    private static final String SCANS = """
            name: scans
            task: image_classification
            data:
              dataset: %s/data/mri
              input_features:
                - {name: image, type: image, preprocessing: {height: 128, width: 128, num_channels: 1}}
              output_features: [{name: label}]
              augment: {image: [hflip, {rotate: 10}, {random_crop: 0.8}, {brightness: 0.2}, {contrast: 0.2}]}
              split: {type: k_fold, folds: 5, stratify: true, probabilities: [0.85, 0.15]}
            model: {type: resnet, depth: 8}
            train:
              {num_train_epochs: 40, per_device_train_batch_size: 16, learning_rate: 0.002,
               early_stopping_patience: 40}
            explain: {samples: 0}
            """;

    @Override
    public String what() {
        return "accuracy on 5,000 digits (5 seeds) and on brain scans (5 grouped folds)";
    }

    @Override
    public void run(List<String> arguments) throws Exception {
        Path home = Files.createTempDirectory("sampan-measure");
        List<String> overrides =
                arguments.stream().filter(argument -> argument.contains("=")).toList();
        if (arguments.isEmpty() || !arguments.contains("scans")) {
            double sum = 0;
            for (int seed = 1; seed <= 5; seed++) {
                Report report = walk(home, DIGITS, overrides, "data.split.seed=" + seed, "train.seed=" + seed);
                sum += accuracy(report);
                System.out.printf(Locale.ROOT, "digits, seed %d: %s%n", seed, shown(report));
            }
            System.out.printf(Locale.ROOT, "| digits, CNN, mean of 5 seeds | accuracy %.4f | reach 0.975 |%n", sum / 5);
        }
        if (!arguments.contains("digits")) {
            scans(home, overrides);
        }
    }

    private static void scans(Path home, List<String> overrides) throws Exception {
        double right = 0;
        long rows = 0;
        for (int fold = 0; fold < 5; fold++) {
            Report report = walk(home, SCANS, overrides, "data.split.fold=" + fold, "train.seed=1");
            right += accuracy(report) * report.rows();
            rows += report.rows();
            System.out.printf(Locale.ROOT, "scans, fold %d: %s%n", fold, shown(report));
        }
        double share = right / rows;
        double z = 1.96; // Wilson's interval at 95 %
        double centre = (share + z * z / (2 * rows)) / (1 + z * z / rows);
        double half = z / (1 + z * z / rows) * Math.sqrt(share * (1 - share) / rows + z * z / (4.0 * rows * rows));
        System.out.printf(
                Locale.ROOT,
                "| scans, ResNet 8, 5 grouped folds | accuracy %.3f [%.3f, %.3f] | random forest 0.767 |%n",
                share,
                centre - half,
                centre + half);
    }

    private static Report walk(Path home, String text, List<String> overrides, String... own) throws Exception {
        Path file = Files.writeString(home.resolve("sampan.yaml"), text.formatted(Measure.shared()));
        List<String> all = new ArrayList<>(List.of(own));
        all.addAll(overrides);
        Spec spec = Specs.read(file, all);
        Voyage voyage = new Road(home, LearningProcess.ofThisInstallation())
                .walk(spec, StageName.EVALUATE, StageProgress.of((_, _, _, _) -> {}));
        return PackageResults.report(Objects.requireNonNull(voyage.model()));
    }

    private static double accuracy(Report report) {
        return Objects.requireNonNull(report.metrics().get("accuracy")).value();
    }

    private static String shown(Report report) {
        Report.Figure figure = Objects.requireNonNull(report.metrics().get("accuracy"));
        return String.format(
                Locale.ROOT,
                "accuracy %.4f [%.4f, %.4f] on %d test rows",
                figure.value(),
                figure.low(),
                figure.high(),
                report.rows());
    }
}
