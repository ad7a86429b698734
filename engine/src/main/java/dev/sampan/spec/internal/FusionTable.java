package dev.sampan.spec.internal;

import dev.sampan.spec.ModelSpec.Fusion;
import dev.sampan.spec.ModelSpec.NgramSpec;
import dev.sampan.spec.internal.NumberTypes.Range;
import java.util.List;

/// The keys of `model: {type: fusion}`.
final class FusionTable {
    static final Block<Fusion> FUSION = fusion();

    private FusionTable() {}

    private static Block<Fusion> fusion() {
        Field<Fusion, String> type = ModelTable.type(
                "fusion",
                "",
                "A branch for each text, each picture and the table, their answers weighted and added up");
        Field<Fusion, Integer> minDf = Field.of(
                "min_df",
                NumberTypes.whole(1, 1_000_000),
                NgramSpec.DEFAULT.minDf(),
                "Training rows that an n-gram of a text must stand in",
                fusion -> fusion.grams().minDf());
        Field<Fusion, Integer> maxFeatures = Field.of(
                "max_features",
                NumberTypes.whole(100, 1_000_000),
                20_000,
                "Most frequent n-grams kept of a text column, of words and of characters each",
                fusion -> fusion.grams().maxFeatures());
        Field<Fusion, Integer> embeddingSize = Field.of(
                "embedding_size", NumberTypes.whole(1, 1024), 32, "Width of an n-gram's vector", Fusion::embeddingSize);
        Field<Fusion, List<Integer>> channels = Field.of(
                "channels",
                new ListType<>(NumberTypes.whole(1, 2048), "numbers", 1, 8),
                List.of(16, 32),
                "Channels of each convolution over a picture; behind each stand relu and max-pool 2",
                Fusion::channels);
        Field<Fusion, List<Integer>> hiddenSizes = Field.of(
                "hidden_sizes",
                new ListType<>(NumberTypes.whole(1, 8192), "widths", 1, 16),
                List.of(64),
                "Widths of the dense layers over the columns of the table",
                Fusion::hiddenSizes);
        Field<Fusion, Integer> denseSize = Field.of(
                "dense_size",
                NumberTypes.whole(1, 8192),
                64,
                "Width of the dense layer of a text and of a picture",
                Fusion::denseSize);
        Field<Fusion, Double> dropout = Field.of(
                "dropout",
                NumberTypes.number(Range.closed(0.0, 0.9)),
                0.1,
                "Share of the dense layers' activations dropped while training",
                Fusion::dropout);
        return new Block<>(
                List.of(type, minDf, maxFeatures, embeddingSize, channels, hiddenSizes, denseSize, dropout),
                ModelTable.LATER,
                v -> new Fusion(
                        new NgramSpec(null, null, v.get(minDf), v.get(maxFeatures)),
                        v.get(embeddingSize),
                        v.get(channels),
                        v.get(hiddenSizes),
                        v.get(denseSize),
                        v.get(dropout)));
    }
}
