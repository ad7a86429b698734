package dev.sampan.training.internal;

import dev.sampan.data.NgramFeatures;
import dev.sampan.data.SubwordFeatures;
import dev.sampan.data.TagFeatures;
import dev.sampan.data.TextFeatures;
import dev.sampan.data.TokenFeatures;
import dev.sampan.kernel.Sha256;
import java.util.Arrays;
import java.util.stream.Collectors;

/// Names fitted features by their content, for what is kept on disk because it was computed with them.
final class FeatureKey {
    private FeatureKey() {}

    static String of(TagFeatures features) {
        TagFeatures.Vocabularies all = features.vocabularies();
        return Sha256.of(features.inputs() + "\n" + features.target().tags() + "\n" + features.tokenizer() + "\n"
                        + features.maxLength() + "\n" + all.tokens() + "\n" + all.pairs() + "\n" + all.words())
                .hex()
                .substring(0, 16);
    }

    static String of(TextFeatures features) {
        String own = switch (features) {
            case TokenFeatures tokens -> tokens.tokenizer() + "\n" + String.join("\n", tokens.vocabulary());
            case SubwordFeatures subwords -> subwords.tokenizerJson();
            case NgramFeatures ngrams ->
                ngrams.tables().stream()
                        .map(table -> table.unit() + "\n" + table.shortest() + "\n" + table.longest() + "\n"
                                + String.join("\n", table.grams()) + "\n" + Arrays.toString(table.idf()))
                        .collect(Collectors.joining("\n"));
        };
        return Sha256.of(features.inputs() + "\n" + features.labels() + "\n" + features.clean() + "\n"
                        + features.maxLength() + "\n" + own)
                .hex()
                .substring(0, 16);
    }
}
