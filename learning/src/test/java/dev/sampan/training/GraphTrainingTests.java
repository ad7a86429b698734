package dev.sampan.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sampan.data.Dataset;
import dev.sampan.data.Datasets;
import dev.sampan.data.RowReader;
import dev.sampan.data.Split;
import dev.sampan.evaluation.Evaluator;
import dev.sampan.evaluation.Report;
import dev.sampan.kernel.Json;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Progress;
import dev.sampan.model.ModelPackage;
import dev.sampan.runtime.Prediction;
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
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two circles of friends whose own numbers say little and whose friends say much.
class GraphTrainingTests {
    private static final int NODES = 240;

    @TempDir
    private Path folder;

    private Spec spec(String model) throws IOException {
        if (Files.notExists(folder.resolve("people.csv"))) {
            Files.writeString(folder.resolve("people.csv"), people());
        }
        return Specs.read(Files.writeString(folder.resolve("sampan.yaml"), """
                name: circles
                task: tabular_classification
                data:
                  dataset: people.csv
                  input_features:
                    - {name: person, type: category}
                    - {name: friends, type: category}
                    - {name: a, type: number}
                    - {name: b, type: number}
                  output_features: [{name: circle, type: category}]
                  quality: {fail_on: [], warn_on: []}
                  split: {type: random, probabilities: [0.3, 0.2, 0.5]}
                model: %s
                train: {num_train_epochs: 60, per_device_train_batch_size: 72, learning_rate: 0.02}
                """.formatted(model)), List.of());
    }

    /// Each has about six friends, five of them of the own circle; numbers are nearly noise. Synthetic.
    private static String people() {
        SplittableRandom random = new SplittableRandom(5);
        List<List<Integer>> friends = new ArrayList<>();
        for (int i = 0; i < NODES; i++) {
            friends.add(new ArrayList<>());
        }
        for (int i = 0; i < NODES; i++) {
            for (int k = 0; k < 3; k++) {
                int other = random.nextInt(NODES / 2) * 2 + (random.nextInt(6) == 0 ? 1 - i % 2 : i % 2);
                if (other != i && !friends.get(i).contains(other)) {
                    friends.get(i).add(other);
                    friends.get(other).add(i);
                }
            }
        }
        StringBuilder rows = new StringBuilder("person,friends,a,b,circle\n");
        for (int i = 0; i < NODES; i++) {
            String names = String.join(
                    " ", friends.get(i).stream().map(other -> "p" + other).toList());
            double hint = i % 2 == 0 ? 0.5 : -0.5;
            rows.append("p%d,%s,%.3f,%.3f,%s%n"
                    .formatted(i, names, hint + gaussian(random), gaussian(random), i % 2 == 0 ? "even" : "odd"));
        }
        return rows.toString();
    }

    private static double gaussian(SplittableRandom random) {
        return Math.sqrt(-2 * Math.log(1 - random.nextDouble())) * Math.cos(2 * Math.PI * random.nextDouble());
    }

    private Report judged(Spec spec, Dataset data, ModelPackage made) throws IOException {
        try (Runtime runtime = Runtimes.open(made, 1, 64);
                RowReader rows = Datasets.rows(data, Split.TEST)) {
            return Evaluator.judge(made, runtime, rows, "label", spec.evaluate(), Progress.NONE);
        }
    }

    private ModelPackage trained(Spec spec, Dataset data, String name) {
        return Training.train(
                new TrainingJob(spec, data, folder.resolve(name), false, folder.resolve(name + "-work"), 1),
                Progress.NONE,
                (_, _) -> {});
    }

    @Test
    void friendsSayWhatNumbersDoNotAndANewPersonIsAnsweredByThem() throws IOException {
        Spec spec = spec("{type: gcn, node: person, links: friends, hidden_size: 8}");
        Dataset data = Datasets.prepare(spec, folder.resolve("data"), Progress.NONE);
        ModelPackage made = trained(spec, data, "gcn");
        double accuracy = judged(spec, data, made).metric("accuracy").value();
        Spec alone = spec("{type: mlp, hidden_sizes: [8]}");
        double without = judged(alone, data, trained(alone, data, "mlp"))
                .metric("accuracy")
                .value();
        assertThat(accuracy).isGreaterThan(0.85).isGreaterThan(without + 0.1);

        try (Runtime runtime = Runtimes.open(made, 1, 64)) {
            List<Map<String, String>> rows = new ArrayList<>();
            for (int circle = 0; circle < 2; circle++) {
                List<String> friends = new ArrayList<>(List.of("nobody"));
                for (int i = 0; i < 20; i++) {
                    friends.add("p" + (circle + 2 * i));
                }
                rows.add(Map.of("friends", Json.write(friends), "a", "0", "b", "0"));
            }
            rows.add(Map.of("friends", "", "a", "0", "b", "0"));
            List<Prediction> answers = runtime.predict(rows);
            assertThat(answers.get(0).category().label()).isEqualTo("even");
            assertThat(answers.get(1).category().label()).isEqualTo("odd");
            // others in the batch, and how many links they have, change nothing
            Prediction.Category single =
                    runtime.predict(List.of(rows.get(1))).getFirst().category();
            assertThat(single.score()).isCloseTo(answers.get(1).category().score(), within(1e-6));
            assertThatThrownBy(() -> runtime.predict(List.of(Map.of("friends", "[1,", "a", "0", "b", "0"))))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("friends");
        }
    }

    @Test
    void aGraphNeedsItsColumnsAndNodesWithNamesOfTheirOwn() throws IOException {
        assertThatThrownBy(() -> spec("{type: gcn, node: persn, links: friends}"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("Did you mean 'person'");
        Files.writeString(folder.resolve("people.csv"), people().replace("p7,", "p3,"));
        Spec twice = spec("{type: gcn, node: person, links: friends}");
        Dataset data = Datasets.prepare(twice, folder.resolve("data"), Progress.NONE);
        assertThatThrownBy(() -> trained(twice, data, "gcn"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("Two rows are the node 'p3'");
    }
}
