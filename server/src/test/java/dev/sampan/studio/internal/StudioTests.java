package dev.sampan.studio.internal;

import static dev.sampan.testing.DatabaseFixture.aTenant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampan.catalog.internal.ShelfFixture;
import dev.sampan.evaluation.Report;
import dev.sampan.jobs.internal.JobsFixture;
import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.model.DecisionThreshold;
import dev.sampan.model.ModelPackage;
import dev.sampan.runtime.Prediction;
import dev.sampan.runtime.Runtime;
import dev.sampan.runtime.Runtimes;
import dev.sampan.studio.PackageResults;
import dev.sampan.studio.Road;
import dev.sampan.studio.Run;
import dev.sampan.studio.Run.State;
import dev.sampan.studio.Stage;
import dev.sampan.studio.StageName;
import dev.sampan.studio.StageProgress;
import dev.sampan.studio.Studio;
import dev.sampan.studio.Trainer;
import dev.sampan.studio.Voyage;
import dev.sampan.studio.tracking.Artifacts;
import dev.sampan.studio.tracking.Lifecycle.View;
import dev.sampan.studio.tracking.Metric;
import dev.sampan.studio.tracking.Search;
import dev.sampan.studio.tracking.TrackedRun;
import dev.sampan.studio.tracking.TrackingFixture;
import dev.sampan.testing.DatabaseFixture;
import dev.sampan.testing.ModelFixtures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class StudioTests {
    @RegisterExtension
    static final DatabaseFixture DB = new DatabaseFixture();

    private static final ActorId ACTOR = new ActorId(Ulid.next());

    @TempDir
    Path folder;

    private final TenantId tenant = aTenant();
    private final AtomicInteger trained = new AtomicInteger();
    private final CountDownLatch training = new CountDownLatch(1);
    private volatile boolean trainsForEver;
    private volatile boolean diskIsFull;
    private List<String> labels = ModelFixtures.LABELS;
    private Path spec;
    private JobsFixture jobs;
    private Studio studio;

    @BeforeEach
    @SuppressWarnings("NullAway.Init")
    void aSpecificationAndAPlatform() throws IOException {
        StringBuilder rows = new StringBuilder("question,label\n");
        for (int i = 0; i < 120; i++) {
            String word = ModelFixtures.WORDS.get(i % 3);
            rows.append("case ")
                    .append(i)
                    .append(' ')
                    .append(word)
                    .append(" number ")
                    .append(i * 7919)
                    .append(',')
                    .append(ModelFixtures.LABELS.get(i % 3))
                    .append('\n');
        }
        Files.writeString(folder.resolve("rows.csv"), rows);
        spec = specification("");
        start();
    }

    private Path specification(String more) throws IOException {
        return Files.writeString(folder.resolve("sampan.yaml"), """
                name: tickets
                task: text_classification
                data:
                  dataset: rows.csv
                  input_features: [{name: question, type: text}]
                  output_features: [{name: label, type: category}]
                  quality: {fail_on: [single_class], warn_on: []}
                  clean: [nfkc]
                explain: {samples: 2}
                """ + more);
    }

    private TrackingFixture tracking;

    private void start() {
        var catalog = ShelfFixture.aCatalog(DB.database(), folder.resolve("models"));
        tracking = TrackingFixture.on(DB.database(), catalog, folder, InstantSource.system());
        RunStore store = new RunStore(DB.database(), tracking.own());
        List<Stage> stages = new ArrayList<>(new Road(folder.resolve("home"), new CopyingTrainer()).stages());
        stages.add(new RegisterStage(catalog));
        stages.add(new Passing(StageName.DEPLOY));
        stages.add(new Passing(StageName.PRICE));
        jobs = new JobsFixture(
                DB.database(),
                "studio-" + tenant,
                all -> new RunWork(stages, store, all, (_, _, _) -> {}, InstantSource.system()));
        studio = new DurableStudio(store, jobs.jobs(), InstantSource.system());
        jobs.start();
    }

    @AfterEach
    void stop() {
        trainsForEver = false;
        jobs.stop();
    }

    /// Copies the tiny package, as training would write one.
    private final class CopyingTrainer implements Trainer {
        @Override
        public ModelPackage train(Order order, StageProgress progress) {
            trained.incrementAndGet();
            if (diskIsFull) {
                throw new UncheckedIOException(new IOException("No space left on device"));
            }
            progress.epoch(Map.of("epoch", 1, "train_loss", 0.7));
            training.countDown();
            while (trainsForEver) {
                if (progress.cancelled()) {
                    throw new CancellationException("told to");
                }
                pause();
            }
            progress.epoch(Map.of("epoch", 2, "train_loss", 0.3));
            return order.trialEpochs() == null
                    ? ModelFixtures.aTinyPackage(order.out(), labels, ModelFixtures.WORDS)
                    : ModelFixtures.aTinyPackage(order.out(), order.spec());
        }
    }

    /// A stage of another room, which has its own tests.
    private record Passing(StageName name) implements Stage {
        @Override
        public Outcome run(Voyage voyage, StageProgress progress) {
            return new Outcome(voyage, false, Map.of());
        }
    }

    private static void pause() {
        try {
            Thread.sleep(10);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Run await(Ulid id, Predicate<Run> wanted) {
        Instant end = Instant.now().plusSeconds(30);
        while (true) {
            Run run = studio.run(tenant, id).orElseThrow();
            if (wanted.test(run)) {
                return run;
            }
            assertThat(Instant.now()).as("waiting, the run is " + run).isBefore(end);
            pause();
        }
    }

    private Run ended(Ulid id) {
        return await(id, run -> run.finishedAt() != null);
    }

    @Test
    void walksTheWholeRoadAndKeepsWhatEachStageFound() {
        Run run = ended(studio.launch(tenant, spec, List.of(), ACTOR));
        assertThat(run.state()).as(String.valueOf(run.problem())).isEqualTo(State.SUCCEEDED);
        assertThat(run.stages()).allSatisfy(stage -> assertThat(stage.state()).isEqualTo(State.SUCCEEDED));
        assertThat(run.stages().get(StageName.DATA.ordinal()).figures()).containsEntry("labels", 3);
        assertThat(run.stages().get(StageName.EVALUATE.ordinal()).figures()).containsKey("accuracy");
        assertThat(run.stages().get(StageName.REGISTER.ordinal()).figures()).containsEntry("version", 1);
        assertThat(studio.trainingHistory(tenant, run.id()))
                .extracting(it -> it.get("epoch"))
                .containsExactly(1, 2);
    }

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

    @Test
    void anEqualLaunchFindsEverythingDone() {
        ended(studio.launch(tenant, spec, List.of(), ACTOR));
        Run again = ended(studio.launch(tenant, spec, List.of("serve.max_batch_size=8"), ACTOR));
        assertThat(trained).hasValue(1);
        assertThat(again.stages().subList(0, StageName.DEPLOY.ordinal()))
                .filteredOn(stage -> stage.name() != StageName.COMPRESS)
                .allSatisfy(stage ->
                        assertThat(stage.cached()).as(stage.name().name()).isTrue());
        Run other = ended(studio.launch(tenant, spec, List.of("train.seed=7"), ACTOR));
        assertThat(other.state()).isEqualTo(State.SUCCEEDED);
        assertThat(trained).hasValue(2);
    }

    @Test
    void aGateThatDoesNotHoldFailsTheRunWithTheFigure() throws IOException {
        Run run = ended(studio.launch(
                tenant, specification("evaluate: {gates: {log_loss: \"<=0.0001\"}}\n"), List.of(), ACTOR));
        assertThat(run.state()).isEqualTo(State.FAILED);
        assertThat(run.problem()).isNotNull().extracting(Problem::code).isEqualTo("evaluate.gate_failed");
        assertThat(run.stages().get(StageName.REGISTER.ordinal()).state()).isEqualTo(State.WAITING);
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

    @Test
    void aMistakeInTheSpecificationLaunchesNothing() throws IOException {
        Path wrong = specification("trian: {}\n");
        assertThatThrownBy(() -> studio.launch(tenant, wrong, List.of(), ACTOR)).isInstanceOf(ProblemException.class);
        assertThat(studio.latest(tenant, 10)).isEmpty();
    }

    @Test
    void cancelEndsATrainingThatRuns() throws InterruptedException {
        trainsForEver = true;
        Ulid id = studio.launch(tenant, spec, List.of(), ACTOR);
        training.await();
        Instant asked = Instant.now();
        studio.cancel(tenant, id);
        Run run = ended(id);
        assertThat(run.state()).isEqualTo(State.CANCELLED);
        assertThat(run.stages().get(StageName.TRAIN.ordinal()).state()).isEqualTo(State.CANCELLED);
        assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(2));
        assertThat(folder.resolve("home/stages/train")).isDirectoryNotContaining(Files::isDirectory);
    }

    @Test
    void aStoppedPlatformGoesOnWhereItStood() throws InterruptedException {
        trainsForEver = true;
        Ulid id = studio.launch(tenant, spec, List.of(), ACTOR);
        training.await();
        jobs.stop();
        Run waiting = studio.run(tenant, id).orElseThrow();
        assertThat(waiting.state()).isEqualTo(State.WAITING);
        assertThat(waiting.stages().getFirst().state()).isEqualTo(State.SUCCEEDED);
        trainsForEver = false;
        start();
        assertThat(ended(id).state()).isEqualTo(State.SUCCEEDED);
        assertThat(studio.trainingHistory(tenant, id)).hasSize(2);
    }

    @Test
    void whatWasDoneBeforeAStopIsNeitherRepeatedNorToldAnew() throws InterruptedException {
        trainsForEver = true;
        Ulid id = studio.launch(tenant, spec, List.of(), ACTOR);
        training.await();
        Run.StageState before = studio.run(tenant, id).orElseThrow().stages().getFirst();
        jobs.stop();
        trainsForEver = false;
        start();
        Run.StageState after = ended(id).stages().getFirst();
        assertThat(after).isEqualTo(before);
        assertThat(after.cached()).isFalse();
    }

    @Test
    void twoEqualLaunchesAtOnceTrainOnce() throws InterruptedException {
        trainsForEver = true;
        Ulid first = studio.launch(tenant, spec, List.of(), ACTOR);
        training.await();
        Ulid second = studio.launch(tenant, spec, List.of(), ACTOR);
        await(second, run -> run.stages().get(StageName.TRAIN.ordinal()).state() == State.RUNNING);
        trainsForEver = false;
        assertThat(ended(first).state()).isEqualTo(State.SUCCEEDED);
        assertThat(ended(second).state()).isEqualTo(State.SUCCEEDED);
        assertThat(trained).hasValue(1);
        assertThat(List.of(ended(first), ended(second)))
                .extracting(run -> run.stages().get(StageName.TRAIN.ordinal()).cached())
                .containsExactly(false, true);
    }

    @Test
    void whoeverWaitsForEqualWorkCanBeCancelled() throws InterruptedException {
        trainsForEver = true;
        Ulid first = studio.launch(tenant, spec, List.of(), ACTOR);
        training.await();
        Ulid second = studio.launch(tenant, spec, List.of(), ACTOR);
        await(second, run -> run.stages().get(StageName.TRAIN.ordinal()).state() == State.RUNNING);
        studio.cancel(tenant, second);
        assertThat(ended(second).state()).isEqualTo(State.CANCELLED);
        assertThat(studio.run(tenant, first).orElseThrow().state()).isEqualTo(State.RUNNING);
    }

    @Test
    void aFullDiskIsOneSentenceAndTheNextLaunchGoesOn() {
        diskIsFull = true;
        Run full = ended(studio.launch(tenant, spec, List.of(), ACTOR));
        assertThat(full.state()).isEqualTo(State.FAILED);
        assertThat(full.problem()).satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("studio.disk_full");
            assertThat(problem.line()).contains("disk is full", "Free some space");
        });
        diskIsFull = false;
        Run next = ended(studio.launch(tenant, spec, List.of(), ACTOR));
        assertThat(next.state()).isEqualTo(State.SUCCEEDED);
        assertThat(next.stages().getFirst().cached()).isTrue();
    }

    @Test
    void aRunIsReadTheSameEveryTime() {
        Ulid id = studio.launch(tenant, spec, List.of(), ACTOR);
        Run run = ended(id);
        assertThat(studio.run(tenant, id)).contains(run);
        assertThat(studio.latest(tenant, 10)).containsExactly(run);
        assertThat(run.stages()).extracting(Run.StageState::name).containsExactly(StageName.values());
        assertThat(run.stages()).allSatisfy(stage -> assertThat(stage.took()).isNotNull());
    }

    @Test
    void aDamagedResultIsMadeAnew() throws IOException {
        ended(studio.launch(tenant, spec, List.of(), ACTOR));
        try (var packages = Files.walk(folder.resolve("home/stages/train"))) {
            for (Path file : packages.filter(it -> it.endsWith("model.onnx")).toList()) {
                Files.writeString(file, "damaged");
            }
        }
        assertThat(ended(studio.launch(tenant, spec, List.of(), ACTOR)).state()).isEqualTo(State.SUCCEEDED);
        assertThat(trained).hasValue(2);
    }

    @Test
    void anotherTenantSeesNothingOfIt() {
        Ulid id = studio.launch(tenant, spec, List.of(), ACTOR);
        ended(id);
        assertThat(studio.run(aTenant(), id)).isEmpty();
        assertThat(studio.trainingHistory(aTenant(), id)).isEmpty();
    }
}
