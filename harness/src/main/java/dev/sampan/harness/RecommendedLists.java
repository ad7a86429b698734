package dev.sampan.harness;

import dev.sampan.evaluation.Report;
import dev.sampan.model.ModelPackage;
import dev.sampan.spec.Specs;
import dev.sampan.studio.LearningProcess;
import dev.sampan.studio.PackageResults;
import dev.sampan.studio.Road;
import dev.sampan.studio.StageName;
import dev.sampan.studio.StageProgress;
import dev.sampan.studio.Voyage;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/// nDCG@10 over all things of a recommender that chooses its method by itself, mean of three seeds: of each user a
/// random
/// quarter of what it had to do with is held out. The file has a header and a user and a thing in the first two
/// columns,
/// between tabs, as MovieLens-100K has inside the wheel `recbole` 1.2.1 (`pip download recbole==1.2.1 --no-deps`,
/// `recbole/dataset_example/ml-100k/ml-100k.inter`).
final class RecommendedLists implements Measure.Measurement {
    private static final long[] SEEDS = {1, 2, 3};
    private static final double EASE_IN_PYTHON = 0.477;

    @Override
    public String what() {
        return "FILE: nDCG@10 of recommendations on a file of interactions, mean of " + SEEDS.length + " seeds";
    }

    @Override
    public void run(List<String> arguments) throws Exception {
        if (arguments.isEmpty()) {
            System.err.println("sampan: Which file of interactions? For MovieLens-100K: pip download recbole==1.2.1"
                    + " --no-deps, then recbole/dataset_example/ml-100k/ml-100k.inter inside the wheel.");
            System.exit(2);
        }
        Map<String, List<String>> byUser = read(Path.of(arguments.getFirst()));
        Path home = Files.createTempDirectory("sampan-measure");
        double sum = 0;
        for (long seed : SEEDS) {
            Path file = write(byUser, seed, Files.createDirectory(home.resolve("seed-" + seed)));
            long started = System.nanoTime();
            List<String> overrides = new ArrayList<>(arguments.subList(1, arguments.size()));
            overrides.add("train.seed=" + seed);
            Voyage voyage = new Road(home, LearningProcess.ofThisInstallation())
                    .walk(Specs.read(file, overrides), StageName.EVALUATE, StageProgress.of((_, _, _, _) -> {}));
            ModelPackage model = Objects.requireNonNull(voyage.model());
            Report report = PackageResults.report(model);
            Report.Figure ndcg = report.metric("ndcg");
            sum += ndcg.value();
            System.out.printf(
                    Locale.ROOT,
                    "seed %d: nDCG@10 %.4f [%.4f, %.4f], popular %.4f, %s, %.0f s%n",
                    seed,
                    ndcg.value(),
                    ndcg.low(),
                    ndcg.high(),
                    Objects.requireNonNull(report.baseline().get("ndcg")).value(),
                    model.manifest().training().get("tried"),
                    (System.nanoTime() - started) / 1e9);
        }
        System.out.printf(
                Locale.ROOT,
                "| recommendations, method chosen on validation | nDCG@10 %.4f | EASE in Python %.3f |%n",
                sum / SEEDS.length,
                EASE_IN_PYTHON);
    }

    private static Map<String, List<String>> read(Path file) throws IOException {
        Map<String, List<String>> byUser = new LinkedHashMap<>();
        List<String> lines = Files.readAllLines(file);
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split("\t");
            byUser.computeIfAbsent(cells[0], _ -> new ArrayList<>()).add(cells[1]);
        }
        return byUser;
    }

    private static Path write(Map<String, List<String>> byUser, long seed, Path folder) throws IOException {
        Random random = new Random(seed);
        try (BufferedWriter train = Files.newBufferedWriter(folder.resolve("train.csv"));
                BufferedWriter test = Files.newBufferedWriter(folder.resolve("test.csv"))) {
            train.write("user,thing\n");
            test.write("user,thing\n");
            for (Map.Entry<String, List<String>> user : byUser.entrySet()) {
                List<String> things = new ArrayList<>(user.getValue());
                Collections.shuffle(things, random);
                int kept = (int) Math.round(things.size() * 0.75);
                for (int i = 0; i < things.size(); i++) {
                    (i < kept ? train : test).write(user.getKey() + "," + things.get(i) + "\n");
                }
            }
        }
        Path file = folder.resolve("sampan.yaml");
        Files.writeString(file, """
                name: interactions
                task: recommend
                data:
                  dataset: train.csv
                  test_dataset: test.csv
                  input_features: [{name: user, type: category}, {name: thing, type: category}]
                  split: {probabilities: [0.9, 0.1]}
                """);
        return file;
    }
}
