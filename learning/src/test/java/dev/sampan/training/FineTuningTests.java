package dev.sampan.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sampan.data.Dataset;
import dev.sampan.kernel.Json;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Progress;
import dev.sampan.model.Encoder;
import dev.sampan.model.ModelPackage;
import dev.sampan.model.Safetensors;
import dev.sampan.network.families.PretrainedNetwork;
import dev.sampan.runtime.Runtime;
import dev.sampan.runtime.Runtimes;
import dev.sampan.spec.Spec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

class FineTuningTests {
    private static final Path TINY = Path.of("src/test/resources/golden/tiny-bert");
    private static final List<String> WORDS = List.of(
            "[PAD]",
            "[UNK]",
            "[CLS]",
            "[SEP]",
            "refund",
            "money",
            "return",
            "back",
            "parcel",
            "delivery",
            "late",
            "courier",
            "password",
            "login",
            "account",
            "locked",
            "please",
            "my",
            "the",
            "where",
            "is",
            "about",
            "when",
            "i");

    @TempDir
    Path folder;

    /// A BERT of 24 words with a tokenizer for them.
    @BeforeEach
    void aFolderOfHuggingFace() throws IOException {
        Path bert = Files.createDirectory(folder.resolve("bert"));
        for (String name : List.of("config.json", "model.safetensors")) {
            Files.copy(TINY.resolve(name), bert.resolve(name));
        }
        ObjectNode tokenizer = Json.read("""
                {"version": "1.0", "added_tokens": [],
                 "normalizer": {"type": "Lowercase"},
                 "pre_tokenizer": {"type": "Whitespace"},
                 "post_processor": {"type": "BertProcessing", "sep": ["[SEP]", 3], "cls": ["[CLS]", 2]},
                 "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
                           "max_input_chars_per_word": 100}}
                """, ObjectNode.class);
        ObjectNode vocabulary = ((ObjectNode) tokenizer.get("model")).putObject("vocab");
        for (int id = 0; id < WORDS.size(); id++) {
            vocabulary.put(WORDS.get(id), id);
        }
        Files.writeString(bert.resolve("tokenizer.json"), Json.write(tokenizer));
    }

    private ModelPackage trained(String model, String... overrides) throws IOException {
        Spec spec = Example.spec(folder, model, overrides);
        Dataset dataset =
                Example.dataset(spec, Files.createTempDirectory(folder, "data").resolve("set"));
        return Training.train(
                new TrainingJob(spec, dataset, folder.resolve("out"), true, folder.resolve("work"), 2),
                Progress.NONE,
                MetricListener.NONE);
    }

    private static List<String> answers(ModelPackage model, String... texts) {
        try (Runtime runtime = Runtimes.open(model, 1, 8)) {
            List<Map<String, String>> rows =
                    Arrays.stream(texts).map(text -> Map.of("text", text)).toList();
            return runtime.predict(rows).stream()
                    .map(answer -> answer.category().label())
                    .toList();
        }
    }

    private static float[] tensor(Path folder, String name) {
        Safetensors.Tensor found =
                Safetensors.read(folder.resolve("model.safetensors")).get(name);
        assertThat(found).as(name).isNotNull();
        return found == null ? new float[0] : found.values();
    }

    @Test
    void teachesAFoldersEncoderWhole() throws IOException {
        Path pooling = Files.createDirectory(folder.resolve("bert/1_Pooling"));
        Files.writeString(pooling.resolve("config.json"), "{\"pooling_mode_mean_tokens\": true}");
        ModelPackage made = trained(
                "{model_name_or_path: ./bert, finetuning_type: full, max_length: 16}",
                "train.learning_rate=0.01",
                "train.batch_size=8",
                "train.num_train_epochs=10");

        assertThat(answers(made, "where is my parcel", "locked account")).containsExactly("delivery", "account");
        PretrainedNetwork read = PretrainedNetwork.read(made.folder());
        assertThat(read.config()).containsKey("id2label");
        String query = "bert.encoder.layer.0.attention.self.query.weight";
        assertThat(tensor(made.folder(), query)).isNotEqualTo(tensor(TINY, query));
    }

    @Test
    void leavesWhatIsFrozenAsItWas() throws IOException {
        ModelPackage made = trained(
                "{model_name_or_path: ./bert, finetuning_type: freeze, freeze_trainable_layers: 1, max_length: 16}",
                "train.num_train_epochs=1");

        String first = "bert.encoder.layer.0.output.dense.weight";
        String last = "bert.encoder.layer.1.output.dense.weight";
        String words = "bert.embeddings.word_embeddings.weight";
        assertThat(tensor(made.folder(), first)).isEqualTo(tensor(TINY, first));
        assertThat(tensor(made.folder(), words)).isEqualTo(tensor(TINY, words));
        assertThat(tensor(made.folder(), last)).isNotEqualTo(tensor(TINY, last));
    }

    @Test
    void teachesTheHeadAloneWhenTheFolderIsFrozen() throws IOException {
        ModelPackage made = trained("{model_name_or_path: ./bert, max_length: 16}", "train.num_train_epochs=1");

        String last = "bert.encoder.layer.1.output.dense.weight";
        assertThat(tensor(made.folder(), last)).isEqualTo(tensor(TINY, last));
        assertThat(tensor(made.folder(), "bert.pooler.dense.weight"))
                .isEqualTo(tensor(TINY, "bert.pooler.dense.weight"));
    }

    @Test
    void teachesTheBundledEncoderFromTheBestHeadForItAsItIs() throws IOException {
        ModelPackage made = trained(
                "{model_name_or_path: all-MiniLM-L6-v2, finetuning_type: freeze, freeze_trainable_layers: 1,"
                        + " max_length: 16}",
                "train.num_train_epochs=1",
                "train.max_steps=2");

        assertThat(answers(made, "i want my money back please")).containsExactly("refund");
        assertThat(made.manifest().training()).containsEntry("encoder", "all-MiniLM-L6-v2");
        assertThat(made.manifest().licences())
                .anySatisfy(line -> assertThat(line).contains("Apache-2.0"));
        float[] words = tensor(made.folder(), "bert.embeddings.word_embeddings.weight");
        assertThat(words).hasSize(30522 * 384);
    }

    @Test
    void saysWhatIsMissing() throws IOException {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> trained("{model_name_or_path: ./nothing, finetuning_type: full}"))
                .withMessageContaining("./nothing");
        Files.delete(folder.resolve("bert/tokenizer.json"));
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> trained("{model_name_or_path: ./bert, finetuning_type: full}"))
                .withMessageContaining("tokenizer.json");
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> trained("{model_name_or_path: bge-small-zh-v1.5, finetuning_type: full}"))
                .withMessageContaining(Encoder.named("bge-small-zh-v1.5").source());
        assertThat(Arrays.asList(folder.toFile().list())).doesNotContain("out");
    }
}
