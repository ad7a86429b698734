package dev.sampan.model.internal;

import dev.sampan.data.Features;
import dev.sampan.data.NgramFeatures;
import dev.sampan.data.Provenance.SourceFile;
import dev.sampan.data.TokenFeatures;
import dev.sampan.kernel.Json;
import dev.sampan.model.Encoder;
import dev.sampan.model.Manifest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// `README.md`: the model card, in English and Chinese, with the front matter that Hugging Face reads
/// (https://huggingface.co/docs/hub/model-cards). Says what was measured and nothing else.
public final class ModelCard {
    private static final int CJK_FROM = 0x2E80;
    private static final List<String> SHOWN = List.of(
            "accuracy",
            "f1_macro",
            "f1_weighted",
            "precision_macro",
            "recall_macro",
            "roc_auc",
            "roc_auc_ovr",
            "log_loss");

    private final Manifest manifest;
    private final Features features;
    private final CardPurpose purpose;
    private final Optional<Encoder> encoder;

    private ModelCard(Manifest manifest, Features features) {
        this.manifest = manifest;
        this.features = features;
        this.purpose = new CardPurpose(features);
        String licences = String.join(" ", manifest.licences());
        this.encoder = Encoder.all().stream()
                .filter(known -> licences.contains(known.name()))
                .findFirst();
    }

    public static String of(Manifest manifest, Features features) {
        ModelCard card = new ModelCard(manifest, features);
        return card.frontMatter() + "# " + plain(manifest.name()) + "\n\n" + card.english() + "\n" + card.chinese();
    }

    private String frontMatter() {
        StringBuilder text = new StringBuilder("---\n");
        // The model is its owner's; what it holds of others keeps its own licence, which is named below.
        text.append("license: other\nlicense_name: set-by-the-owner\n");
        text.append("language:\n- ").append(language()).append('\n');
        text.append("library_name: onnx\npipeline_tag: ")
                .append(purpose.pipelineTag())
                .append('\n');
        encoder.ifPresent(
                known -> text.append("base_model: ").append(known.source()).append('\n'));
        text.append("tags:\n- sampan\n- onnx\n- ")
                .append(Json.write(manifest.architecture()))
                .append('\n');
        text.append("metrics:\n- accuracy\n- f1\n");
        JsonNode metrics = metrics();
        if (metrics.has("accuracy")) {
            text.append("model-index:\n- name: ")
                    .append(Json.write(manifest.name()))
                    .append("\n  results:\n  - task:\n      type: ")
                    .append(purpose.pipelineTag())
                    .append('\n')
                    .append("    dataset:\n      type: private\n      name: ")
                    .append(Json.write(dataName()))
                    .append("\n      split: test\n    metrics:\n");
            metric(text, "accuracy", metrics.path("accuracy"));
            metric(text, "f1", metrics.path("f1_macro"));
        }
        return text.append("---\n\n").toString();
    }

    private static void metric(StringBuilder text, String type, JsonNode figure) {
        if (figure.path("value").isNumber()) {
            text.append("    - type: ")
                    .append(type)
                    .append("\n      value: ")
                    .append(figure(figure.path("value")))
                    .append('\n');
        }
    }

    private String english() {
        return """
                %s

                **Data.** %s. Data set version `%s`. Its licence: %s.

                **Quality.** %s

                **Limits.** It was measured on data like its own: on other words, other customers or another time it \
                may be worse. %s

                **Of others.** %s

                **Use in Sampan.** `./sampan predict DIR data.csv`, or deploy it and call `/v1/predict/{model}`.

                **Use in Python.** `model.onnx` reads %s; cleaning and what was fitted are in `features.json`. %s

                ```python
                import mlflow
                model = mlflow.pyfunc.load_model("DIR")  # or onnxruntime.InferenceSession("DIR/model.onnx")
                print(model.predict(mlflow.models.Model.load("DIR").load_input_example("DIR")))
                ```
                """.formatted(
                        purpose.english(),
                        sources("%s (%s, %d rows)", "; "),
                        manifest.dataset().hex().substring(0, 12),
                        licence("not stated"),
                        quality("On the test rows, with intervals of confidence:", "Not measured yet."),
                        purpose.englishLimits(),
                        others("Nothing; trained from random weights."),
                        purpose.tensors(),
                        purpose.englishTokens());
    }

    private String chinese() {
        return """
                ## 中文

                %s

                **数据。** %s。数据集版本 `%s`。许可：%s。

                **质量。** %s

                **局限。** 指标是在与训练数据同类的数据上测得的，换了用语、客户或时间，效果可能变差。%s

                **来自他人的部分。** %s

                **在舢板中使用。** `./sampan predict DIR data.csv`，或部署后调用 `/v1/predict/{model}`。

                **在 Python 中使用。** 见上文英文代码；`mlflow`、`onnxruntime` 都能直接读取，不需要舢板的代码。
                """.formatted(
                        purpose.chinese(),
                        sources("%s（%s，%d 行）", "；"),
                        manifest.dataset().hex().substring(0, 12),
                        licence("未说明"),
                        quality("在测试行上测得，附置信区间：", "尚未测量。"),
                        purpose.chineseLimits(),
                        others("没有；从随机权重开始训练。"));
    }

    private String sources(String line, String separator) {
        return manifest.provenance().sources().stream()
                .map(source -> line.formatted(plain(source.name()), source.encoding(), source.rows()))
                .collect(Collectors.joining(separator));
    }

    /// The data's own, as its owner wrote it; the model's stands in the front matter.
    private String licence(String none) {
        String licence = manifest.provenance().licence();
        return licence == null ? none : plain(licence).strip();
    }

    private String quality(String title, String none) {
        JsonNode metrics = metrics();
        StringBuilder text = new StringBuilder(title).append("\n\n| | | 95 % | n |\n|---|---|---|---|\n");
        int empty = text.length();
        for (String name : SHOWN) {
            JsonNode figure = metrics.path(name);
            if (figure.path("value").isNumber()) {
                text.append("| %s | %s | %s – %s | %s |\n"
                        .formatted(
                                name,
                                figure(figure.path("value")),
                                figure(figure.path("low")),
                                figure(figure.path("high")),
                                figure.path("n").asString("")));
            }
        }
        JsonNode confidence = report().path("confidence");
        String level = confidence.isNumber() ? Math.round(confidence.doubleValue() * 100) + " %" : "95 %";
        return text.length() == empty ? none : text.toString().strip().replace("95 %", level);
    }

    private String others(String none) {
        return manifest.licences().isEmpty()
                ? none
                : manifest.licences().stream().map(ModelCard::plain).collect(Collectors.joining("; "));
    }

    private String dataName() {
        return manifest.provenance().sources().stream().map(SourceFile::name).collect(Collectors.joining(", "));
    }

    /// The encoder's, or by the share of Chinese, Japanese and Korean letters among labels and vocabulary.
    private String language() {
        if (encoder.isPresent()) {
            return encoder.get().language();
        }
        String letters = letters();
        return letters.codePoints().filter(c -> c >= CJK_FROM).count() * 2 > letters.length() ? "zh" : "en";
    }

    private String letters() {
        List<String> shown = switch (features) {
            case TokenFeatures tokens -> tokens.vocabulary();
            case NgramFeatures grams -> grams.tables().getFirst().grams();
            default -> features.labels();
        };
        return String.join("", shown.subList(0, Math.min(1_000, shown.size())));
    }

    private JsonNode report() {
        Object report = manifest.results().get("report");
        return report == null ? Json.MAPPER.createObjectNode() : Json.MAPPER.valueToTree(report);
    }

    private JsonNode metrics() {
        return report().path("metrics");
    }

    private static String figure(JsonNode number) {
        return number.isNumber() ? String.format(Locale.ROOT, "%.4f", number.doubleValue()) : "";
    }

    /// Text of a person on one line of Markdown.
    static String plain(String text) {
        return text.replaceAll("[\\p{Cntrl}|<>]", " ");
    }
}
