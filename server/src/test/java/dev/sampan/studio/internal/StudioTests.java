package dev.sampan.studio.internal;

import static dev.sampan.testing.DatabaseFixture.aTenant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Ulid;
import dev.sampan.studio.Run;
import dev.sampan.studio.Run.State;
import dev.sampan.studio.StageName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StudioTests extends StudioRooms {
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
