package dev.sampan.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampan.kernel.Money;
import dev.sampan.privacy.MaskStyle;
import dev.sampan.privacy.PersonalData;
import dev.sampan.spec.DataSpec.QualityCheck;
import dev.sampan.spec.EvaluateSpec.Comparison;
import dev.sampan.spec.EvaluateSpec.Gate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpecReadTests {
    static final String SHORT = """
            name: support
            task: text_classification
            data:
              dataset: rows.csv
              input_features: [{name: question}]
              output_features: [{name: intent}]
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void data() throws IOException {
        Files.writeString(folder.resolve("rows.csv"), "question,intent,customer\nhello,greet,7\n");
    }

    @Test
    void fillsEverythingElseOfAShortFile() throws IOException {
        Spec spec = read(SHORT);
        assertThat(spec.model())
                .isEqualTo(
                        new ModelSpec.Pretrained("auto", 128, ModelSpec.Ngrams.AUTO, ModelSpec.Finetuning.FROZEN, 2));
        assertThat(spec.train())
                .isEqualTo(new TrainSpec(30, 32, 2e-3, 1e-4, 1.0, 5, TrainSpec.BestMetric.F1_MACRO, 42, null));
        assertThat(spec.data().split()).isEqualTo(new SplitSpec(null, 0.8, 0.1, 0.1));
        assertThat(spec.data().clean()).hasSize(4);
        assertThat(spec.data().quality().warnOn()).contains(QualityCheck.RARE_CLASS);
        assertThat(spec.register()).isEqualTo(new RegisterSpec("support", "candidate"));
        assertThat(spec.serve()).isEqualTo(new ServeSpec("support", 32));
        assertThat(spec.product()).isNull();
        assertThat(spec.folder()).isEqualTo(folder.toAbsolutePath());
    }

    @Test
    void readsEveryBlock() throws IOException {
        Spec spec = read("""
                version: 1
                name: support
                task: text_classification
                data:
                  dataset: rows.csv
                  test_dataset: rows.csv
                  format: csv
                  encoding: GB18030
                  input_features: [{name: question, type: text}]
                  output_features: [{name: intent, type: category}]
                  quality: {fail_on: [single_class], warn_on: [missing]}
                  clean: [nfkc, dedupe: {near: 0.8}]
                  split: {type: hash, column: customer, probabilities: [0.9, 0.1]}
                model: {type: bilstm, tokenizer: characters, hidden_size: 32}
                train:
                  epochs: 3
                  batch_size: 16
                  learning_rate: 1e-5   # a number in YAML 1.2
                  max_minutes: 1.5
                evaluate: {confidence: 0.9, gates: {f1_macro: ">=0.90", log_loss: "<= 1"}}
                explain: {method: occlusion, samples: 0, seed: 7}
                compress: [{quantize: {mode: dynamic, per_channel: false, max_relative_drop: 0.02}}]
                export: [onnx]
                register: {name: shelf, alias: live}
                serve: {model: public-name, max_batch_size: 8}
                product: {name: 意图, price_per_call: 0.002, currency: USD, trial_credit: "5"}
                """);
        assertThat(spec.data().split()).isEqualTo(new SplitSpec("customer", 0.9, 0.1, 0));
        assertThat(spec.data().clean()).containsExactly(new CleanStep.Nfkc(), new CleanStep.Dedupe(0.8));
        assertThat(spec.model()).isInstanceOf(ModelSpec.BiLstm.class);
        assertThat(spec.train().epochs()).isEqualTo(3);
        assertThat(spec.train().batchSize()).isEqualTo(16);
        assertThat(spec.train().learningRate()).isEqualTo(1e-5);
        assertThat(spec.evaluate().gates())
                .containsExactly(
                        new Gate("f1_macro", Comparison.AT_LEAST, 0.9), new Gate("log_loss", Comparison.AT_MOST, 1));
        assertThat(spec.compress()).containsExactly(new CompressStep.Quantize(false, 0.02));
        assertThat(Objects.requireNonNull(spec.product()).pricePerCall()).isEqualTo(Money.of("0.002", "USD"));
        assertThat(spec.product().trialCredit()).isEqualTo(Money.of("5", "USD"));
    }

    @Test
    void costsAndSlicesAreRead() throws IOException {
        Spec spec = read(SHORT
                + "evaluate: {slices: [question], costs: {positive: refund, false_positive: 1, false_negative: 20},"
                + " top_k: 3, list_length: 7}");
        assertThat(spec.evaluate())
                .isEqualTo(new EvaluateSpec(
                        0.95, List.of(), List.of("question"), new EvaluateSpec.Costs("refund", 1, 20), 3, 7));
    }

    @Test
    void aMaskNamesItsKindsOrMeansAll() throws IOException {
        Spec some = read(SHORT.replace(
                "dataset: rows.csv",
                "dataset: rows.csv\n  clean: [mask: {kinds: [person_name, phone], style: partial}]"));
        assertThat(some.data().clean())
                .containsExactly(new CleanStep.Mask(
                        List.of(PersonalData.PHONE, PersonalData.PERSON_NAME), MaskStyle.PARTIAL, null));
        Spec all = read(SHORT.replace("dataset: rows.csv", "dataset: rows.csv\n  clean: [mask]"));
        assertThat(all.data().clean())
                .containsExactly(new CleanStep.Mask(List.of(PersonalData.values()), MaskStyle.LABEL, null));
    }

    @Test
    void aTestFileGetsNoShareOfTheRows() throws IOException {
        Spec spec = read(SHORT.replace("dataset: rows.csv", "dataset: rows.csv\n  test_dataset: rows.csv"));
        assertThat(spec.data().split()).isEqualTo(new SplitSpec(null, 0.9, 0.1, 0));
    }

    @Test
    void readsYaml12AndNotYaml11() throws IOException {
        Spec spec = read(SHORT.replace("support", "no").replace("{name: intent}", "{name: intent, type: category}"));
        assertThat(spec.name()).isEqualTo("no");
    }

    /// Sits across the parser's buffer of 1,024 letters, once at each of its edges.
    @Test
    void readsALetterOutsideTheBasicPlaneWhereverItStands() throws IOException {
        for (int blanks = 1010; blanks < 1026; blanks++) {
            String comment = "#" + "x".repeat(blanks - SHORT.length()) + "🚢🚢\n";
            assertThat(read(SHORT + comment).name()).isEqualTo("support");
        }
    }

    @Test
    void overridesReplaceLinesAndAddThem() throws IOException {
        Spec spec = read(
                SHORT + "train:\n  num_train_epochs: 9\n",
                "train.epochs=4",
                "data.input_features.0.name=customer",
                "evaluate.gates={accuracy: '>=0.5'}",
                "model.type=bilstm");
        assertThat(spec.train().epochs()).isEqualTo(4);
        assertThat(spec.data().inputFeatures().getFirst().name()).isEqualTo("customer");
        assertThat(spec.evaluate().gates()).containsExactly(new Gate("accuracy", Comparison.AT_LEAST, 0.5));
        assertThat(spec.model()).isInstanceOf(ModelSpec.BiLstm.class);
    }

    @Test
    void treeAndYamlReadBackEqual() throws IOException {
        Spec spec = read(SHORT + "product: {price_per_call: 0.000000001}\n");
        assertThat(Specs.fromTree(Specs.toTree(spec), spec.folder())).isEqualTo(spec);
        assertThat(read(Specs.toYaml(spec))).isEqualTo(spec);
    }

    private Spec read(String yaml, String... overrides) throws IOException {
        Path file = folder.resolve("sampan.yaml");
        Files.writeString(file, yaml);
        return Specs.read(file, List.of(overrides));
    }
}
