package dev.sampan.network;

import static dev.sampan.model.onnx.Attributes.attribute;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.sampan.compute.Pass;
import dev.sampan.compute.Weights;
import dev.sampan.model.onnx.ElementType;
import dev.sampan.model.onnx.OnnxGraph;
import dev.sampan.network.layers.AttentionPool;
import dev.sampan.network.layers.Dense;
import dev.sampan.network.layers.Dropout;
import dev.sampan.network.layers.Embedding;
import dev.sampan.network.layers.Initial;
import dev.sampan.network.layers.Recurrent;
import dev.sampan.network.layers.TextShape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// Embedding → dropout → recurrent layer → attention or maximum over time → Dense(relu) → dropout → Dense → softmax.
public final class RecurrentClassifier implements Network {
    private static final String IDS = "input_ids";
    private static final String MASK = "attention_mask";
    private static final double EMBEDDING_DEVIATION = 0.3;
    private static final float LEAST = -2; // states lie within (-1, 1)

    private final Shape shape;
    private final Embedding embedding;
    private final Dropout dropout;
    private final Recurrent recurrent;
    private final AttentionPool attention;
    private final Dense dense;
    private final Dense classifier;
    private final Weights weights;

    /// @param ids token ids, padding (0) and unknown (1) among them
    /// @param hidden units in each direction
    /// @param attention weighs the states of a text; the maximum over them is taken otherwise
    /// @param maxLength tokens read of one text
    public record Shape(
            Recurrent.Kind kind,
            boolean bidirectional,
            boolean attention,
            int ids,
            int embeddingSize,
            int hidden,
            int denseSize,
            double dropout,
            int maxLength,
            List<String> labels) {
        public Shape {
            labels = List.copyOf(labels);
        }
    }

    /// With random weights.
    public RecurrentClassifier(Shape shape, long seed) {
        this.shape = shape;
        embedding = new Embedding("embedding", shape.ids(), shape.embeddingSize());
        dropout = new Dropout(shape.dropout());
        String name = shape.kind().name().toLowerCase(Locale.ROOT);
        recurrent = new Recurrent(name, shape.kind(), shape.embeddingSize(), shape.hidden(), shape.bidirectional());
        attention = new AttentionPool("attention", recurrent.outputs());
        dense = new Dense("dense", recurrent.outputs(), shape.denseSize());
        classifier = new Dense("classifier", shape.denseSize(), shape.labels().size());
        Weights.Layout layout = new Weights.Layout();
        embedding.declare(layout);
        recurrent.declare(layout);
        if (shape.attention()) {
            attention.declare(layout);
        }
        dense.declare(layout);
        classifier.declare(layout);
        weights = layout.allocate();
        Initial initial = new Initial(seed);
        embedding.initialise(weights, initial, EMBEDDING_DEVIATION);
        recurrent.initialise(weights, initial);
        if (shape.attention()) {
            attention.initialise(weights, initial);
        }
        dense.initialise(weights, initial);
        classifier.initialise(weights, initial);
    }

    @Override
    public Weights weights() {
        return weights;
    }

    @Override
    public Tensor forward(Pass pass, Map<String, Tensor> inputs) {
        Tensor ids = Objects.requireNonNull(inputs.get(IDS));
        TextShape texts = TextShape.of(Objects.requireNonNull(inputs.get(MASK)));
        Tensor x = dropout.forward(pass, embedding.forward(pass, ids.t().contiguous())); // (time, rows, width)
        Tensor states = recurrent.forward(pass, x, texts.turned()).transpose(0, 1); // (rows, time, outputs)
        Tensor stands = texts.stands();
        Tensor pooled = shape.attention()
                ? attention.forward(pass, states, stands)
                : torch.max(states.masked_fill(stands.logical_not(), new Scalar(LEAST)), 1)
                        .get0();
        Tensor hidden = torch.relu(dense.forward(pass, pooled));
        return classifier.forward(pass, dropout.forward(pass, hidden));
    }

    @Override
    public ModelProto onnx() {
        OnnxGraph graph = new OnnxGraph("recurrent-classifier");
        String ids = graph.input(IDS, ElementType.INT64, "batch", "sequence");
        String mask = graph.input(MASK, ElementType.INT64, "batch", "sequence");
        String x = embedding.onnx(graph, weights, ids);
        String states = recurrent.onnx(graph, weights, x, TextShape.lengths(graph, mask));
        String stands = TextShape.stands(graph, mask);
        String pooled;
        if (shape.attention()) {
            pooled = attention.onnx(graph, weights, states, stands);
        } else {
            String least = graph.floats("pool.least", new long[] {}, new float[] {LEAST});
            pooled = graph.node(
                    "ReduceMax",
                    List.of(graph.node("Where", List.of(stands, states, least))),
                    attribute("axes", List.of(1L)),
                    attribute("keepdims", 0));
        }
        String hidden = graph.node("Relu", List.of(dense.onnx(graph, weights, pooled)));
        OnnxOutputs.declare(
                graph, classifier.onnx(graph, weights, hidden), shape.labels().size());
        return graph.toModel();
    }

    @Override
    public Map<String, Object> config() {
        Map<String, Object> tree = new LinkedHashMap<>();
        String kind = shape.kind().name().toLowerCase(Locale.ROOT);
        tree.put("architectures", List.of("RecurrentForSequenceClassification"));
        tree.put("model_type", kind);
        tree.put("vocab_size", shape.ids());
        tree.put("embedding_size", shape.embeddingSize());
        tree.put("hidden_size", shape.hidden());
        tree.put("num_hidden_layers", 1);
        tree.put("bidirectional", shape.bidirectional());
        tree.put("pooling", shape.attention() ? "attention" : "max");
        tree.put("classifier_hidden_size", shape.denseSize());
        tree.put("hidden_act", "relu");
        tree.put("hidden_dropout_prob", shape.dropout());
        tree.putAll(TextConfig.common(shape.maxLength(), shape.labels()));
        return tree;
    }
}
