package dev.sampan.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampan.kernel.ProblemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GanSpecTests {
    @TempDir
    Path folder;

    private Spec read(String task, String column, String... overrides) throws Exception {
        Path file = folder.resolve("sampan.yaml");
        Files.writeString(folder.resolve("rows.csv"), "age,kind,image\n1,a,x.png\n");
        Files.writeString(file, """
                name: made
                task: %s
                data:
                  dataset: rows.csv
                  input_features: [%s]
                  output_features: [{name: kind}]
                """.formatted(task, column));
        return Specs.read(file, List.of(overrides));
    }

    @Test
    void aGeneratorIsTheTasksOwnModelAndTrainsInItsOwnWay() throws Exception {
        Spec spec = read("table_generation", "{name: age, type: number}");

        assertThat(spec.model()).isInstanceOf(ModelSpec.Gan.class);
        assertThat(spec.train().epochs()).isEqualTo(300);
        assertThat(spec.train().learningRate()).isEqualTo(2e-4);
        assertThat(spec.train().optimiser().beta1()).isEqualTo(0.5);
        assertThat(spec.train().pace().emaDecay()).isEqualTo(0.999);
        Spec again = Specs.fromTree(Specs.toTree(spec), folder);
        assertThat(again).isEqualTo(spec);
    }

    @Test
    void whatIsWrittenStands() throws Exception {
        Spec spec = read(
                "image_generation",
                "{name: image, type: image}",
                "model={type: gan, loss: wgan_gp, n_critic: 5, channels: [32, 16]}",
                "train.learning_rate=0.001",
                "train.adam_beta1=0");

        GanSpec gan = ((ModelSpec.Gan) spec.model()).networks();
        assertThat(gan.penalty()).isEqualTo(10);
        assertThat(gan.channels()).containsExactly(32, 16);
        assertThat(spec.train().learningRate()).isEqualTo(0.001);
        assertThat(spec.train().optimiser().beta1()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "image_generation | {name: image, type: image} | model.hidden_sizes=[8]         | model.hidden_sizes",
                "image_generation | {name: image, type: image} | model.pac=2                    | model.pac",
                "table_generation | {name: age, type: number}  | model.channels=[8]             | model.channels",
                "table_generation | {name: age, type: number}  | train.mixup_alpha=0.2          | train.mixup_alpha",
                "table_generation | {name: age, type: number}  | train.early_stopping_patience=9| patience",
                "table_generation | {name: age, type: number}  | compress=[{quantize: {}}]      | compress",
                "table_generation | {name: age, type: date}    | train.seed=1                   | date",
                "table_generation | {name: age, type: number, preprocessing: {missing: mean}} | train.seed=1 | does",
                "image_generation | {name: a, type: image}, {name: b, type: image} | train.seed=1   | one picture",
                "table_generation | {name: age, type: number}  | model={type: auto}             | one architecture",
                "table_generation | {name: age, type: number}  | model={type: mlp}              | table_generation",
            })
    void whatWouldDoNothingIsRefused(String task, String column, String override, String named) {
        String own = override.startsWith("model.") ? "model={type: gan}" : "train.seed=2";
        assertThatThrownBy(() -> read(task, column, own, override))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining(named);
    }

    @Test
    void aLabelIsACategoryOfAnotherNameThanTheSeed() {
        assertThatThrownBy(() -> read(
                        "table_generation",
                        "{name: age, type: number}",
                        "data.output_features=[{name: kind, type: number}]"))
                .hasMessageContaining("category");
        assertThatThrownBy(() ->
                        read("table_generation", "{name: age, type: number}", "data.output_features=[{name: seed}]"))
                .hasMessageContaining("seed");
    }
}
