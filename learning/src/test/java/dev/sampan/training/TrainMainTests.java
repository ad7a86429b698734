package dev.sampan.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampan.kernel.Json;
import dev.sampan.model.ModelPackage;
import dev.sampan.spec.Spec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The process as its parent sees it.
class TrainMainTests {
    private static final String BILSTM = "{type: bilstm, embedding_size: 8, hidden_size: 4, dense_size: 4}";

    @TempDir
    Path folder;

    @Test
    void tellsItsWayInJsonLinesAndEndsWithThePackage() throws Exception {
        Spec spec = Example.spec(folder, BILSTM, "train.num_train_epochs=2");
        Process process = start(spec, "--threads", "1");

        List<Map<String, Object>> events = events(process);

        assertThat(process.waitFor()).isZero();
        assertThat(Files.size(folder.resolve("stdout"))).as("standard output").isZero();
        assertThat(events)
                .extracting(event -> event.get("event"))
                .contains("progress")
                .endsWith("done");
        assertThat(events.stream().filter(event -> "metric".equals(event.get("event"))))
                .extracting(event -> event.get("epoch"))
                .containsExactly(1, 2);
        Path out = Path.of(String.valueOf(events.getLast().get("package")));
        assertThat(ModelPackage.open(out).manifest().name()).isEqualTo("shop");
    }

    @Test
    void tellsAProblemAndEndsWithOne() throws Exception {
        Spec spec = Example.spec(folder, BILSTM, "train.num_train_epochs=2");
        Files.createDirectories(folder.resolve("out"));
        Files.writeString(folder.resolve("out/mine.txt"), "not a package");
        Process process = start(spec);

        List<Map<String, Object>> events = events(process);

        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(events.getLast()).containsEntry("event", "problem").containsEntry("code", "output.exists");
    }

    @Test
    void leavesNoPackageButACheckpointWhenToldToEnd() throws Exception {
        Spec spec = Example.spec(folder, BILSTM, "train.num_train_epochs=10000", "train.early_stopping_patience=1000");
        Process process = start(spec, "--threads", "1");
        try (var lines = process.errorReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.contains("\"metric\"")) {
                    process.destroy(); // SIGTERM
                    break;
                }
            }
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }

        assertThat(process.exitValue()).isEqualTo(143);
        assertThat(folder.resolve("out")).doesNotExist();
        assertThat(folder.resolve("work/checkpoint/state.json")).exists();
    }

    private Process start(Spec spec, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.sampan.training.TrainMain",
                "--spec",
                Example.written(spec, folder.resolve("resolved.json")).toString(),
                "--data",
                Example.dataset(spec, folder.resolve("data")).folder().toString(),
                "--out",
                folder.resolve("out").toString(),
                "--work",
                folder.resolve("work").toString()));
        command.addAll(List.of(more));
        return new ProcessBuilder(command)
                .redirectOutput(folder.resolve("stdout").toFile())
                .start();
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> events(Process process) throws IOException {
        List<Map<String, Object>> events = new ArrayList<>();
        try (var lines = process.errorReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                events.add(Json.read(line, Map.class));
            }
        }
        return events;
    }
}
