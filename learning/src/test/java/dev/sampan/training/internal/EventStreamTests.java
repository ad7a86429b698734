package dev.sampan.training.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.training.TrainingJob;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventStreamTests {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final EventStream events = new EventStream(bytes);

    @Test
    void writesEachEventAsOneLineOfJson() {
        events.metric(2, Map.of("train_loss", 0.5));
        events.problems(List.of(Problem.of("a.b", "Two\nlines").at("x:1").remedy("do"), Problem.of("c.d", "One")));
        events.done(Path.of("/p q"));

        assertThat(lines())
                .containsExactly(
                        "{\"epoch\":2,\"event\":\"metric\",\"values\":{\"train_loss\":0.5}}",
                        "{\"code\":\"a.b\",\"event\":\"problem\",\"place\":\"x:1\",\"remedy\":\"do\","
                                + "\"sentence\":\"Two\\nlines\"}",
                        "{\"code\":\"c.d\",\"event\":\"problem\",\"sentence\":\"One\"}",
                        "{\"event\":\"done\",\"package\":\"/p q\"}");
    }

    @Test
    void thinsTheProgressOfAStepButTellsItsFirstAndItsLast() {
        for (int i = 0; i <= 1000; i++) {
            events.progress("train", i, 1000, "");
        }
        events.progress("package", 0, 1, "");

        assertThat(lines().size()).isLessThan(50);
        assertThat(lines().getFirst()).contains("\"done\":0,");
        assertThat(lines().get(lines().size() - 2)).contains("\"done\":1000,");
        assertThat(lines().getLast()).contains("\"package\"");
    }

    @Test
    void readsArgumentsAndRefusesOthers() {
        Arguments arguments = Arguments.parse(
                new String[] {"--spec", "s.json", "--data", "d", "--out", "o/p", "--threads", "3", "--force"});
        Arguments trial =
                Arguments.parse(new String[] {"--spec", "s.json", "--data", "d", "--out", "o/p", "--trial", "4"});

        assertThat(arguments)
                .isEqualTo(new Arguments(
                        Path.of("s.json"),
                        Path.of("d"),
                        Path.of("o/p"),
                        Path.of("o/p.work"),
                        3,
                        true,
                        new TrainingJob.Purpose.Use()));
        assertThat(trial.purpose()).isEqualTo(new TrainingJob.Purpose.Trial(4));
        assertThatThrownBy(() -> Arguments.parse(new String[] {"--spec", "s", "--data", "d"}))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("--out is missing");
        assertThatThrownBy(() -> Arguments.parse(new String[] {"--spce", "s"})).hasMessageContaining("'--spce'");
        assertThatThrownBy(() ->
                        Arguments.parse(new String[] {"--spec", "s", "--data", "d", "--out", "o", "--threads", "0"}))
                .hasMessageContaining("--threads 0");
    }

    private List<String> lines() {
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
