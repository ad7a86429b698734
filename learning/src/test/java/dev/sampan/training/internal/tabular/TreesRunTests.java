package dev.sampan.training.internal.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sampan.data.ColumnFitting;
import dev.sampan.data.Dataset;
import dev.sampan.data.Datasets;
import dev.sampan.data.RowReader;
import dev.sampan.data.Split;
import dev.sampan.data.Target;
import dev.sampan.evaluation.Evaluator;
import dev.sampan.evaluation.Report;
import dev.sampan.explanation.Explainer;
import dev.sampan.explanation.Explanation;
import dev.sampan.kernel.Progress;
import dev.sampan.model.ModelPackage;
import dev.sampan.model.Trees;
import dev.sampan.runtime.Prediction;
import dev.sampan.runtime.Runtime;
import dev.sampan.runtime.Runtimes;
import dev.sampan.spec.EvaluateSpec;
import dev.sampan.spec.ExplainSpec;
import dev.sampan.spec.ModelSpec;
import dev.sampan.spec.Spec;
import dev.sampan.training.MetricListener;
import dev.sampan.training.TrainingJob;
import dev.sampan.training.loop.Audience;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TreesRunTests {
    private static final String SMALL = "model: {type: xgboost, n_estimators: 60, max_depth: 4, learning_rate: 0.2}";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"binary:logistic,2,1", "multi:softprob,3,3", "reg:squarederror,0,1"})
    void ourWalkerScoresAsXgboostDoes(String objective, int labels, int groups) throws Exception {
        SplittableRandom random = new SplittableRandom(labels);
        int rows = 800;
        int width = 7;
        float[] numbers = new float[rows * width];
        float[] answers = new float[rows];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = random.nextInt(6) == 0 ? Float.NaN : (float) random.nextGaussian();
        }
        for (int row = 0; row < rows; row++) {
            float sum = Float.isNaN(numbers[row * width]) ? 1 : numbers[row * width];
            sum += Float.isNaN(numbers[row * width + 3]) ? 0 : numbers[row * width + 3];
            answers[row] =
                    labels == 0 ? 1000 + 30 * sum : labels == 2 ? (sum > 0 ? 1 : 0) : sum > 1 ? 2 : sum > 0 ? 1 : 0;
        }
        DMatrix matrix = Boosting.matrix(new EncodedTable(rows, width, 0, numbers, new long[0], answers));
        Map<String, Object> parameters = new HashMap<>(
                Map.of("objective", objective, "max_depth", 5, "seed", 3, "subsample", 0.8, "nthread", 1));
        if (labels > 2) {
            parameters.put("num_class", labels);
        }
        Booster booster = XGBoost.train(matrix, parameters, 40, Map.of(), null, null);
        Trees trees = TreeJson.of(booster.toByteArray("json"), 40, groups, width);
        assertThat(trees.count()).isEqualTo(40 * groups);
        float[][] expected = booster.predict(matrix, true);
        float[] scores = new float[groups];
        for (int row = 0; row < rows; row++) {
            trees.score(numbers, row * width, scores);
            assertThat(scores).containsExactly(expected[row], within(labels == 0 ? 1e-3f : 1e-5f));
        }
        assertThat(OnnxScores.of(TreeGraph.of(trees, new Target.Quantity()), numbers, width, "tree_scores", groups))
                .containsExactly(flat(expected), within(labels == 0 ? 1e-2f : 1e-4f));
        booster.dispose();
        matrix.dispose();
    }

    private static float[] flat(float[][] rows) {
        float[] flat = new float[rows.length * rows[0].length];
        for (int row = 0; row < rows.length; row++) {
            System.arraycopy(rows[row], 0, flat, row * rows[0].length, rows[0].length);
        }
        return flat;
    }

    @Test
    void goodLoansAreToldFromBadOnesAndTheGraphAnswersAsTheWalkerDoes() throws Exception {
        Spec spec = TableExample.spec(folder, "tabular_classification", "[{name: good}]", SMALL);
        Dataset dataset = TableExample.dataset(spec, folder);
        ModelPackage model = TableExample.trained(spec, dataset, folder);
        Answered answered = Answered.of(model, dataset);
        assertThat(answered.accuracy()).isGreaterThan(0.85);
        float[] graph = Answered.graph(model, answered.inputs(), "probabilities");
        for (int i = 0; i < answered.inputs().size(); i++) {
            float[] scores = answered.answers().get(i).category().scores();
            assertThat(scores).containsExactly(new float[] {graph[2 * i], graph[2 * i + 1]}, within(1e-4f));
        }
        assertThat(model.manifest().training()).containsKeys("rounds", "rounds_chosen_by");
        assertThat(model.trees()).isNotNull();
        try (Runtime runtime = Runtimes.open(model, 1, 64)) {
            Map<String, String> row =
                    Map.of("age", "21", "income", "1500", "job", "smith", "branch", "b1", "since", "2024-03-12");
            ExplainSpec how = new ExplainSpec(ExplainSpec.Method.AUTO, 1, 7);
            Explanation why = Explainer.explain(runtime, model.features(), row, how, Progress.NONE);
            assertThat(why.label()).isEqualTo("no");
            assertThat(why.tokens()).extracting(Explanation.TokenWeight::text).contains("age=21", "job=smith");
            assertThat(why.heaviest(2))
                    .extracting(Explanation.TokenWeight::text)
                    .contains("age=21");
        }
    }

    @Test
    void threeGradesAreTold() throws IOException {
        Spec spec = TableExample.spec(folder, "tabular_classification", "[{name: grade}]", SMALL);
        Dataset dataset = TableExample.dataset(spec, folder);
        assertThat(Answered.of(TableExample.trained(spec, dataset, folder), dataset)
                        .accuracy())
                .isGreaterThan(0.8);
    }

    @Test
    void anAmountIsAnsweredInItsOwnUnit() throws IOException {
        Spec spec = TableExample.spec(folder, "regression", "[{name: amount, type: number}]", SMALL);
        Dataset dataset = TableExample.dataset(spec, folder);
        ModelPackage model = TableExample.trained(spec, dataset, folder);
        Answered answered = Answered.of(model, dataset);
        assertThat(answered.rootMeanSquaredError()).isLessThan(2000); // of a deviation of about 9,000
        try (Runtime runtime = Runtimes.openForManyRows(model);
                RowReader rows = Datasets.rows(dataset, Split.TEST)) {
            Report report = Evaluator.judge(
                    model, runtime, rows, Datasets.LABEL, new EvaluateSpec(0.95, List.of()), Progress.NONE);
            assertThat(report.metrics()).containsKey("rmse");
        }
    }

    @Test
    void theSameSeedGrowsTheSameTrees() throws IOException {
        Spec spec = TableExample.spec(folder, "tabular_classification", "[{name: good}]", SMALL);
        Dataset dataset = TableExample.dataset(spec, folder);
        Trees one = TableExample.trained(spec, dataset, folder).trees();
        Trees other = TableExample.trained(spec, dataset, folder).trees();
        assertThat(one).usingRecursiveComparison().isEqualTo(other);
    }

    @Test
    void unseenCategoriesGapsAndManyThreadsAreNoTrouble() throws Exception {
        Spec spec = TableExample.spec(folder, "tabular_classification", "[{name: good}]", SMALL);
        ModelPackage model = TableExample.trained(spec, TableExample.dataset(spec, folder), folder);
        Map<String, String> row = Map.of("age", "", "income", "", "job", "astronaut", "branch", "", "since", "");
        try (Runtime runtime = Runtimes.open(model, 1, 4)) {
            float[] expected =
                    runtime.predict(List.of(row)).getFirst().category().scores();
            List<Thread> threads = new ArrayList<>();
            List<float[]> found = Collections.synchronizedList(new ArrayList<>());
            for (int t = 0; t < 8; t++) {
                threads.add(Thread.startVirtualThread(() -> {
                    for (int i = 0; i < 50; i++) {
                        found.add(runtime.predict(List.of(row, row))
                                .get(1)
                                .category()
                                .scores());
                    }
                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(found)
                    .hasSize(400)
                    .allSatisfy(scores -> assertThat(scores).containsExactly(expected));
        }
    }

    @Test
    void withoutValidationRowsFoldsSayWhenToStop() throws IOException {
        Spec spec = TableExample.spec(folder, "tabular_classification", "[{name: good}]", SMALL);
        Dataset dataset = TableExample.dataset(spec, folder);
        Columns columns = Columns.of(
                new TrainingJob(spec, dataset, folder.resolve("o"), false, folder, 1),
                ColumnFitting.Taste.TREES,
                Progress.NONE);
        Boosting boosting = new Boosting(
                (ModelSpec.Xgboost) spec.model(),
                columns.fitted().features().target(),
                1,
                1,
                new Audience(Progress.NONE, MetricListener.NONE));
        Boosting.Grown grown = boosting.grow(columns.train(), null);
        assertThat(grown.rounds()).isBetween(5, 60);
        assertThat(grown.chosenBy()).isEqualTo("5 folds");
    }

    /// A prediction is of the model's kind.
    @Test
    void aBatchOfOneIsAnswered() throws IOException {
        Spec spec = TableExample.spec(folder, "regression", "[{name: amount, type: number}]", SMALL);
        ModelPackage model = TableExample.trained(spec, TableExample.dataset(spec, folder), folder);
        try (Runtime runtime = Runtimes.open(model, 1, 1)) {
            assertThat(runtime.predict(List.of(model.features().example())))
                    .singleElement()
                    .isInstanceOf(Prediction.Quantity.class);
            assertThat(runtime.predict(List.of())).isEmpty();
        }
    }
}
