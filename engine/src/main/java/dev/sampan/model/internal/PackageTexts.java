package dev.sampan.model.internal;

import dev.sampan.data.Features;
import dev.sampan.data.NamedTensors;
import dev.sampan.data.NamedTensors.Declared;
import dev.sampan.data.NamedTensors.Type;
import dev.sampan.data.NgramFeatures;
import dev.sampan.data.SubwordFeatures;
import dev.sampan.data.TextFeatures;
import dev.sampan.kernel.Json;
import dev.sampan.kernel.Sha256;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The files by which MLflow (seen: 3.17) and Hugging Face's tokenizers know a package. MLflow's own loaders `onnx` and
/// `python_function` read it; nothing of ours is needed in Python. Scalars that come from people are written as JSON
/// strings, which YAML reads alike.
public final class PackageTexts {
    private static final String MLFLOW = "3.17.2";
    private static final String PYTHON = "3.11";
    private static final String REQUIREMENTS = """
            mlflow>=2.15
            numpy
            onnx>=1.16
            onnxruntime>=1.20
            """;
    private static final int SUBWORDS_MAX = 512;
    private static final DateTimeFormatter UTC = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final Instant createdAt;
    private final Features features;
    private final NamedTensors example;

    /// @param createdAt ISO-8601 instant
    public PackageTexts(String createdAt, Features features) {
        this.createdAt = Instant.parse(createdAt);
        this.features = features;
        this.example = features.encode(List.of(features.example()));
    }

    /// @param onnx hash of the graph, of which MLflow's identity of the model is made, so that it is reproducible
    public String mlModel(long bytes, Sha256 onnx) {
        String uuid = Sha256.of(onnx + " " + createdAt).hex().substring(0, 32);
        return """
                flavors:
                  onnx:
                    code: null
                    data: model.onnx
                    onnx_session_options: null
                    onnx_version: 1.16.0
                    providers:
                    - CPUExecutionProvider
                  python_function:
                    data: model.onnx
                    env:
                      conda: conda.yaml
                      virtualenv: python_env.yaml
                    loader_module: mlflow.onnx
                    python_version: '%s'
                is_signature_from_type_hint: false
                mlflow_version: %s
                model_id: null
                model_size_bytes: %d
                model_uuid: %s
                prompts: null
                saved_input_example_info:
                  artifact_path: input_example.json
                  serving_input_path: serving_input_example.json
                  type: ndarray
                signature:
                  inputs: '%s'
                  outputs: '%s'
                  params: null
                type_hint_from_example: false
                utc_time_created: '%s'
                """.formatted(
                        PYTHON,
                        MLFLOW,
                        bytes,
                        uuid,
                        columns(features.tensors()),
                        columns(Signature.outputs(features.target())),
                        UTC.format(createdAt));
    }

    public String conda() {
        StringBuilder text = new StringBuilder("""
                channels:
                - conda-forge
                dependencies:
                - python=%s
                - pip
                - pip:
                """.formatted(PYTHON));
        REQUIREMENTS.lines().forEach(line -> text.append("  - ").append(line).append('\n'));
        return text.append("name: mlflow-env\n").toString();
    }

    public String pythonEnvironment() {
        return """
                python: '%s'
                build_dependencies:
                - pip
                - setuptools
                - wheel
                dependencies:
                - -r requirements.txt
                """.formatted(PYTHON);
    }

    public String requirements() {
        return REQUIREMENTS;
    }

    /// One row as the tensors of the signature.
    public String inputExample() {
        return Json.write(tensors()) + "\n";
    }

    public String servingInputExample() {
        return Json.write(Map.of("inputs", tensors())) + "\n";
    }

    /// For `AutoTokenizer` of transformers, which reads `tokenizer.json` by it.
    public String tokenizerConfig() {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("tokenizer_class", "PreTrainedTokenizerFast");
        config.put(
                "model_max_length", subwords().map(SubwordFeatures::maxLength).orElse(SUBWORDS_MAX));
        config.put("model_input_names", List.of(TextFeatures.INPUT_IDS, TextFeatures.ATTENTION_MASK));
        config.put("cls_token", "[CLS]");
        config.put("mask_token", "[MASK]");
        config.put("pad_token", "[PAD]");
        config.put("sep_token", "[SEP]");
        config.put("unk_token", "[UNK]");
        return Json.pretty(config);
    }

    private Optional<SubwordFeatures> subwords() {
        return switch (features) {
            case SubwordFeatures own -> Optional.of(own);
            case NgramFeatures grams -> Optional.ofNullable(grams.subwords());
            default -> Optional.empty();
        };
    }

    private Map<String, Object> tensors() {
        Map<String, Object> tensors = new LinkedHashMap<>();
        example.tensors().forEach((name, values) -> tensors.put(name, nested(values)));
        return tensors;
    }

    private static Object nested(NamedTensors.Values values) {
        List<Object> flat = switch (values) {
            case NamedTensors.Floats(float[] floats, long[] _) -> {
                List<Object> list = new ArrayList<>(floats.length);
                for (float value : floats) {
                    list.add(value);
                }
                yield list;
            }
            case NamedTensors.Longs(long[] longs, long[] _) ->
                Arrays.stream(longs).<Object>mapToObj(value -> value).toList();
        };
        List<Object> nested = flat;
        long[] shape = values.shape();
        for (int i = shape.length - 1; i > 0; i--) {
            nested = chunked(nested, Math.toIntExact(shape[i]));
        }
        return nested;
    }

    private static List<Object> chunked(List<Object> values, int size) {
        List<Object> chunks = new ArrayList<>();
        for (int from = 0; from < values.size(); from += size) {
            chunks.add(List.copyOf(values.subList(from, from + size)));
        }
        return chunks;
    }

    private static String columns(List<Declared> tensors) {
        List<Object> columns = new ArrayList<>();
        for (Declared tensor : tensors) {
            Map<String, Object> column = new LinkedHashMap<>();
            column.put("name", tensor.name());
            column.put("type", "tensor");
            String type = tensor.type() == Type.FLOAT ? "float32" : "int64";
            column.put("tensor-spec", Map.of("dtype", type, "shape", tensor.shape()));
            columns.add(column);
        }
        return Json.write(columns);
    }
}
