package dev.sampan.spec.internal;

import dev.sampan.spec.ModelSpec;
import dev.sampan.spec.ModelSpec.BiLstm;
import dev.sampan.spec.ModelSpec.Finetuning;
import dev.sampan.spec.ModelSpec.Forecaster;
import dev.sampan.spec.ModelSpec.Ngram;
import dev.sampan.spec.ModelSpec.Ngrams;
import dev.sampan.spec.ModelSpec.Pretrained;
import dev.sampan.spec.ModelSpec.Recommender;
import dev.sampan.spec.ModelSpec.Tokenizer;
import dev.sampan.spec.internal.NumberTypes.Range;
import java.util.List;
import java.util.Set;

/// The keys of block `model`.
final class ModelTable {
    /// The encoder that comes with Sampan for the language of the data, and a linear head: on small sets the
    /// best there is for the least time.
    static final ModelSpec DEFAULT =
            new Pretrained("auto", 128, Ngrams.AUTO, Finetuning.FROZEN, FinetuningRules.LAYERS);

    static final Set<String> LATER =
            Set.of("template", "quantization_bit", "encoder", "combiner", "decoder", "trust_remote_code", "num_layers");

    static final Variants<ModelSpec> MODEL = new Variants<>(
            List.of(
                    new Variants.Case<>("pretrained", Pretrained.class, pretrained()),
                    new Variants.Case<>("bilstm", BiLstm.class, biLstm()),
                    new Variants.Case<>("rnn", ModelSpec.Rnn.class, TextNetworkTable.RNN),
                    new Variants.Case<>("lstm", ModelSpec.Lstm.class, TextNetworkTable.LSTM),
                    new Variants.Case<>("gru", ModelSpec.Gru.class, TextNetworkTable.GRU),
                    new Variants.Case<>("textcnn", ModelSpec.TextCnn.class, TextNetworkTable.TEXTCNN),
                    new Variants.Case<>("bilstm_crf", ModelSpec.BiLstmCrf.class, TaggerTable.BILSTM_CRF),
                    new Variants.Case<>("ngram", Ngram.class, NgramTable.ngram()),
                    new Variants.Case<>("recommender", Recommender.class, RecommenderTable.RECOMMENDER),
                    new Variants.Case<>("xgboost", ModelSpec.Xgboost.class, TabularTable.XGBOOST),
                    new Variants.Case<>("mlp", ModelSpec.Mlp.class, TabularTable.MLP),
                    new Variants.Case<>("wide_deep", ModelSpec.WideDeep.class, TabularTable.WIDE_DEEP),
                    new Variants.Case<>("linear", ModelSpec.Linear.class, TabularTable.LINEAR),
                    new Variants.Case<>("gcn", ModelSpec.Gcn.class, TabularTable.GCN),
                    new Variants.Case<>("autoencoder", ModelSpec.Autoencoder.class, TabularTable.AUTOENCODER),
                    new Variants.Case<>("forecaster", Forecaster.class, ForecasterTable.FORECASTER),
                    new Variants.Case<>("cnn", ModelSpec.Cnn.class, ImageModelTable.CNN),
                    new Variants.Case<>("resnet", ModelSpec.ResNet.class, ImageModelTable.RESNET),
                    new Variants.Case<>("gan", ModelSpec.Gan.class, GanTable.GAN),
                    new Variants.Case<>("fusion", ModelSpec.Fusion.class, FusionTable.FUSION),
                    new Variants.Case<>(Variants.AUTO, ModelSpec.Auto.class, auto())),
            List.of("transformer", "gpt", "unet", "bert"));

    private ModelTable() {}

    static <M extends ModelSpec> Field<M, String> type(String tag, String fallback, String description) {
        Type<String> type = TextTypes.word(List.of(tag));
        return tag.equals(fallback)
                ? Field.of("type", type, tag, description, _ -> tag)
                : Field.required("type", type, description, _ -> tag);
    }

    private static Block<ModelSpec.Auto> auto() {
        Field<ModelSpec.Auto, String> type = type(
                Variants.AUTO, "pretrained", "The best of the task's architectures, tried within train.max_minutes");
        return new Block<>(List.of(type), LATER, _ -> new ModelSpec.Auto());
    }

    private static Block<Pretrained> pretrained() {
        Field<Pretrained, String> type =
                type("pretrained", "pretrained", "A pretrained encoder of texts with a head for the labels");
        Field<Pretrained, String> nameOrPath = Field.of(
                "model_name_or_path",
                new WordOrFolder(List.of("auto", "bge-small-zh-v1.5", "all-MiniLM-L6-v2")),
                "auto",
                "The encoder, or a folder of Hugging Face's with a BERT (with a / in its name); auto takes"
                        + " bge-small-zh-v1.5 for Chinese data and all-MiniLM-L6-v2 for other data",
                Pretrained::nameOrPath);
        Field<Pretrained, Integer> maxLength = Field.of(
                "max_length",
                NumberTypes.whole(4, 512),
                128,
                "Subword tokens read of one text; the rest is cut",
                Pretrained::maxLength);
        Field<Pretrained, Ngrams> ngrams = Field.of(
                "ngrams",
                TextTypes.choice(Ngrams.class),
                Ngrams.AUTO,
                "Whether the head also reads the text's n-grams; auto does where validation rows are answered better",
                Pretrained::ngrams);
        Field<Pretrained, Finetuning> finetuning = Field.of(
                "finetuning_type",
                TextTypes.choice(Finetuning.class, "lora"),
                Finetuning.FROZEN,
                "What learns: frozen the head alone, freeze the head and the last layers, full everything",
                Pretrained::finetuning);
        Field<Pretrained, Integer> trainableLayers = Field.of(
                "freeze_trainable_layers",
                NumberTypes.whole(1, 1000),
                FinetuningRules.LAYERS,
                "Last layers that learn, of finetuning_type freeze",
                Pretrained::trainableLayers);
        return new Block<>(
                List.of(type, nameOrPath, maxLength, ngrams, finetuning, trainableLayers),
                LATER,
                v -> new Pretrained(
                        v.get(nameOrPath), v.get(maxLength), v.get(ngrams), v.get(finetuning), v.get(trainableLayers)));
    }

    private static Block<BiLstm> biLstm() {
        Field<BiLstm, String> type = type(
                "bilstm", "pretrained", "Embedding, bidirectional LSTM, dense layer and softmax, from random weights");
        Field<BiLstm, Tokenizer> tokenizer = Field.of(
                "tokenizer",
                TextTypes.choice(Tokenizer.class, "bpe", "wordpiece", "sentencepiece"),
                Tokenizer.AUTO,
                "How text is cut; auto takes characters for Chinese, Japanese and Korean text, words for other text",
                BiLstm::tokenizer);
        Field<BiLstm, Integer> vocabularySize = Field.of(
                "vocabulary_size",
                NumberTypes.whole(100, 200_000),
                20_000,
                "Most frequent tokens kept",
                BiLstm::vocabularySize);
        Field<BiLstm, Integer> maxLength = Field.of(
                "max_length",
                NumberTypes.whole(4, 1024),
                128,
                "Tokens read of one text; the rest is cut",
                BiLstm::maxLength);
        Field<BiLstm, Integer> embeddingSize = Field.of(
                "embedding_size", NumberTypes.whole(4, 1024), 128, "Width of a token's vector", BiLstm::embeddingSize);
        Field<BiLstm, Integer> hiddenSize = Field.of(
                "hidden_size", NumberTypes.whole(4, 1024), 64, "LSTM units in each direction", BiLstm::hiddenSize);
        Field<BiLstm, Integer> denseSize =
                Field.of("dense_size", NumberTypes.whole(4, 4096), 64, "Width of the dense layer", BiLstm::denseSize);
        Field<BiLstm, Double> dropout = Field.of(
                "dropout",
                NumberTypes.number(Range.closed(0.0, 0.9)),
                0.3,
                "Share of activations dropped while training",
                BiLstm::dropout);
        return new Block<>(
                List.of(type, tokenizer, vocabularySize, maxLength, embeddingSize, hiddenSize, denseSize, dropout),
                LATER,
                v -> new BiLstm(
                        v.get(tokenizer),
                        v.get(vocabularySize),
                        v.get(maxLength),
                        v.get(embeddingSize),
                        v.get(hiddenSize),
                        v.get(denseSize),
                        v.get(dropout)));
    }
}
