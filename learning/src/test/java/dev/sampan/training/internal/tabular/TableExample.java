package dev.sampan.training.internal.tabular;

import dev.sampan.data.Dataset;
import dev.sampan.data.Datasets;
import dev.sampan.kernel.Progress;
import dev.sampan.model.ModelPackage;
import dev.sampan.spec.Spec;
import dev.sampan.spec.Specs;
import dev.sampan.training.MetricListener;
import dev.sampan.training.Training;
import dev.sampan.training.TrainingJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Loans of a small bank: good ones by age, income (often missing), job, branch and the day of the loan.
final class TableExample {
    static final String COLUMNS = "[{name: age, type: number}, {name: income, type: number},"
            + " {name: job, type: category}, {name: branch, type: category}, {name: since, type: date}]";

    private static final List<String> JOBS = List.of("nurse", "baker", "smith", "clerk");

    private TableExample() {}

    /// @param task with its output column: `tabular_classification: good`
    static Spec spec(Path folder, String task, String output, String model, String... overrides) throws IOException {
        Files.write(folder.resolve("loans.csv"), rows(600));
        Path file = folder.resolve("sampan.yaml");
        Files.writeString(file, """
                name: loans
                task: %s
                data:
                  dataset: loans.csv
                  input_features: %s
                  output_features: %s
                  split: {probabilities: [0.7, 0.15, 0.15]}
                  quality: {fail_on: []}
                %s
                """.formatted(task, COLUMNS, output, model));
        return Specs.read(file, List.of(overrides));
    }

    private static List<String> rows(int count) {
        SplittableRandom random = new SplittableRandom(11);
        List<String> lines = new ArrayList<>(List.of("age,income,job,branch,since,good,grade,amount"));
        for (int i = 0; i < count; i++) {
            int age = 20 + random.nextInt(50);
            int job = random.nextInt(JOBS.size());
            double income = 1000 + 50 * age + 800 * job + 300 * random.nextGaussian();
            double score = (age - 45) / 10.0 + (job == 2 ? 2 : job == 0 ? -1 : 0) + (income - 4000) / 1500;
            boolean good = score + 0.3 * random.nextGaussian() > 0;
            String grade = score > 1 ? "high" : score > -1 ? "middle" : "low";
            lines.add(age + "," + (random.nextInt(5) == 0 ? "" : Double.toString(income)) + "," + JOBS.get(job) + ",b"
                    + random.nextInt(30) + ",2024-0" + (1 + random.nextInt(9)) + "-1" + random.nextInt(10) + ","
                    + (good ? "yes" : "no") + "," + grade + "," + (100_000 + 5000 * score));
        }
        return lines;
    }

    static Dataset dataset(Spec spec, Path folder) {
        return Datasets.prepare(spec, folder.resolve("set" + System.nanoTime()), Progress.NONE);
    }

    static ModelPackage trained(Spec spec, Dataset dataset, Path folder) {
        Path out = folder.resolve("model" + System.nanoTime());
        return Training.train(
                new TrainingJob(spec, dataset, out, false, folder.resolve("work"), 2),
                Progress.NONE,
                MetricListener.NONE);
    }
}
