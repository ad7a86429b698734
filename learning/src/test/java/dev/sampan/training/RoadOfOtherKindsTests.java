package dev.sampan.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampan.data.Dataset;
import dev.sampan.data.Datasets;
import dev.sampan.data.RowReader;
import dev.sampan.data.Split;
import dev.sampan.evaluation.Evaluator;
import dev.sampan.evaluation.Report;
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
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// From a file to a judged package for models that answer no class: recommenders and forecasters.
class RoadOfOtherKindsTests {
    @TempDir
    Path folder;

    private record Made(ModelPackage model, Report report) {}

    private Made road(String csv, String yaml, @Nullable String label) throws IOException {
        Files.writeString(folder.resolve("rows.csv"), csv);
        Path file = folder.resolve("sampan.yaml");
        Files.writeString(file, yaml);
        Spec spec = Specs.read(file, List.of());
        Dataset dataset = Datasets.prepare(spec, folder.resolve("data"), Progress.NONE);
        TrainingJob job = new TrainingJob(spec, dataset, folder.resolve("model"), false, folder.resolve("work"), 1);
        ModelPackage model = Training.train(job, Progress.NONE, MetricListener.NONE);
        ModelPackage opened = ModelPackage.open(model.folder());
        try (Runtime runtime = Runtimes.open(opened, 1, 8);
                RowReader rows = Datasets.rows(dataset, Split.TEST)) {
            return new Made(opened, Evaluator.judge(opened, runtime, rows, label, spec.evaluate(), Progress.NONE));
        }
    }

    private static Prediction ask(ModelPackage model, Map<String, String> row) {
        try (Runtime runtime = Runtimes.open(model, 1, 8)) {
            return runtime.predict(List.of(row)).getFirst();
        }
    }

    @Test
    void aShopsSalesBecomeARecommenderThatBeatsWhatIsPopular() throws IOException {
        SplittableRandom random = new SplittableRandom(3);
        StringBuilder csv = new StringBuilder("customer,thing\n");
        for (int customer = 0; customer < 120; customer++) {
            for (int thing = 0; thing < 24; thing++) {
                if (random.nextInt(10) < (thing % 3 == customer % 3 ? 8 : 1)) {
                    csv.append("c").append(customer).append(",t").append(thing).append('\n');
                }
            }
        }
        Made made = road(csv.toString(), """
                version: 1
                name: shop
                task: recommend
                data:
                  dataset: rows.csv
                  input_features: [{name: customer, type: category}, {name: thing, type: category}]
                model: {type: recommender, top: 5, factors: 8}
                train: {num_train_epochs: 10}
                """, null);

        assertThat(made.report().kind()).isEqualTo(Report.Kind.RANKING);
        double ndcg = made.report().metric("ndcg").value();
        Report.Figure popular = Objects.requireNonNull(made.report().baseline().get("ndcg"));
        assertThat(ndcg).isGreaterThan(popular.value() + 0.2);
        Prediction.Ranking strangers = (Prediction.Ranking) ask(made.model(), Map.of("customer", "nobody"));
        assertThat(strangers.items()).hasSize(5);
        Prediction.Ranking like = (Prediction.Ranking) ask(made.model(), Map.of("items", "t0, t3, t6, t9"));
        assertThat(Integer.parseInt(like.items().getFirst().item().substring(1)) % 3)
                .isZero();
    }

    @Test
    void aShopsMonthsBecomeAForecastThatBeatsLastYearsMonth() throws IOException {
        SplittableRandom random = new SplittableRandom(5);
        StringBuilder csv = new StringBuilder("month,shop,sales\n");
        for (String shop : List.of("north", "south")) {
            for (int month = 0; month < 120; month++) {
                double sales = 200 + 3 * month + 60 * Math.sin(month * Math.PI / 6) + 6 * random.nextGaussian();
                csv.append(YearMonth.of(2014, 1).plusMonths(month))
                        .append(',')
                        .append(shop)
                        .append(',');
                csv.append(sales).append('\n');
            }
        }
        Made made = road(csv.toString(), """
                version: 1
                name: sales
                task: timeseries
                data:
                  dataset: rows.csv
                  input_features: [{name: month, type: date}, {name: shop, type: category}]
                  output_features: [{name: sales, type: number}]
                  split: {type: datetime, column: month}
                model: {type: forecaster, horizon: 6}
                """, Datasets.LABEL);

        assertThat(made.report().kind()).isEqualTo(Report.Kind.FORECAST);
        assertThat(made.report().metric("mase").value()).isLessThan(0.6);
        assertThat(made.report().metric("interval_coverage").value()).isGreaterThan(0.6);
        Prediction.Forecast forecast = (Prediction.Forecast) ask(made.model(), Map.of("shop", "north"));
        assertThat(forecast.points())
                .hasSize(6)
                .allSatisfy(point -> assertThat(point.low()).isLessThan(point.value()));
    }
}
