package dev.sampan.cli;

import dev.sampan.kernel.Json;
import java.util.Locale;

/// The text of a first `sampan.yaml`, with comments in both languages.
///
/// @param name of the project, as it may stand in a URL
/// @param dataset path relative to the file, with `/`
/// @param text column that the model reads
/// @param label column that it answers
record Starter(String name, String dataset, String text, String label) {
    private static final int NAME_LETTERS_MAX = 64;

    private static final String TEMPLATE = """
            # 一份文件，从数据到模型接口。 One file, from data to a model's API.
            #   ./sampan check sampan.yaml      有没有错 / is it right?
            #   ./sampan plan sampan.yaml       全部默认值 / every default
            #   ./sampan train sampan.yaml -o model
            #   ./sampan launch sampan.yaml     上线 / onto the platform
            version: 1
            name: {name}
            task: text_classification

            data:
              dataset: {dataset}   # CSV、TSV、JSONL，相对本文件 / relative to this file
              input_features: [{name: {text}, type: text}]         # 模型读的列 / the column it reads
              output_features: [{name: {label}, type: category}]   # 模型回答的列 / the column it answers
              # 训练、验证、测试 / training, validation, test
              split: {type: hash, probabilities: [0.8, 0.1, 0.1]}

            # 按语言自动选用预训练编码器；从零训练则写 {type: bilstm}
            # Takes a pretrained encoder by the language; to train from nothing: {type: bilstm}
            model: {model_name_or_path: auto}
            train: {seed: 42}

            # 低于此值则失败 / below it the run fails:
            # evaluate: {gates: {f1_macro: ">=0.80"}}
            explain: {samples: 5}
            compress: [quantize]
            serve: {model: {name}}

            # 对外出售时 / to sell it:
            # product: {price_per_call: 0.002, currency: CNY, trial_credit: 5}
            """;

    String yaml() {
        return TEMPLATE.replace("{dataset}", scalar(dataset))
                .replace("{name}", scalar(name))
                .replace("{text}", scalar(text))
                .replace("{label}", scalar(label));
    }

    /// Plain where it can be nothing but a text; else quoted as JSON, which YAML reads alike.
    private static String scalar(String value) {
        boolean plain = !value.isEmpty()
                && Character.isLetter(value.codePointAt(0))
                && value.codePoints().allMatch(c -> Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '/')
                && !isWordOfYaml(value);
        return plain ? value : Json.write(value);
    }

    private static boolean isWordOfYaml(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "true", "false", "null", "yes", "no", "on", "off", "y", "n" -> true;
            default -> false;
        };
    }

    /// A name for a URL made of a file's or folder's: `Fragen 2026.csv` is `fragen-2026`.
    static String nameOf(String from) {
        StringBuilder name = new StringBuilder();
        from.toLowerCase(Locale.ROOT)
                .codePoints()
                .map(c -> c >= 'a' && c <= 'z' || c >= '0' && c <= '9' ? c : '-')
                .filter(c -> c != '-' || (!name.isEmpty() && name.charAt(name.length() - 1) != '-'))
                .limit(NAME_LETTERS_MAX)
                .forEach(name::appendCodePoint);
        while (!name.isEmpty() && name.charAt(name.length() - 1) == '-') {
            name.setLength(name.length() - 1);
        }
        return name.isEmpty() ? "my-model" : name.toString();
    }
}
