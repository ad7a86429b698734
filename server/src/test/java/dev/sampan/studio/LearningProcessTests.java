package dev.sampan.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sampan.data.Dataset;
import dev.sampan.data.Provenance;
import dev.sampan.data.QualityReport;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Sha256;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearningProcessTests {
    @TempDir
    Path folder;

    private static final Duration GRACE = Duration.ofSeconds(1);

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private volatile boolean cancelled;
    private volatile boolean failing;

    private final StageProgress progress = new StageProgress() {
        @Override
        public void epoch(Map<String, Object> figures) {
            heard.add("epoch " + figures);
        }

        @Override
        public void at(String step, long done, long total, String note) {
            if (failing) {
                throw new IllegalArgumentException("nobody writes this down");
            }
            heard.add(step + " " + done + "/" + total + " " + note);
        }

        @Override
        public boolean cancelled() {
            return cancelled;
        }
    };

    private void train(String doing) {
        Dataset dataset = new Dataset(
                folder,
                Sha256.of("data"),
                List.of("text"),
                "label",
                List.of("a", "b"),
                Map.of(),
                new QualityReport(0, 0, Map.of(), Map.of(), List.of()),
                new Provenance(List.of()));
        new LearningProcess(System.getProperty("java.class.path"), FakeLearning.class.getName(), GRACE)
                .train(new Trainer.Order(Map.of(), dataset, folder.resolve("out"), folder.resolve(doing)), progress);
    }

    @Test
    void hearsProgressEpochsAndTheProblemThatEndedIt() {
        assertThatThrownBy(() -> train("talks"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problems().getFirst())
                                .isEqualTo(new Problem(
                                        "training.diverged", "The loss is NaN", null, "Lower train.learning_rate")));
        assertThat(heard).containsExactly("train 1/2 轮次 1", "epoch {epoch=1, train_loss=0.5}");
    }

    @Test
    void aNativeCrashBecomesAProblemWithTheLastWords() {
        assertThatThrownBy(() -> train("crashes"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problems().getFirst()).satisfies(problem -> {
                            assertThat(problem.code()).isEqualTo("training.process_died");
                            assertThat(problem.sentence()).contains("134");
                            assertThat(problem.remedy()).contains("c10::Error");
                        }));
    }

    private Problem problemOf(String doing) {
        return catchThrowableOfType(ProblemException.class, () -> train(doing))
                .problems()
                .getFirst();
    }

    @Test
    void whatNativeCodeWroteIntoItsLogIsItsLastWord() {
        Problem problem = problemOf("crashes silently");
        assertThat(problem.remedy()).isEqualTo("It last said: free(): invalid pointer");
        assertThat(problem.place()).endsWith("native.log");
    }

    @Test
    void aProcessThatDiesWithoutAWordMayHaveRunOutOfMemory() {
        Problem problem = problemOf("dies without a word");
        assertThat(problem.sentence()).contains("137");
        assertThat(problem.remedy()).contains("memory");
    }

    @Test
    void linesThatAreNoEventsNeitherBlockNorDrownTheLastWords() {
        Problem problem = problemOf("talks without end");
        assertThat(problem.sentence()).contains("code 3");
        assertThat(problem.remedy()).contains("line 20000", "something newer").doesNotContain("line 19000 ");
        assertThat(heard).isEmpty();
    }

    @Test
    void aProcessThatDoesNotListenIsKilled() {
        cancelWhenItTrains();
        Instant start = Instant.now();
        assertThatThrownBy(() -> train("does not listen")).isInstanceOf(CancellationException.class);
        assertThat(Duration.between(start, Instant.now())).isBetween(GRACE, GRACE.plusSeconds(9));
        assertThat(children()).isEmpty();
    }

    /// A listener that fails, as one does whose database is gone: the process must not wait for ever to be read.
    @Test
    void aListenerThatFailsEndsTheTraining() {
        failing = true;
        assertThatThrownBy(() -> train("sleeps")).hasMessage("nobody writes this down");
        assertThat(children()).isEmpty();
    }

    @Test
    void cancelEndsTheProcess() {
        cancelWhenItTrains();
        assertThatThrownBy(() -> train("sleeps")).isInstanceOf(CancellationException.class);
        assertThat(children()).isEmpty();
    }

    private void cancelWhenItTrains() {
        Thread.ofVirtual().start(() -> {
            while (heard.isEmpty()) {
                Thread.onSpinWait();
                Thread.yield();
            }
            cancelled = true;
        });
    }

    private static List<ProcessHandle> children() {
        return ProcessHandle.current()
                .children()
                .filter(child -> child.info().commandLine().orElse("").contains("FakeLearning"))
                .toList();
    }
}
