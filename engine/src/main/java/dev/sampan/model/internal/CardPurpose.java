package dev.sampan.model.internal;

import dev.sampan.data.ColumnFeatures;
import dev.sampan.data.Features;
import dev.sampan.data.ImageColumn;
import dev.sampan.data.InteractionFeatures;
import dev.sampan.data.NamedTensors.Declared;
import dev.sampan.data.NgramFeatures;
import dev.sampan.data.PictureSample;
import dev.sampan.data.SampleFeatures;
import dev.sampan.data.SeriesFeatures;
import dev.sampan.data.SubwordFeatures;
import dev.sampan.data.TagFeatures;
import dev.sampan.data.Target;
import dev.sampan.data.TextFeatures;
import dev.sampan.data.TokenFeatures;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// What a model card says a model is for and where it ends, in English and Chinese.
record CardPurpose(Features features) {
    private static final int NAMES_SHOWN = 20;

    /// A name out of Hugging Face's list of tasks.
    String pipelineTag() {
        boolean text = features instanceof TextFeatures;
        return switch (features.target()) {
            case Target.Categories _ ->
                text ? "text-classification" : picture() ? "image-classification" : "tabular-classification";
            case Target.Quantity _ -> "tabular-regression";
            case Target.Strangeness _ -> "tabular-classification";
            case Target.Items _ -> "other";
            case Target.Horizon _ -> "time-series-forecasting";
            case Target.Samples samples -> pictures(samples) ? "unconditional-image-generation" : "other";
            case Target.Tags _ -> "token-classification";
        };
    }

    private static boolean pictures(Target.Samples samples) {
        return samples.columns().getFirst() instanceof PictureSample;
    }

    private boolean picture() {
        return features instanceof ColumnFeatures columns
                && columns.columns().size() == 1
                && columns.columns().getFirst() instanceof ImageColumn;
    }

    String english() {
        return switch (features.target()) {
            case Target.Categories(List<String> labels) ->
                "Puts %s into one of %d classes: %s."
                        .formatted(picture() ? "a picture" : input("a text", "a row of "), labels.size(), labels());
            case Target.Quantity() -> "Answers a number for " + input("a text", "a row of ") + ".";
            case Target.Strangeness(float threshold) ->
                "Says how unlike its training rows " + input("a text", "a row of ") + " is; from " + threshold
                        + " on it counts as an anomaly.";
            case Target.Items items ->
                "Names for a user, or for a list of things, the " + items.top() + " of "
                        + items.items().size() + " things that fit best.";
            case Target.Horizon horizon ->
                "Answers the next " + horizon.steps() + " values of a series, with intervals meant to hold "
                        + Math.round(100 * horizon.confidence()) + " % of them.";
            case Target.Samples samples ->
                pictures(samples)
                        ? "Makes pictures like those it learnt from, one for each seed. They show nothing that exists."
                        : "Makes rows like those it learnt from, one for each seed. They are of nobody; their numbers"
                                + " stay within the least and the greatest of the training rows, which they thereby"
                                + " tell, and so do the names of rare categories.";
            case Target.Tags tags -> "Finds named stretches of a text: " + list(kinds(tags), ", ") + ".";
        };
    }

    String chinese() {
        return switch (features.target()) {
            case Target.Categories(List<String> labels) ->
                "把%s归入 %d 个类别之一：%s。"
                        .formatted(picture() ? "一张图片" : input("一段文本", "一行数据，列为 "), labels.size(), list(labels, "、"));
            case Target.Quantity() -> "为" + input("一段文本", "一行数据，列为 ") + "给出一个数值。";
            case Target.Strangeness(float threshold) ->
                "给出" + input("一段文本", "一行数据，列为 ") + "与训练数据的差异程度；达到 " + threshold + " 即视为异常。";
            case Target.Items items -> "为用户或一组物品，从 " + items.items().size() + " 个物品中给出最合适的 " + items.top() + " 个。";
            case Target.Horizon horizon ->
                "给出序列接下来的 " + horizon.steps() + " 个值，并附约 " + Math.round(100 * horizon.confidence()) + " % 的区间。";
            case Target.Samples samples ->
                pictures(samples)
                        ? "生成与训练图片相似的图片，每个种子一张；图中内容并不存在。"
                        : "生成与训练数据相似的行，每个种子一行，不对应任何真实个体；数值不超出训练数据的最小值与最大值，因此会透露这两个值以及罕见类别的名称。";
            case Target.Tags tags -> "在文本中找出实体：" + list(kinds(tags), "、") + "。";
        };
    }

    String englishLimits() {
        String classes = features.labels().isEmpty()
                ? ""
                : "It answers only with the classes above, also for an input that fits none of them. ";
        return classes
                + (features instanceof TextFeatures text && text.maxLength() != TextFeatures.WHOLE_TEXT
                        ? "It reads the first %d tokens of a text.".formatted(text.maxLength())
                        : "");
    }

    String chineseLimits() {
        String classes = features.labels().isEmpty() ? "" : "只会回答上面的类别，输入不属于任何一类时也是如此。";
        return classes
                + (features instanceof TextFeatures text && text.maxLength() != TextFeatures.WHOLE_TEXT
                        ? "每段文本只读前 %d 个词元。".formatted(text.maxLength())
                        : "");
    }

    /// The graph's inputs and outputs.
    String tensors() {
        String outputs = names(Signature.outputs(features.target()));
        String order = features.labels().isEmpty() ? "" : " in the order of the labels in `features.json`";
        return names(features.tensors()) + " and answers " + outputs + order;
    }

    String englishTokens() {
        return switch (features) {
            case TokenFeatures _ -> "Of the ids, 0 is padding and 1 an unknown token.";
            case SubwordFeatures _ -> "`tokenizer.json` makes the ids (`tokenizers.Tokenizer.from_file`).";
            case TagFeatures _ -> "Of the ids, 0 is padding and 1 unknown.";
            case NgramFeatures _ -> "The ids count the n-grams of `features.json` through all its tables.";
            case ColumnFeatures _, InteractionFeatures _, SeriesFeatures _, SampleFeatures _ -> "";
        };
    }

    private static String names(List<Declared> tensors) {
        return tensors.stream()
                .map(tensor -> "`%s` (%s; %s)"
                        .formatted(
                                tensor.name(),
                                tensor.shape().stream()
                                        .map(size -> size < 0 ? "any" : size.toString())
                                        .collect(Collectors.joining(", ")),
                                tensor.type().name().toLowerCase(Locale.ROOT)))
                .collect(Collectors.joining(" and "));
    }

    private String input(String text, String row) {
        return features instanceof TextFeatures ? text : row + list(features.inputs(), ", ");
    }

    private String labels() {
        return list(features.labels(), ", ");
    }

    private static List<String> kinds(Target.Tags tags) {
        return tags.tags().stream()
                .filter(tag -> tag.startsWith("B-"))
                .map(tag -> tag.substring(2))
                .toList();
    }

    private static String list(List<String> names, String separator) {
        String shown = names.stream()
                .limit(NAMES_SHOWN)
                .map(name -> "`" + ModelCard.plain(name).replace('`', '\'') + "`")
                .collect(Collectors.joining(separator));
        return names.size() > NAMES_SHOWN ? shown + separator + "…" : shown;
    }
}
