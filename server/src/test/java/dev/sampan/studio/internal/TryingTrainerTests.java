package dev.sampan.studio.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampan.data.Dataset;
import dev.sampan.data.Datasets;
import dev.sampan.data.Split;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Progress;
import dev.sampan.model.Manifest;
import dev.sampan.model.ModelPackage;
import dev.sampan.model.PackageDraft;
import dev.sampan.search.Trial;
import dev.sampan.spec.Spec;
import dev.sampan.spec.Specs;
import dev.sampan.studio.PackageResults;
import dev.sampan.studio.StageProgress;
import dev.sampan.studio.Trainer;
import dev.sampan.studio.Trainer.Order;
import dev.sampan.testing.ModelFixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Searches and ladders with a trainer that copies a tiny package, whose score is made of the values.
class TryingTrainerTests {
    @TempDir
    Path folder;

    private final List<Map<String, Object>> trained = new ArrayList<>();
    private final List<Order> orders = new ArrayList<>();
    private boolean leavesSomethingOut;
    private int dieAt = Integer.MAX_VALUE;
    private Dataset dataset;

    @BeforeEach
    void rows() throws IOException {
        StringBuilder rows = new StringBuilder("question,label\n");
        for (int i = 0; i < 60; i++) {
            rows.append("question ").append(i).append(i % 2 == 0 ? ",yes\n" : ",no\n");
        }
        Files.writeString(folder.resolve("rows.csv"), rows);
        dataset = Datasets.prepare(spec(""), folder.resolve("data"), Progress.NONE);
    }

    private Spec spec(String more) throws IOException {
        return Specs.read(Files.writeString(folder.resolve("sampan.yaml"), """
                name: tickets
                task: text_classification
                data:
                  dataset: rows.csv
                  input_features: [{name: question, type: text}]
                  output_features: [{name: label, type: category}]
                """ + more), List.of());
    }

    private ModelPackage train(Spec spec) {
        return new TryingTrainer(once(), TryingTrainerTests::score)
                .train(
                        new Trainer.Order(Specs.toTree(spec), dataset, folder.resolve("out"), folder.resolve("work")),
                        StageProgress.of(Progress.NONE));
    }

    private Trainer once() {
        return (order, _) -> {
            Map<String, Object> tree = order.spec();
            if (trained.size() == dieAt) {
                throw new IllegalStateException("the power is gone");
            }
            trained.add(tree);
            orders.add(order);
            if (tree.get("model") instanceof Map<?, ?> model && "bilstm".equals(model.get("type"))) {
                throw new ProblemException(Problem.of("training.diverged", "The loss is not a number"));
            }
            ModelPackage tiny = ModelFixtures.aTinyPackage(folder.resolve("tiny-" + trained.size()));
            try (PackageDraft draft = PackageDraft.copyOf(tiny, order.out(), false)) {
                Map<String, Object> results = new HashMap<>(tiny.manifest().results());
                results.put("made_from", tree);
                return draft.commit(told(tiny.manifest().withResults(results), order));
            }
        };
    }

    private Manifest told(Manifest manifest, Order order) {
        return leavesSomethingOut && order.trialEpochs() != null
                ? new Manifest(
                        manifest.name(),
                        manifest.architecture(),
                        manifest.createdAt(),
                        manifest.spec(),
                        manifest.dataset(),
                        manifest.provenance(),
                        manifest.labelCounts(),
                        Map.of(Manifest.UNFINISHED, "the validation rows are not learnt from yet"),
                        manifest.licences(),
                        manifest.results(),
                        manifest.files())
                : manifest;
    }

    /// Best at a weight decay of 0.1.
    private static double score(ModelPackage model, Dataset dataset, String metric, StageProgress progress) {
        return model.manifest().results().get("made_from") instanceof Map<?, ?> tree
                        && tree.get("train") instanceof Map<?, ?> train
                        && train.get("weight_decay") instanceof Number decay
                ? -Math.abs(decay.doubleValue() - 0.1)
                : Double.NaN;
    }

    private static final String SEARCH = """
            search:
              num_samples: 12
              parameters: {train.weight_decay: {space: uniform, lower: 0, upper: 1}}
            """;

    @Test
    void withoutASearchOneTrainingIsTheResult() throws IOException {
        ModelPackage made = train(spec(""));
        assertThat(trained).hasSize(1);
        assertThat(PackageResults.leaderboard(made)).isEmpty();
    }

    @Test
    void everyTrialIsAnotherTrainingAndTheBestIsTheResult() throws IOException {
        ModelPackage made = train(spec(SEARCH));
        assertThat(new HashSet<>(trained)).hasSize(12);
        assertThat(trained).allSatisfy(tree -> assertThat(tree.get("search")).isNull());
        List<Trial> board = PackageResults.leaderboard(made).orElseThrow().trials();
        assertThat(board).hasSize(12);
        assertThat(String.valueOf(made.manifest().results().get("made_from")))
                .contains("weight_decay=" + board.getFirst().values().get("train.weight_decay"));
        assertThat(board).extracting(Trial::score).isSortedAccordingTo((a, b) -> Double.compare(b, a));
    }

    @Test
    void aSearchThatWasStoppedGoesOnWithTheTrialItWasAt() throws IOException {
        Spec spec = spec(SEARCH);
        dieAt = 5;
        assertThatThrownBy(() -> train(spec)).hasMessage("the power is gone");
        dieAt = Integer.MAX_VALUE;
        train(spec);
        assertThat(trained).hasSize(12);
        List<Map<String, Object>> stopped = List.copyOf(trained);
        trained.clear();
        StageCache.delete(folder.resolve("out"));
        for (int i = 1; i <= 12; i++) {
            StageCache.delete(folder.resolve("tiny-" + i));
        }
        StageCache.delete(folder.resolve("work"));
        train(spec);
        assertThat(stopped).isEqualTo(trained);
    }

    @Test
    void autoTriesEveryArchitectureOfTheTaskAndTellsWhatFailed() throws IOException {
        ModelPackage made = train(spec("model: auto\ntrain: {max_minutes: 10}\n"));
        List<Trial> board = PackageResults.leaderboard(made).orElseThrow().trials();
        assertThat(board)
                .extracting(trial -> trial.values().get("model.type"))
                .contains("pretrained", "bilstm")
                .hasSize(trained.size());
        assertThat(board.getLast().failure()).contains("The loss is not a number");
        assertThat(trained)
                .allSatisfy(tree -> assertThat(tree.get("train"))
                        .asInstanceOf(InstanceOfAssertFactories.MAP)
                        .extractingByKey("max_minutes", InstanceOfAssertFactories.DOUBLE)
                        .isBetween(0.1, 10.0));
    }

    @Test
    void aTrialMayNotLearnFromValidationAndTheBestOneDoesSoInTheEnd() throws IOException {
        leavesSomethingOut = true;
        ModelPackage made = train(spec(SEARCH));
        assertThat(orders.subList(0, 12)).extracting(Order::trialEpochs).containsOnly(Order.ALL_EPOCHS);
        assertThat(orders).hasSize(13);
        assertThat(orders.getLast().trialEpochs()).isNull();
        Trial best = PackageResults.leaderboard(made).orElseThrow().trials().getFirst();
        assertThat(trained.getLast()).isEqualTo(trained.get(best.number() - 1));
        assertThat(orders.getLast().work())
                .isEqualTo(orders.get(best.number() - 1).work());
        assertThat(made.manifest().training()).doesNotContainKey(Manifest.UNFINISHED);
    }

    @Test
    void aTrialThatGoesUpARungGoesOnInItsWorkFolder() throws IOException {
        train(spec("model: {type: textcnn}\ntrain: {num_train_epochs: 8}\n"
                + SEARCH.replace("num_samples: 12", "num_samples: 12\n  scheduler: asha\n  reduction_factor: 2")));
        Map<Path, List<Order>> byTrial = orders.stream().collect(Collectors.groupingBy(Order::work));
        assertThat(byTrial).hasSize(12);
        assertThat(byTrial.values())
                .allSatisfy(rungs -> assertThat(rungs)
                        .extracting(Order::trialEpochs)
                        .isEqualTo(List.of(1, 2, 4, Order.ALL_EPOCHS).subList(0, rungs.size())))
                .anySatisfy(rungs -> assertThat(rungs).hasSizeGreaterThan(2));
        assertThat(trained)
                .allSatisfy(tree -> assertThat(tree.get("train"))
                        .asInstanceOf(InstanceOfAssertFactories.MAP)
                        .containsEntry("num_train_epochs", 8));
    }

    @Test
    void whereOneArchitectureIsKnownItIsUsedWithoutATrial() throws IOException {
        Files.writeString(folder.resolve("sized.csv"), "question,size,label\nwhere,3,yes\n");
        ModelPackage made = train(Specs.read(Files.writeString(folder.resolve("sampan.yaml"), """
                name: mixed
                task: text_classification
                data:
                  dataset: sized.csv
                  input_features: [{name: question, type: text}, {name: size, type: number}]
                  output_features: [{name: label, type: category}]
                model: auto
                """), List.of()));
        assertThat(orders).hasSize(1).first().extracting(Order::trialEpochs).isNull();
        PackageResults.TriedBoard board = PackageResults.leaderboard(made).orElseThrow();
        assertThat(board.withoutChoice()).isTrue();
        assertThat(board.trials().getFirst().values()).isEqualTo(Map.of("model.type", "fusion"));
    }

    @Test
    void withoutValidationRowsNothingCanBeCompared() throws IOException {
        dataset = new Dataset(
                dataset.folder(),
                dataset.version(),
                dataset.inputs(),
                dataset.output(),
                dataset.labels(),
                Map.of(Split.TRAIN, 60L),
                dataset.quality(),
                dataset.provenance());
        Spec searching = spec(SEARCH);
        assertThatThrownBy(() -> train(searching)).hasMessageContaining("validation rows");
        assertThat(orders).isEmpty();
    }

    @Test
    void noTimeMeansNoFurtherTrial() throws IOException {
        train(spec("search: {num_samples: 1000, max_minutes: 0.051,"
                + " parameters: {train.weight_decay: {space: uniform, lower: 0, upper: 1}}}\n"));
        assertThat(trained).hasSizeLessThan(1000);
    }

    @Test
    void whenNothingWorksTheFirstFailureIsTold() throws IOException {
        Spec spec = spec("model: {type: bilstm}\n" + SEARCH);
        assertThatThrownBy(() -> train(spec)).hasMessageContaining("The loss is not a number");
        assertThat(trained).hasSize(3);
    }

    @Test
    void valuesThatChangeNothingAreRefused() throws IOException {
        Spec spec = spec("search: {parameters: {train.weight_decay: {space: choice, values: [0.5, \"0.5\"]}}}\n");
        assertThatThrownBy(() -> train(spec)).isInstanceOf(ProblemException.class);
    }
}
