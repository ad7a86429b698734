package dev.sampan.network.families;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sampan.kernel.Json;
import dev.sampan.kernel.ProblemException;
import dev.sampan.model.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class PretrainedNetworkTests {
    private static final Path GOLDEN = Path.of("src/test/resources/golden");
    private static final String WEIGHTS = "model.safetensors";

    @TempDir
    private Path scratch = Path.of("");

    private Path folder = Path.of("");

    @BeforeEach
    void aFolderOfItsOwn() throws IOException {
        folder = Files.createDirectory(scratch.resolve("model"));
    }

    private void copy(String model) throws IOException {
        Files.copy(GOLDEN.resolve(model).resolve("config.json"), folder.resolve("config.json"));
        Files.copy(GOLDEN.resolve(model).resolve(WEIGHTS), folder.resolve(WEIGHTS));
    }

    private void config(Consumer<ObjectNode> change) throws IOException {
        Path file = folder.resolve("config.json");
        ObjectNode config = Json.read(Files.readString(file), ObjectNode.class);
        change.accept(config);
        Files.writeString(file, Json.write(config));
    }

    private void tensors(Consumer<Map<String, Safetensors.Tensor>> change) {
        Map<String, Safetensors.Tensor> tensors = new HashMap<>(Safetensors.read(folder.resolve(WEIGHTS)));
        change.accept(tensors);
        Safetensors.write(folder.resolve(WEIGHTS), tensors, Map.of());
    }

    private void refused(String code, String words) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> PretrainedNetwork.read(folder))
                .satisfies(e -> assertThat(e.problems().getFirst().code()).isEqualTo(code))
                .withMessageContaining(words);
    }

    @Test
    void writesTiedWordsOnceUnderTheNameOfTheFirst() throws IOException {
        copy("tiny-qwen3");
        PretrainedNetwork.read(folder).write(scratch.resolve("written"));
        Map<String, Safetensors.Tensor> written =
                Safetensors.read(scratch.resolve("written").resolve(WEIGHTS));
        assertThat(written).containsKey("model.embed_tokens.weight").doesNotContainKey("lm_head.weight");
    }

    @Test
    void readsTiedWordsUnderTheNameOfTheHead() throws IOException {
        copy("tiny-qwen3");
        float[] words = PretrainedNetwork.read(folder).weights().values().clone();
        tensors(tensors -> tensors.put("lm_head.weight", tensors.remove("model.embed_tokens.weight")));
        assertThat(PretrainedNetwork.read(folder).weights().values()).containsExactly(words);
    }

    @Test
    void keepsWordsApartThatDifferThoughTheConfigurationTiesThem() throws IOException {
        copy("tiny-qwen3");
        tensors(tensors -> {
            Safetensors.Tensor words = Objects.requireNonNull(tensors.get("model.embed_tokens.weight"));
            tensors.put("lm_head.weight", new Safetensors.Tensor(words.shape(), new float[words.values().length]));
        });
        assertThat(PretrainedNetwork.read(folder).weights().slots())
                .anyMatch(slot -> slot.name().equals("lm_head.weight"));
    }

    @Test
    void readsNamesOf2018AndNamesWithoutTheNetworksOwn() throws IOException {
        copy("tiny-bert");
        float[] weights = PretrainedNetwork.read(folder).weights().values().clone();
        tensors(tensors -> Map.copyOf(tensors).forEach((name, tensor) -> {
            tensors.remove(name);
            String old =
                    name.replace("LayerNorm.weight", "LayerNorm.gamma").replace("LayerNorm.bias", "LayerNorm.beta");
            tensors.put(old.replaceFirst("^bert\\.", ""), tensor);
        }));
        assertThat(PretrainedNetwork.read(folder).weights().values()).containsExactly(weights);
    }

    @Test
    void readsShards() throws IOException {
        copy("tiny-bert");
        float[] weights = PretrainedNetwork.read(folder).weights().values().clone();
        Map<String, Safetensors.Tensor> all = Safetensors.read(folder.resolve(WEIGHTS));
        Files.delete(folder.resolve(WEIGHTS));
        Map<String, String> index = new HashMap<>();
        all.forEach((name, tensor) -> {
            String shard = "model-" + index.size() + ".safetensors";
            index.put(name, shard);
            Safetensors.write(folder.resolve(shard), Map.of(name, tensor), Map.of());
        });
        Files.writeString(folder.resolve("model.safetensors.index.json"), Json.write(Map.of("weight_map", index)));
        assertThat(PretrainedNetwork.read(folder).weights().values()).containsExactly(weights);
    }

    @Test
    void refusesAnIndexThatLeadsOutOfTheFolder() throws IOException {
        copy("tiny-bert");
        Files.delete(folder.resolve(WEIGHTS));
        Files.writeString(
                folder.resolve("model.safetensors.index.json"),
                Json.write(Map.of("weight_map", Map.of("a", "../model.safetensors"))));
        refused("model.corrupt", "../model.safetensors");
    }

    @Test
    void refusesPickle() throws IOException {
        copy("tiny-bert");
        Files.move(folder.resolve(WEIGHTS), folder.resolve("pytorch_model.bin"));
        refused("model.pickle_refused", "pickle");
    }

    @Test
    void saysWhichWeightIsMissing() throws IOException {
        copy("tiny-bert");
        tensors(tensors -> tensors.remove("bert.pooler.dense.bias"));
        refused("model.weight_missing", "bert.pooler.dense.bias");
    }

    @Test
    void saysWhichWeightHasAnotherShape() throws IOException {
        copy("tiny-t5");
        config(config -> config.put("d_ff", 20));
        refused("model.weight_shape", "DenseReluDense");
    }

    /// Each would change the answers if it were passed over.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            tiny-bert  | hidden_act                 | "xielu"
            tiny-bert  | position_embedding_type    | "relative_key"
            tiny-bert  | add_cross_attention        | true
            tiny-bert  | quantization_config        | {"bits": 4}
            tiny-bert  | num_attention_heads        | 5
            tiny-bert  | hidden_size                | -1
            tiny-bert  | layer_norm_eps             | "small"
            tiny-bert  | pad_token_id               | 24
            tiny-t5    | feed_forward_proj          | "gated-xielu"
            tiny-t5    | relative_attention_max_distance | 2
            tiny-qwen3 | head_dim                   | 5
            tiny-qwen3 | num_key_value_heads        | 3
            tiny-qwen3 | rope_parameters            | {"rope_type": "mrope"}
            tiny-qwen3 | rope_parameters            | {"rope_type": "llama3", "factor": 8}
            tiny-qwen3 | rope_scaling               | {"type": "linear"}
            tiny-qwen3 | partial_rotary_factor      | 0.5
            tiny-qwen3 | layer_types                | ["full_attention", "chunked_attention"]
            tiny-qwen3 | layer_types                | ["full_attention"]
            """)
    void refusesASettingItDoesNotHave(String model, String key, String value) throws IOException {
        copy(model);
        config(config -> config.set(key, Json.MAPPER.readTree(value)));
        refused("model.config_unsupported", "");
    }

    @Test
    void namesTheArchitecturesThereAre() throws IOException {
        copy("tiny-bert");
        config(config -> config.putArray("architectures").add("BertForQuestionAnswering"));
        refused("model.architecture_unknown", "BertForTokenClassification");
        config(config -> config.put("model_type", "mamba"));
        refused("model.architecture_unknown", "gemma3_text");
    }

    @Test
    void doesNotWriteOverAFolder() throws IOException {
        copy("tiny-bert");
        PretrainedNetwork network = PretrainedNetwork.read(folder);
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> network.write(folder));
    }

    @Test
    void keepsSettingsItDoesNotReadAndWritesTheOldSpellingToo() throws IOException {
        copy("tiny-qwen3");
        config(config -> config.put("something_else", 7));
        PretrainedNetwork.read(folder).write(scratch.resolve("written"));
        ObjectNode written = Json.read(Files.readString(scratch.resolve("written/config.json")), ObjectNode.class);
        assertThat(written.path("something_else").intValue()).isEqualTo(7);
        assertThat(written.path("torch_dtype").stringValue()).isEqualTo("float32");
        assertThat(written.path("rope_theta").doubleValue()).isEqualTo(1e4);
        assertThat(written.path("rope_scaling").path("rope_type").stringValue()).isEqualTo("yarn");
    }
}
