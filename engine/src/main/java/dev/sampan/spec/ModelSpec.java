package dev.sampan.spec;

import java.util.List;
import org.jspecify.annotations.Nullable;

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
            implements ModelSpec {
        public TokenSpec tokens() {
            return new TokenSpec(tokenizer, vocabularySize, maxLength);
        }
    }

    /// A pretrained encoder and a head on the vector it makes of a text.
    ///
    /// @param nameOrPath `auto`, `bge-small-zh-v1.5`, `all-MiniLM-L6-v2`, or a folder of Hugging Face's with a
    ///     BERT; `auto` looks at the language of the data
    /// @param maxLength subword tokens read of one text, 4 to 512
    /// @param ngrams whether the head also reads the text's n-grams
    /// @param finetuning what of it learns
    /// @param trainableLayers `freeze_trainable_layers`: the last layers that learn, of [Finetuning#FREEZE]
    record Pretrained(String nameOrPath, int maxLength, Ngrams ngrams, Finetuning finetuning, int trainableLayers)
            implements ModelSpec {
        /// Whether the encoder lies in a folder, and does not come with Sampan.
        public boolean isFolder() {
            return nameOrPath.indexOf('/') >= 0 || nameOrPath.startsWith(".");
        }

        /// Whether the network is taught in steps, and not a head fitted to vectors of the encoder as it is.
        public boolean learns() {
            return isFolder() || finetuning != Finetuning.FROZEN;
        }
    }

    /// What of a pretrained network learns.
    enum Finetuning {
        /// The head alone.
        FROZEN,
        /// Everything.
        FULL,
        /// The head and the last layers.
        FREEZE
    }

    /// Whether n-grams stand beside an encoder.
    enum Ngrams {
        /// Where validation rows are answered better with them.
        AUTO,
        ALWAYS,
        NEVER
    }

    /// A linear model over n-grams of words and characters, weighted by TF-IDF.
    record Ngram(NgramSpec grams) implements ModelSpec {}

    /// How texts become ids.
    ///
    /// @param vocabularySize most frequent tokens kept, 100 to 200,000
    /// @param maxLength tokens read of one text, 4 to 1,024
    record TokenSpec(Tokenizer tokenizer, int vocabularySize, int maxLength) {}

    /// Embedding → recurrent layer → attention or maximum over time → Dense(relu) → softmax, from random
    /// weights.
    sealed interface Recurrent extends ModelSpec {
        RecurrentSpec layers();
    }

    /// Elman's plain recurrent network.
    record Rnn(RecurrentSpec layers) implements Recurrent {}

    /// Long short-term memory.
    record Lstm(RecurrentSpec layers) implements Recurrent {}

    /// Gated recurrent units.
    record Gru(RecurrentSpec layers) implements Recurrent {}

    /// @param bidirectional also reads from the end
    /// @param attention weighs the states of a text instead of taking their maximum
    /// @param embeddingSize width of a token's vector
    /// @param hiddenSize units in each direction
    /// @param denseSize width of the dense layer
    /// @param dropout share of activations dropped while training, 0 to 0.9
    record RecurrentSpec(
            TokenSpec tokens,
            boolean bidirectional,
            boolean attention,
            int embeddingSize,
            int hiddenSize,
            int denseSize,
            double dropout) {}

    /// Embedding → filters of several widths → maximum over time → softmax (Kim 2014), from random weights.
    ///
    /// @param kernelSizes tokens that a filter sees at once, 1 to 10 each
    /// @param filters of each width
    record TextCnn(TokenSpec tokens, int embeddingSize, List<Integer> kernelSizes, int filters, double dropout)
            implements ModelSpec {
        public TextCnn {
            kernelSizes = List.copyOf(kernelSizes);
        }
    }

    /// Tokens, pairs of tokens and words around them → BiLSTM → a tag for each token, from random weights, with
    /// a conditional random field over the tags.
    ///
    /// @param tokenizer how text is cut; spans begin and end between tokens
    /// @param vocabularySize most frequent tokens kept, 100 to 200,000
    /// @param maxLength tokens read at once; a longer text is read in windows, 8 to 1,024
    /// @param embeddingSize width of a token's vector
    /// @param hiddenSize LSTM units in each direction
    /// @param dropout share of activations dropped while training, 0 to 0.9
    /// @param crf false takes each token's best tag by itself
    /// @param words whether Chinese words and their parts of speech are looked at beside characters
    record BiLstmCrf(
            Tokenizer tokenizer,
            int vocabularySize,
            int maxLength,
            int embeddingSize,
            int hiddenSize,
            double dropout,
            boolean crf,
            boolean words)
            implements ModelSpec {}

    /// Which n-grams are counted.
    ///
    /// @param words least and greatest number of words, 1 to 8; empty for none; null: 1 to 2, for Chinese none
    /// @param characters likewise of characters; null: 2 to 5, for Chinese 1 to 3
    /// @param minDf training rows a gram must stand in, at least 1
    /// @param maxFeatures most frequent grams kept of words and of characters each, 100 to 1,000,000
    record NgramSpec(
            @Nullable List<Integer> words, @Nullable List<Integer> characters, int minDf, int maxFeatures) {
        /// What stands beside an encoder.
        public static final NgramSpec DEFAULT = new NgramSpec(null, null, 2, 200_000);

        public NgramSpec {
            words = words == null ? null : List.copyOf(words);
            characters = characters == null ? null : List.copyOf(characters);
        }
    }

    /// What an n-gram is made of.
    enum NgramUnit {
        WORDS,
        CHARACTERS
    }

    /// Scores things for users by what they had to do with before.
    ///
    /// @param method `auto` tries them all on the validation rows
    /// @param user name of the input column that names users; null: the first column of categories
    /// @param item name of the input column that names things; null: the second
    /// @param factors width of a thing's vector, of `ials` and `bpr`, 2 to 1,024
    /// @param regularization of `ease` and `ials`; null: the best of a few on the validation rows
    /// @param neighbours of `item_knn`: like things looked at, 1 to 10,000
    /// @param top things in an answer, 1 to 1,000
    /// @param excludeSeen leaves out what the user had to do with before
    record Recommender(
            RecommenderMethod method,
            @Nullable String user,
            @Nullable String item,
            int factors,
            @Nullable Double regularization,
            int neighbours,
            int top,
            boolean excludeSeen)
            implements ModelSpec {}

    /// Answers the next values of series.
    ///
    /// @param method `auto` tries them all on the newest rows
    /// @param horizon steps it looks ahead, 1 to 1,000
    /// @param season steps after which a pattern comes again; null: by the distance of the times
    /// @param confidence share of the true values that the intervals are to hold, 0.5 to 0.99
    record Forecaster(
            ForecastMethod method, int horizon, @Nullable Integer season, double confidence) implements ModelSpec {}

    /// How a series is carried on.
    enum ForecastMethod {
        AUTO,
        /// The newest value.
        NAIVE,
        /// The value a season ago.
        SEASONAL_NAIVE,
        /// Exponential smoothing with damped trend and additive seasons (Holt 1957, Winters 1960, Gardner
        /// 1985).
        ETS,
        /// Simple smoothing with half the slope (Assimakopoulos and Nikolopoulos 2000).
        THETA,
        /// A linear map of the newest values onto the next, learnt from all series (NLinear, Zeng et al. 2023).
        LINEAR
    }

    /// How a recommender scores.
    enum RecommenderMethod {
        AUTO,
        /// What most users had to do with.
        POPULAR,
        /// Likeness of things by their users (Sarwar et al. 2001), cosine.
        ITEM_KNN,
        /// A linear model of things on things in closed form (Steck, Embarrassingly Shallow Autoencoders,
        /// 2019).
        EASE,
        /// Alternating least squares for implicit feedback (Hu, Koren and Volinsky 2008).
        IALS,
        /// Bayesian personalised ranking (Rendle et al. 2009) of users as the sum of their things (Kabbur et
        /// al. 2013).
        BPR,
        /// Likeness of the things' own texts.
        CONTENT
    }

    /// Gradient-boosted trees over columns (Chen and Guestrin 2016), names of XGBoost.
    ///
    /// @param estimators `n_estimators`: rounds at the most; fewer when validation stops getting better
    /// @param learningRate `learning_rate` (eta): what of each tree is added
    /// @param subsample share of the rows each tree sees
    /// @param columnShare `colsample_bytree`: share of the columns each tree sees
    /// @param minChildWeight least sum of second derivatives in a leaf
    /// @param gamma least gain of a split
    /// @param lambda `reg_lambda`: L2 penalty on leaves
    /// @param alpha `reg_alpha`: L1 penalty on leaves
    /// @param patience `early_stopping_rounds`: rounds without a better validation loss before stopping
    record Xgboost(
            int estimators,
            int maxDepth,
            double learningRate,
            double subsample,
            double columnShare,
            double minChildWeight,
            double gamma,
            double lambda,
            double alpha,
            int patience)
            implements ModelSpec {}

    /// Dense layers over columns.
    ///
    /// @param hiddenSizes widths, the first behind the input
    /// @param dropout share of activations dropped while training, 0 to 0.9
    record Mlp(List<Integer> hiddenSizes, Activation activation, Norm norm, double dropout) implements ModelSpec {
        public Mlp {
            hiddenSizes = List.copyOf(hiddenSizes);
        }
    }

    /// Dense layers over numbers and embeddings of categories, beside a linear part that reads both as they are
    /// (Cheng et al. 2016, "Wide & Deep Learning for Recommender Systems").
    ///
    /// @param embeddingSize width of a category's vector; 0 for one that grows with the number of categories
    record WideDeep(List<Integer> hiddenSizes, Activation activation, Norm norm, double dropout, int embeddingSize)
            implements ModelSpec {
        public WideDeep {
            hiddenSizes = List.copyOf(hiddenSizes);
        }
    }

    /// Logistic regression of classes, linear regression of a number.
    record Linear() implements ModelSpec {}

    /// Two graph convolutions over nodes with columns (Kipf and Welling 2017).
    ///
    /// @param links column that lists the nodes a row is linked to, by the names in column `node`
    record Gcn(String node, String links, int hiddenSize, double dropout) implements ModelSpec {}

    /// Columns through a narrow middle and back; how far they come back changed is how strange a row is.
    ///
    /// @param hiddenSizes widths down to the middle; the way back mirrors them
    /// @param contamination share of the validation rows that counts as strange
    record Autoencoder(List<Integer> hiddenSizes, Activation activation, double dropout, double contamination)
            implements ModelSpec {
        public Autoencoder {
            hiddenSizes = List.copyOf(hiddenSizes);
        }
    }

    /// What stands behind a dense layer.
    enum Activation {
        RELU,
        GELU,
        TANH,
        SILU
    }

    /// What stands between a dense layer and its activation.
    enum Norm {
        NONE,
        LAYER,
        BATCH
    }

    /// (Convolution → relu → max-pool 2) for each number of channels → dense layer → sigmoid of two classes,
    /// softmax of more.
    ///
    /// @param channels of each convolution, 1 to 8 of them
    /// @param kernel side of the kernels: 1, 3, 5 or 7
    /// @param pooling what the dense layer reads of the last map
    /// @param denseSize width of the dense layer
    /// @param dropout share of the dense layer's activations dropped while training, 0 to 0.9
    /// @param from folder of weights to begin with; null for random ones
    record Cnn(
            List<Integer> channels,
            int kernel,
            Padding padding,
            Pooling pooling,
            int denseSize,
            double dropout,
            @Nullable String from)
            implements ModelSpec {
        public Cnn {
            channels = List.copyOf(channels);
        }
    }

    /// A residual network (He et al. 2016).
    ///
    /// @param depth 8, 18 or 34 layers with weights
    /// @param from folder of weights to begin with; null for random ones
    record ResNet(int depth, ImageNorm norm, @Nullable String from) implements ModelSpec {}

    /// What a convolution does at the border.
    enum Padding {
        /// Leaves it out: the map gets smaller.
        VALID,
        /// Puts zeros around it: the map keeps its size.
        SAME
    }

    /// What is read of the last map.
    enum Pooling {
        FLATTEN,
        AVERAGE
    }

    /// What a convolution's outputs are normalised by.
    enum ImageNorm {
        BATCH,
        GROUP
    }

    /// A branch for each text column, for each column of pictures and for all other columns together; their
    /// answers are added up with weights that are learnt too, so that each part's share of an answer is known
    /// (late fusion).
    ///
    /// @param grams which n-grams the text branches count
    /// @param embeddingSize width of an n-gram's vector
    /// @param channels of the convolutions over a picture
    /// @param hiddenSizes dense layers over numbers and embeddings of categories
    /// @param denseSize width of the dense layer of a text and of a picture
    /// @param dropout share of the dense layers' activations dropped while training, 0 to 0.9
    record Fusion(
            NgramSpec grams,
            int embeddingSize,
            List<Integer> channels,
            List<Integer> hiddenSizes,
            int denseSize,
            double dropout)
            implements ModelSpec {
        public Fusion {
            channels = List.copyOf(channels);
            hiddenSizes = List.copyOf(hiddenSizes);
        }
    }

    /// A generator of pictures or rows, and a critic that it learns from.
    record Gan(GanSpec networks) implements ModelSpec {}

    /// How text is cut into tokens.
    enum Tokenizer {
        /// Characters when most letters of the training text are Chinese, Japanese or Korean; words otherwise.
        AUTO,
        WORDS,
        CHARACTERS,
        /// Chinese words by HanLP's dictionaries; other scripts word by word.
        CHINESE_WORDS
    }

    /// The best of the architectures that the task knows, tried within `train.max_minutes`.
    record Auto() implements ModelSpec {}
}
