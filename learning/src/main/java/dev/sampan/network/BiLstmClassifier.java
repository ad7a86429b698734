package dev.sampan.network;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.sampan.compute.Pass;
import dev.sampan.compute.Tensors;
import dev.sampan.compute.Weights;
import dev.sampan.model.onnx.ElementType;
import dev.sampan.model.onnx.OnnxGraph;
import dev.sampan.network.layers.BiLstm;
import dev.sampan.network.layers.Dense;
import dev.sampan.network.layers.Dropout;
import dev.sampan.network.layers.Embedding;
import dev.sampan.network.layers.Initial;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// Embedding → dropout → bidirectional LSTM → maximum over time → Dense(relu) → dropout → Dense → softmax.
public final class BiLstmClassifier implements Network {
    /// Id of padding.
    public static final int PADDING = 0;
    /// Id of any token that is not in the vocabulary.
    public static final int UNKNOWN = 1;

    /// Of the first token vectors. PyTorch starts at 1, which says more about a word than the data ever will:
    /// on intents 0.3 gave two points of validation accuracy.
    private static final double EMBEDDING_DEVIATION = 0.3;

    private static final String IDS = "input_ids";
    private static final String MASK = "attention_mask";

    private final BiLstmConfig config;
    private final Embedding embedding;
    private final Dropout dropout;
    private final BiLstm lstm;
    private final Dense dense;
    private final Dense classifier;
    private final Weights weights;

    /// With random weights.
    public BiLstmClassifier(BiLstmConfig config, long seed) {
        this.config = config;
        embedding = new Embedding("embedding", config.vocabularySize(), config.embeddingSize());
        dropout = new Dropout(config.dropout());
        lstm = new BiLstm("lstm", config.embeddingSize(), config.hiddenSize());
        dense = new Dense("dense", 2 * config.hiddenSize(), config.denseSize());
        classifier = new Dense("classifier", config.denseSize(), config.labels().size());
        Weights.Layout layout = new Weights.Layout();
        embedding.declare(layout);
        lstm.declare(layout);
        dense.declare(layout);
        classifier.declare(layout);
        weights = layout.allocate();
        Initial initial = new Initial(seed);
        embedding.initialise(weights, initial, EMBEDDING_DEVIATION);
        lstm.initialise(weights, initial);
        dense.initialise(weights, initial);
        classifier.initialise(weights, initial);
    }

    @Override
    public Weights weights() {
        return weights;
    }

    /// @param inputs `input_ids` and `attention_mask` (rows, time)
    @Override
    public Tensor forward(Pass pass, Map<String, Tensor> inputs) {
        Sequences texts =
                Sequences.of(Objects.requireNonNull(inputs.get(IDS)), Objects.requireNonNull(inputs.get(MASK)));
        long[] shape = {texts.time(), texts.rows()};
        float[] kept = {}; // a token is dropped alike in both directions
        if (pass.training() && dropout.share() > 0) {
            kept = new float[texts.ids().length * embedding.width()];
            dropout.fill(kept, kept.length, pass.random());
        }
        Tensor x = embedding.forward(pass, Tensors.longs(texts.ids(), shape), kept); // (time, rows, width)
        float[] turned = texts.reversed(kept, embedding.width());
        Tensor reversed = embedding.forward(pass, Tensors.longs(texts.reversed(), shape), turned);
        Tensor pooled = lstm.forward(pass, x, reversed, texts.padded() ? texts.padding() : null);
        Tensor hidden = torch.relu(dense.forward(pass, pooled));
        return classifier.forward(pass, dropout.forward(pass, hidden));
    }

    /// Inputs `input_ids` and `attention_mask` (batch, sequence), outputs `logits` and `probabilities` (batch, labels).
    @Override
    public ModelProto onnx() {
        OnnxGraph graph = new OnnxGraph("bilstm");
        String ids = graph.input(IDS, ElementType.INT64, "batch", "sequence");
        String mask = graph.input(MASK, ElementType.INT64, "batch", "sequence");
        String vectors = embedding.onnx(graph, weights, ids);
        String pooled = lstm.onnx(graph, weights, vectors, mask);
        String hidden = graph.node("Relu", List.of(dense.onnx(graph, weights, pooled)));
        OnnxOutputs.declare(
                graph, classifier.onnx(graph, weights, hidden), config.labels().size());
        return graph.toModel();
    }

    @Override
    public Map<String, Object> config() {
        return config.toTree();
    }
}
