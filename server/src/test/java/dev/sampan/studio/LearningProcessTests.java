package dev.sampan.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampan.data.Dataset;
import dev.sampan.data.Provenance;
import dev.sampan.data.QualityReport;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Sha256;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearningProcessTests {
    @TempDir
    Path folder;

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private volatile boolean cancelled;

    private final StageProgress progress = new StageProgress() {
        @Override
        public void epoch(Map<String, Object> figures) {
            heard.add("epoch " + figures);
        }

        @Override
        public void at(String step, long done, long total, String note) {
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
        new LearningProcess(System.getProperty("java.class.path"), FakeLearning.class.getName())
                .train(Map.of(), dataset, folder.resolve("out"), folder.resolve(doing), progress);
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

    @Test
    void cancelEndsTheProcess() {
        Thread.ofVirtual().start(() -> {
            while (heard.isEmpty()) {
                Thread.onSpinWait();
                Thread.yield();
            }
            cancelled = true;
        });
        assertThatThrownBy(() -> train("sleeps")).isInstanceOf(CancellationException.class);
        assertThat(ProcessHandle.current()
                        .children()
                        .filter(child -> child.info().commandLine().orElse("").contains("FakeLearning")))
                .isEmpty();
    }
}
