package dev.sampan.harness;

import dev.sampan.data.Dataset;
import dev.sampan.data.Datasets;
import dev.sampan.data.Split;
import dev.sampan.kernel.Progress;
import dev.sampan.model.ModelPackage;
import dev.sampan.spec.Spec;
import dev.sampan.spec.Specs;
import dev.sampan.training.MetricListener;
import dev.sampan.training.Training;
import dev.sampan.training.TrainingJob;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Rows a second of CPU time while a BiLSTM is trained on BANKING77, beside the same network in PyTorch on the same
/// tokens in the same order of batches, by turns. The Python with torch is `SAMPAN_PYTHON`, else `python3`.
final class TrainingSpeed implements Measure.Measurement {
    private static final int EPOCHS = 5;
    private static final int ROUNDS = 3;

    @Override
    public String what() {
        return "rows a second of training a BiLSTM, or 'cnn', 'bert', 'gpt', beside PyTorch"
                + " (SAMPAN_PYTHON names its Python)";
    }

    @Override
    public void run(List<String> arguments) throws Exception {
        if (arguments.contains("cnn")) {
            ConvolutionSpeed.run();
            return;
        }
        for (String transformer : List.of("bert", "gpt")) {
            if (arguments.contains(transformer)) {
                TransformerSpeed.run(transformer, arguments);
                return;
            }
        }
        Path home = Files.createTempDirectory("sampan-measure");
        List<String> overrides = new ArrayList<>(List.of(
                "model={type: bilstm}", "train.num_train_epochs=" + EPOCHS, "train.early_stopping_patience=100"));
        overrides.addAll(arguments);
        Spec spec = Specs.read(Measure.root().resolve("examples/banking/sampan.yaml"), overrides);
        Dataset dataset = Datasets.prepare(spec, home.resolve("data"), Progress.NONE);
        for (int round = 1; round <= ROUNDS; round++) {
            train(spec, dataset, home, round);
            python(home.resolve("work"));
        }
    }

    private static void train(Spec spec, Dataset dataset, Path home, int round) {
        TrainingJob job =
                new TrainingJob(spec, dataset, home.resolve("package-" + round), false, home.resolve("work"), 1);
        ModelPackage made = Training.train(job, Progress.NONE, MetricListener.NONE);
        long rows = dataset.rows().getOrDefault(Split.TRAIN, 0L) * EPOCHS;
        System.out.printf(
                Locale.ROOT,
                "sampan, 1 thread: %.0f rows a second, %.0f rows a CPU second (validation included)%n",
                rows / fact(made, "seconds"),
                rows / fact(made, "cpu_seconds"));
    }

    private static double fact(ModelPackage made, String name) {
        return Double.parseDouble(String.valueOf(made.manifest().training().get(name)));
    }

    private static void python(Path work) throws Exception {
        String python = System.getenv().getOrDefault("SAMPAN_PYTHON", "python3");
        Path script = Measure.root().resolve("harness/python/bilstm_torch.py");
        int code = new ProcessBuilder(python, script.toString(), work.toString(), "--epochs", Integer.toString(EPOCHS))
                .inheritIO()
                .start()
                .waitFor();
        if (code != 0) {
            System.out.println("PyTorch: not measured, " + python + " ended with " + code);
        }
    }
}
