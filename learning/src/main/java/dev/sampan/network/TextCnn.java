package dev.sampan.network;

import static dev.sampan.model.onnx.Attributes.attribute;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.sampan.compute.Pass;
import dev.sampan.compute.Weights;
import dev.sampan.model.onnx.ElementType;
import dev.sampan.model.onnx.OnnxGraph;
import dev.sampan.network.layers.Dense;
import dev.sampan.network.layers.Dropout;
import dev.sampan.network.layers.Embedding;
import dev.sampan.network.layers.Initial;
import dev.sampan.network.layers.TextFilters;
import dev.sampan.network.layers.TextShape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// Embedding → filters of several widths → relu → maximum over time → dropout → Dense → softmax (Kim 2014,
/// Convolutional neural networks for sentence classification), the embedding learnt too.
public final class TextCnn implements Network {
    private static final String IDS = "input_ids";
    private static final String MASK = "attention_mask";
    private static final double EMBEDDING_DEVIATION = 0.3;

    private final Shape shape;
    private final Embedding embedding;
    private final Dropout dropout;
    private final List<TextFilters> filters = new ArrayList<>();
    private final Dense classifier;
    private final Weights weights;

    /// @param ids token ids, padding (0) and unknown (1) among them
    /// @param widths tokens that a filter sees at once
    /// @param filters of each width
    /// @param maxLength tokens read of one text
    public record Shape(
            int ids,
            int embeddingSize,
            List<Integer> widths,
            int filters,
            double dropout,
            int maxLength,
            List<String> labels) {
        public Shape {
            widths = List.copyOf(widths);
            labels = List.copyOf(labels);
        }
    }

    /// With random weights.
    public TextCnn(Shape shape, long seed) {
        this.shape = shape;
        embedding = new Embedding("embedding", shape.ids(), shape.embeddingSize());
        dropout = new Dropout(shape.dropout());
        for (int i = 0; i < shape.widths().size(); i++) {
            filters.add(new TextFilters(
                    "convs." + i, shape.embeddingSize(), shape.widths().get(i), shape.filters()));
        }
        classifier = new Dense(
                "classifier",
                shape.widths().size() * shape.filters(),
                shape.labels().size());
        Weights.Layout layout = new Weights.Layout();
        embedding.declare(layout);
        filters.forEach(each -> each.declare(layout));
        classifier.declare(layout);
        weights = layout.allocate();
        Initial initial = new Initial(seed);
        embedding.initialise(weights, initial, EMBEDDING_DEVIATION);
        filters.forEach(each -> each.initialise(weights, initial));
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
        Tensor x = dropout.forward(pass, embedding.forward(pass, ids)); // (rows, time, width)
        Tensor stands = texts.stands();
        TensorVector pooled = new TensorVector();
        filters.forEach(each -> pooled.push_back(each.forward(pass, x, stands)));
        return classifier.forward(pass, dropout.forward(pass, torch.cat(pooled, 1)));
    }

    @Override
    public ModelProto onnx() {
        OnnxGraph graph = new OnnxGraph("textcnn");
        String ids = graph.input(IDS, ElementType.INT64, "batch", "sequence");
        String mask = graph.input(MASK, ElementType.INT64, "batch", "sequence");
        String x = embedding.onnx(graph, weights, ids);
        String stands = TextShape.stands(graph, mask);
        List<String> pooled = filters.stream()
                .map(each -> each.onnx(graph, weights, x, stands))
                .toList();
        String all = graph.node("Concat", pooled, attribute("axis", 1));
        OnnxOutputs.declare(
                graph, classifier.onnx(graph, weights, all), shape.labels().size());
        return graph.toModel();
    }

    @Override
    public Map<String, Object> config() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("architectures", List.of("TextCnnForSequenceClassification"));
        tree.put("model_type", "textcnn");
        tree.put("vocab_size", shape.ids());
        tree.put("embedding_size", shape.embeddingSize());
        tree.put("kernel_sizes", shape.widths());
        tree.put("num_filters", shape.filters());
        tree.put("hidden_dropout_prob", shape.dropout());
        tree.putAll(TextConfig.common(shape.maxLength(), shape.labels()));
        return tree;
    }
}
