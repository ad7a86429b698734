package dev.sampan.spec.internal;

import dev.sampan.spec.ModelSpec.BiLstmCrf;
import dev.sampan.spec.ModelSpec.Tokenizer;
import dev.sampan.spec.internal.NumberTypes.Range;
import java.util.List;

/// The keys of `model: {type: bilstm_crf}`.
final class TaggerTable {
    static final BiLstmCrf DEFAULT = new BiLstmCrf(Tokenizer.AUTO, 20_000, 256, 100, 128, 0.5, true, true);
    static final Block<BiLstmCrf> BILSTM_CRF = biLstmCrf();

    private TaggerTable() {}

    private static Block<BiLstmCrf> biLstmCrf() {
        Field<BiLstmCrf, String> type = ModelTable.type(
                "bilstm_crf",
                "pretrained",
                "Bidirectional LSTM with a tag for each token and a conditional random field");
        Field<BiLstmCrf, Tokenizer> tokenizer = Field.of(
                "tokenizer",
                TextTypes.choice(Tokenizer.class, "bpe", "wordpiece", "sentencepiece"),
                DEFAULT.tokenizer(),
                "How text is cut; auto takes characters for Chinese, Japanese and Korean text, words for other text",
                BiLstmCrf::tokenizer);
        Field<BiLstmCrf, Integer> vocabularySize = Field.of(
                "vocabulary_size",
                NumberTypes.whole(100, 200_000),
                DEFAULT.vocabularySize(),
                "Most frequent tokens kept, and four times as many pairs of tokens",
                BiLstmCrf::vocabularySize);
        Field<BiLstmCrf, Integer> maxLength = Field.of(
                "max_length",
                NumberTypes.whole(8, 1024),
                DEFAULT.maxLength(),
                "Tokens read at once; a longer text is read in windows",
                BiLstmCrf::maxLength);
        Field<BiLstmCrf, Integer> embeddingSize = Field.of(
                "embedding_size",
                NumberTypes.whole(4, 1024),
                DEFAULT.embeddingSize(),
                "Width of a token's vector",
                BiLstmCrf::embeddingSize);
        Field<BiLstmCrf, Integer> hiddenSize = Field.of(
                "hidden_size",
                NumberTypes.whole(4, 1024),
                DEFAULT.hiddenSize(),
                "LSTM units in each direction",
                BiLstmCrf::hiddenSize);
        Field<BiLstmCrf, Double> dropout = Field.of(
                "dropout",
                NumberTypes.number(Range.closed(0.0, 0.9)),
                DEFAULT.dropout(),
                "Share of activations dropped while training",
                BiLstmCrf::dropout);
        Field<BiLstmCrf, Boolean> crf = Field.of(
                "crf",
                TextTypes.truth(),
                DEFAULT.crf(),
                "A conditional random field over the tags; false takes each token's best tag by itself",
                BiLstmCrf::crf);
        Field<BiLstmCrf, Boolean> words = Field.of(
                "words",
                TextTypes.truth(),
                DEFAULT.words(),
                "Whether Chinese words and their parts of speech are looked at beside characters",
                BiLstmCrf::words);
        return new Block<>(
                List.of(type, tokenizer, vocabularySize, maxLength, embeddingSize, hiddenSize, dropout, crf, words),
                ModelTable.LATER,
                v -> new BiLstmCrf(
                        v.get(tokenizer),
                        v.get(vocabularySize),
                        v.get(maxLength),
                        v.get(embeddingSize),
                        v.get(hiddenSize),
                        v.get(dropout),
                        v.get(crf),
                        v.get(words)));
    }
}
