package dev.sampan.spec;

/// Block `model`: the architecture.
public sealed interface ModelSpec {
    /// Embedding → BiLSTM → max over time → Dense(relu) → softmax, from random weights.
    ///
    /// @param tokenizer how text is cut
    /// @param vocabularySize most frequent tokens kept, 100 to 200,000
    /// @param maxLength tokens read of one text, 4 to 1,024
    /// @param embeddingSize width of a token's vector
    /// @param hiddenSize LSTM units in each direction
    /// @param denseSize width of the dense layer
    /// @param dropout share of activations dropped while training, 0 to 0.9
    record BiLstm(
            Tokenizer tokenizer,
            int vocabularySize,
            int maxLength,
            int embeddingSize,
            int hiddenSize,
            int denseSize,
            double dropout)
            implements ModelSpec {}

    /// A pretrained encoder, its weights kept as they are, and a linear head on its sentence vector.
    ///
    /// @param nameOrPath `auto`, `bge-small-zh-v1.5` or `all-MiniLM-L6-v2`; `auto` looks at the
    ///     language of the data
    /// @param maxLength subword tokens read of one text, 4 to 512
    record Pretrained(String nameOrPath, int maxLength) implements ModelSpec {}

    /// How text is cut into tokens.
    enum Tokenizer {
        /// Characters when most letters of the training text are Chinese, Japanese or Korean; words otherwise.
        AUTO,
        WORDS,
        CHARACTERS
    }
}
