package dev.sampan.spec.internal;

import dev.sampan.spec.ModelSpec.Gru;
import dev.sampan.spec.ModelSpec.Lstm;
import dev.sampan.spec.ModelSpec.Recurrent;
import dev.sampan.spec.ModelSpec.RecurrentSpec;
import dev.sampan.spec.ModelSpec.Rnn;
import dev.sampan.spec.ModelSpec.TextCnn;
import dev.sampan.spec.ModelSpec.TokenSpec;
import dev.sampan.spec.ModelSpec.Tokenizer;
import dev.sampan.spec.internal.NumberTypes.Range;
import java.util.List;
import java.util.function.Function;

/// The keys of the networks over tokens: `rnn`, `lstm`, `gru` and `textcnn`.
final class TextNetworkTable {
    static final Block<Rnn> RNN = recurrent("rnn", "A plain recurrent network", Rnn::new);
    static final Block<Lstm> LSTM =
            recurrent("lstm", "Long short-term memory; bidirectional with attention where asked", Lstm::new);
    static final Block<Gru> GRU = recurrent("gru", "Gated recurrent units", Gru::new);
    static final Block<TextCnn> TEXTCNN = textCnn();

    private TextNetworkTable() {}

    /// The three keys that say how texts become ids.
    private record TokenKeys<M>(
            Field<M, Tokenizer> tokenizer, Field<M, Integer> vocabularySize, Field<M, Integer> maxLength) {
        static <M> TokenKeys<M> of(Function<M, TokenSpec> tokens) {
            return new TokenKeys<>(
                    Field.of(
                            "tokenizer",
                            TextTypes.choice(Tokenizer.class, "bpe", "wordpiece", "sentencepiece"),
                            Tokenizer.AUTO,
                            "How text is cut; auto takes characters for Chinese, Japanese and Korean text, words for"
                                    + " other text",
                            m -> tokens.apply(m).tokenizer()),
                    Field.of(
                            "vocabulary_size",
                            NumberTypes.whole(100, 200_000),
                            20_000,
                            "Most frequent tokens kept",
                            m -> tokens.apply(m).vocabularySize()),
                    Field.of(
                            "max_length",
                            NumberTypes.whole(4, 1024),
                            128,
                            "Tokens read of one text; the rest is cut",
                            m -> tokens.apply(m).maxLength()));
        }

        TokenSpec read(Values v) {
            return new TokenSpec(v.get(tokenizer), v.get(vocabularySize), v.get(maxLength));
        }
    }

    private static <M> Field<M, Integer> size(
            String name, int most, int fallback, String description, Function<M, Integer> getter) {
        return Field.of(name, NumberTypes.whole(4, most), fallback, description, getter::apply);
    }

    private static <M> Field<M, Double> dropout(double fallback, Function<M, Double> getter) {
        return Field.of(
                "dropout",
                NumberTypes.number(Range.closed(0.0, 0.9)),
                fallback,
                "Share of activations dropped while training",
                getter::apply);
    }

    private static <M extends Recurrent> Block<M> recurrent(
            String tag, String description, Function<RecurrentSpec, M> made) {
        Field<M, String> type = ModelTable.type(tag, "pretrained", description);
        TokenKeys<M> tokens = TokenKeys.of(m -> m.layers().tokens());
        Field<M, Boolean> bidirectional = Field.of(
                "bidirectional",
                TextTypes.truth(),
                true,
                "Whether texts are also read from the end",
                m -> m.layers().bidirectional());
        Field<M, Boolean> attention = Field.of(
                "attention",
                TextTypes.truth(),
                false,
                "Weighs the states of a text instead of taking their maximum",
                m -> m.layers().attention());
        Field<M, Integer> embeddingSize = size(
                "embedding_size",
                1024,
                128,
                "Width of a token's vector",
                m -> m.layers().embeddingSize());
        Field<M, Integer> hiddenSize = size(
                "hidden_size",
                1024,
                64,
                "Units in each direction",
                m -> m.layers().hiddenSize());
        Field<M, Integer> denseSize = size(
                "dense_size",
                4096,
                64,
                "Width of the dense layer",
                m -> m.layers().denseSize());
        Field<M, Double> dropout = dropout(0.3, m -> m.layers().dropout());
        return new Block<>(
                List.of(
                        type,
                        tokens.tokenizer(),
                        tokens.vocabularySize(),
                        tokens.maxLength(),
                        bidirectional,
                        attention,
                        embeddingSize,
                        hiddenSize,
                        denseSize,
                        dropout),
                ModelTable.LATER,
                v -> made.apply(new RecurrentSpec(
                        tokens.read(v),
                        v.get(bidirectional),
                        v.get(attention),
                        v.get(embeddingSize),
                        v.get(hiddenSize),
                        v.get(denseSize),
                        v.get(dropout))));
    }

    private static Block<TextCnn> textCnn() {
        Field<TextCnn, String> type =
                ModelTable.type("textcnn", "pretrained", "Filters of several widths over tokens, from random weights");
        TokenKeys<TextCnn> tokens = TokenKeys.of(TextCnn::tokens);
        Field<TextCnn, Integer> embeddingSize =
                size("embedding_size", 1024, 128, "Width of a token's vector", TextCnn::embeddingSize);
        Field<TextCnn, List<Integer>> kernelSizes = Field.of(
                "kernel_sizes",
                new ListType<>(NumberTypes.whole(1, 10), "widths", 1, 8),
                List.of(3, 4, 5),
                "Tokens that a filter sees at once",
                TextCnn::kernelSizes);
        Field<TextCnn, Integer> filters = size("num_filters", 1024, 100, "Filters of each width", TextCnn::filters);
        Field<TextCnn, Double> dropout = dropout(0.5, TextCnn::dropout);
        return new Block<>(
                List.of(
                        type,
                        tokens.tokenizer(),
                        tokens.vocabularySize(),
                        tokens.maxLength(),
                        embeddingSize,
                        kernelSizes,
                        filters,
                        dropout),
                ModelTable.LATER,
                v -> new TextCnn(
                        tokens.read(v), v.get(embeddingSize), v.get(kernelSizes), v.get(filters), v.get(dropout)));
    }
}
