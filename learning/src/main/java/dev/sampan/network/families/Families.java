package dev.sampan.network.families;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// The families and what each is for, by `model_type` and the first of `architectures`.
final class Families {
    /// `model_type` → architecture → task.
    private static final Map<String, Map<String, Task>> KNOWN = new TreeMap<>(Map.of(
            "bert",
            Map.of(
                    "BertModel",
                    Task.ENCODE,
                    "BertForSequenceClassification",
                    Task.CLASSIFY,
                    Classifiers.OWN,
                    Task.CLASSIFY,
                    "BertForTokenClassification",
                    Task.TAG,
                    "BertForMaskedLM",
                    Task.MASKED_LANGUAGE,
                    "BertLMHeadModel",
                    Task.CAUSAL_LANGUAGE),
            "gpt2",
            Map.of(
                    "GPT2LMHeadModel", Task.CAUSAL_LANGUAGE,
                    "GPT2Model", Task.ENCODE,
                    "GPT2ForSequenceClassification", Task.CLASSIFY,
                    "GPT2ForTokenClassification", Task.TAG),
            "t5",
            Map.of(
                    "T5ForConditionalGeneration", Task.SEQUENCE_TO_SEQUENCE,
                    "T5WithLMHeadModel", Task.SEQUENCE_TO_SEQUENCE,
                    "T5Model", Task.ENCODE,
                    "T5EncoderModel", Task.ENCODE),
            "llama",
            decoder("Llama"),
            "mistral",
            decoder("Mistral"),
            "qwen2",
            decoder("Qwen2"),
            "qwen3",
            decoder("Qwen3"),
            "gemma3_text",
            Map.of(
                    "Gemma3ForCausalLM", Task.CAUSAL_LANGUAGE,
                    "Gemma3TextModel", Task.ENCODE,
                    "Gemma3TextForSequenceClassification", Task.CLASSIFY)));

    private Families() {}

    private static Map<String, Task> decoder(String name) {
        return Map.of(
                name + "ForCausalLM", Task.CAUSAL_LANGUAGE,
                name + "Model", Task.ENCODE,
                name + "ForSequenceClassification", Task.CLASSIFY,
                name + "ForTokenClassification", Task.TAG);
    }

    /// @throws ProblemException `model.architecture_unknown`, `model.config_unsupported`
    static Family of(ConfigFile config, WeightFiles files) {
        if (config.has("quantization_config")) {
            throw config.refused(
                    "quantization_config", "says that the weights are quantised; this version reads floats");
        }
        String type = config.text("model_type", "");
        Map<String, Task> tasks = KNOWN.get(type);
        List<String> names = config.texts("architectures");
        String name = names.isEmpty() ? usual(type) : names.getFirst();
        Task task = tasks == null ? null : tasks.get(name);
        if (task == null) {
            throw unknown(config, type, name);
        }
        return switch (type) {
            case "bert" -> new Bert(config, task, files);
            case "gpt2" -> new Gpt2(config, task, files);
            case "t5" -> new T5(config, task, name.equals("T5EncoderModel"), files);
            default -> new Decoder(DecoderConfig.of(config, type), config, task, files);
        };
    }

    /// What a configuration without `architectures` means: the bare encoder, the language model.
    private static String usual(String type) {
        return switch (type) {
            case "bert" -> "BertModel";
            case "gpt2" -> "GPT2LMHeadModel";
            case "t5" -> "T5ForConditionalGeneration";
            case "gemma3_text" -> "Gemma3ForCausalLM";
            case "" -> "";
            default -> type.substring(0, 1).toUpperCase(Locale.ROOT) + type.substring(1) + "ForCausalLM";
        };
    }

    private static ProblemException unknown(ConfigFile config, String type, String name) {
        Map<String, Task> tasks = KNOWN.get(type);
        List<String> known = tasks == null
                ? List.copyOf(KNOWN.keySet())
                : tasks.keySet().stream().sorted().toList();
        return new ProblemException(Problem.of(
                        "model.architecture_unknown",
                        tasks == null
                                ? "The model_type '" + type + "' is none this version has."
                                : "The architecture '" + name + "' of " + type + " is none this version has.")
                .at(config.place())
                .remedy("There are " + String.join(", ", known) + "."));
    }
}
