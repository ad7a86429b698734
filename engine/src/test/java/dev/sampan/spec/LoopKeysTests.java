package dev.sampan.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampan.kernel.ProblemException;
import dev.sampan.spec.TrainSpec.Optimiser;
import dev.sampan.spec.TrainSpec.Pace.Bf16;
import dev.sampan.spec.TrainSpec.Schedule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Keys of the training loop: read where they mean something, refused where they would do nothing.
class LoopKeysTests {
    @TempDir
    Path folder = Path.of("");

    @Test
    void readsThemUnderHuggingFacesNames() throws IOException {
        TrainSpec train = read(
                        "model: {type: bilstm}",
                        "train: {optim: sgd, momentum: 0.8, lr_scheduler_type: cosine, warmup_ratio: 0.1, bf16: auto,",
                        "  gradient_accumulation_steps: 4, class_weights: {a: 2.0}, layers_to_freeze: [embedding.*]}")
                .train();

        assertThat(train.optimiser()).isEqualTo(new Optimiser(Optimiser.Kind.SGD, 0.8, 0.9, null, 1e-8));
        assertThat(train.schedule()).isEqualTo(new Schedule(Schedule.Kind.COSINE, 1, 0.1, 0));
        assertThat(train.pace().accumulation()).isEqualTo(4);
        assertThat(train.pace().bf16()).isEqualTo(Bf16.AUTO);
        assertThat(train.losses().classWeights()).hasToString("ClassWeights[byLabel={a=2.0}]");
        assertThat(train.layers().frozen()).containsExactly("embedding.*");
    }

    @ParameterizedTest
    @CsvSource({
        "pretrained, optim: lion, train.optim does nothing for a linear head",
        "pretrained, ema_decay: 0.9, train.ema_decay does nothing for a linear head",
        "bilstm, momentum: 0.9, train.momentum has a meaning only with optim sgd or rmsprop",
        "bilstm, lr_scheduler_power: 2, train.lr_scheduler_power has a meaning only with lr_scheduler_type polynomial",
        "bilstm, mixup_alpha: 0.2, train.mixup_alpha cannot mix texts",
    })
    void refusesWhatWouldDoNothing(String model, String key, String sentence) {
        assertThatThrownBy(() -> read("model: {type: " + model + "}", "train: {" + key + "}"))
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    assertThat(e.problems().getFirst().code()).isEqualTo("spec.no_effect");
                    assertThat(e).hasMessageContaining(sentence);
                });
    }

    private Spec read(String... more) throws IOException {
        Path file = folder.resolve("sampan.yaml");
        Files.writeString(folder.resolve("rows.csv"), "question,intent\nx,y\n");
        Files.writeString(file, SpecReadTests.SHORT + String.join("\n", more) + "\n");
        return Specs.read(file, List.of());
    }
}
