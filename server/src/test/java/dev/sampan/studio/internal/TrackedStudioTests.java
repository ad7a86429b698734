package dev.sampan.studio.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampan.evaluation.Report;
import dev.sampan.model.DecisionThreshold;
import dev.sampan.model.ModelPackage;
import dev.sampan.runtime.Prediction;
import dev.sampan.runtime.Runtime;
import dev.sampan.runtime.Runtimes;
import dev.sampan.studio.PackageResults;
import dev.sampan.studio.Run;
import dev.sampan.studio.Run.State;
import dev.sampan.studio.tracking.Artifacts;
import dev.sampan.studio.tracking.Lifecycle.View;
import dev.sampan.studio.tracking.Metric;
import dev.sampan.studio.tracking.Search;
import dev.sampan.studio.tracking.TrackedRun;
import dev.sampan.testing.ModelFixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// What a run leaves behind: in tracking, and in the package.
class TrackedStudioTests extends StudioRooms {
    @Test
    void trialsOfASearchAreNestedRunsBelowIt() throws IOException {
        Run run = ended(studio.launch(
                tenant,
                specification("search: {num_samples: 2, metric: accuracy, parameters: {train.weight_decay: {space:"
                        + " uniform, lower: 0, upper: 1}}}\n"),
                List.of(),
                ACTOR));
        assertThat(run.state()).as(String.valueOf(run.problem())).isEqualTo(State.SUCCEEDED);
        String experiment =
                tracking.runs().run(tenant, run.id().toString()).run().experiment();
        String below = "tags.mlflow.parentRunId = '" + run.id() + "'";
        List<TrackedRun.Whole> nested = tracking.runs()
                .search(tenant, List.of(experiment), new Search(below, List.of(), View.ACTIVE_ONLY, 10, null))
                .runs();
        assertThat(nested).hasSize(2).allSatisfy(trial -> {
            assertThat(trial.run().status()).isEqualTo(TrackedRun.Status.FINISHED);
            assertThat(trial.data().params()).containsOnlyKeys("train.weight_decay");
            assertThat(trial.data().metrics()).extracting(Metric::key).containsExactly("validation_accuracy");
        });
    }

    @Test
    void aRunStandsAmongTheTrackedOnesWithItsModel() throws IOException {
        Run run = ended(studio.launch(
                tenant, specification("track: {experiment: desk, tags: {owner: li}}\n"), List.of(), ACTOR));
        TrackedRun.Whole tracked = tracking.runs().run(tenant, run.id().toString());
        assertThat(tracked.run().status()).isEqualTo(TrackedRun.Status.FINISHED);
        assertThat(tracking.experiments()
                        .experiment(tenant, tracked.run().experiment())
                        .name())
                .isEqualTo("desk");
        assertThat(tracked.data().params()).containsEntry("train.seed", "42").containsEntry("data.clean.0", "nfkc");
        assertThat(tracked.data().tags()).containsEntry("owner", "li").containsEntry("sampan.model", "tickets");
        assertThat(tracked.data().metrics()).extracting(Metric::key).contains("accuracy", "train_loss", "data.train");
        assertThat(tracking.registry().byAlias(tenant, "tickets", "candidate").run())
                .isEqualTo(run.id().toString());
        String address = tracked.run().artifactUri().substring("mlflow-artifacts:/".length());
        assertThat(tracking.artifacts().list(tenant, address)).containsExactly(new Artifacts.Entry("model", null));
        assertThat(tracking.artifacts().file(tenant, address + "/model/sampan.json"))
                .isRegularFile();
    }

    /// Chosen on the validation rows, it decides the test rows' answers and whatever the package is asked later.
    @Test
    void aThresholdUnderACostTableGoesWithTheModel() throws IOException {
        labels = List.of("no", "yes");
        StringBuilder rows = new StringBuilder("question,label\n");
        for (int i = 0; i < 120; i++) {
            rows.append("case %d %s number %d,%s%n"
                    .formatted(i, ModelFixtures.WORDS.get(i % 2), i * 7919, labels.get(i % 2)));
        }
        Files.writeString(folder.resolve("rows.csv"), rows);
        String costs = "evaluate: {costs: {positive: yes, false_positive: 0, false_negative: 1}}\n";

        Run run = ended(studio.launch(tenant, specification(costs), List.of(), ACTOR));

        assertThat(run.state()).as(String.valueOf(run.problem())).isEqualTo(State.SUCCEEDED);
        String address = tracking.runs().run(tenant, run.id().toString()).run().artifactUri();
        ModelPackage made = ModelPackage.open(Objects.requireNonNull(tracking.artifacts()
                .file(tenant, address.substring("mlflow-artifacts:/".length()) + "/model/sampan.json")
                .getParent()));
        Report report = PackageResults.report(made);
        DecisionThreshold threshold = Objects.requireNonNull(made.threshold());
        assertThat(threshold)
                .isEqualTo(Objects.requireNonNull(report.threshold()).decision());
        assertThat(report.metric("expected_cost").value()).isZero();
        try (Runtime runtime = Runtimes.open(made, 1, 8)) {
            Prediction.Category answer = runtime.predict(List.of(Map.of("question", ModelFixtures.WORDS.getFirst())))
                    .getFirst()
                    .category();
            assertThat(answer.threshold()).isEqualTo(threshold);
        }
    }
}
