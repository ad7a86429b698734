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
import dev.sampan.network.layers.Recurrent;
import dev.sampan.network.layers.TextShape;
import dev.sampan.network.objectives.Crf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// Embeddings of several streams of ids beside each other → dropout → bidirectional LSTM → dropout → scores of tags for
/// each token (Huang, Xu and Yu 2015, Bidirectional LSTM-CRF models for sequence tagging; the pairs of characters as in
/// Zhang and Yang 2018, Chinese NER using lattice LSTM, section 3.1.1).
public final class Tagger implements Network {
    private static final String MASK = "attention_mask";
    private static final double EMBEDDING_DEVIATION = 0.3;

    private final Shape shape;
    private final List<Embedding> embeddings = new ArrayList<>();
    private final Dropout dropout;
    private final Recurrent lstm;
    private final Dense classifier;
    private final Weights weights;

    /// One stream of ids, (rows, time), padding 0 and unknown 1.
    ///
    /// @param input name of the graph's input
    /// @param ids how many there are, padding and unknown among them
    public record Stream(String input, int ids, int width) {}

    /// @param streams at least one
    /// @param unread inputs that the graph declares and does not read
    /// @param hidden LSTM units in each direction
    /// @param tags in the order of the outputs
    /// @param crf whether scores between tags are learnt too
    /// @param maxLength tokens read at once
    public record Shape(
            List<Stream> streams,
            List<String> unread,
            int hidden,
            double dropout,
            List<String> tags,
            boolean crf,
            int maxLength) {
        public Shape {
            streams = List.copyOf(streams);
            unread = List.copyOf(unread);
            tags = List.copyOf(tags);
        }
    }

    /// With random weights.
    public Tagger(Shape shape, long seed) {
        this.shape = shape;
        dropout = new Dropout(shape.dropout());
        int width = 0;
        for (Stream stream : shape.streams()) {
            embeddings.add(new Embedding("embedding." + stream.input(), stream.ids(), stream.width()));
            width += stream.width();
        }
        lstm = new Recurrent("lstm", Recurrent.Kind.LSTM, width, shape.hidden(), true);
        classifier = new Dense("classifier", lstm.outputs(), shape.tags().size());
        Weights.Layout layout = new Weights.Layout();
        embeddings.forEach(embedding -> embedding.declare(layout));
        lstm.declare(layout);
        classifier.declare(layout);
        if (shape.crf()) {
            long states = shape.tags().size() + 2L;
            layout.add(Crf.TRANSITIONS, states, states); // all zero: no way is dearer than another
        }
        weights = layout.allocate();
        Initial initial = new Initial(seed);
        embeddings.forEach(embedding -> embedding.initialise(weights, initial, EMBEDDING_DEVIATION));
        lstm.initialise(weights, initial);
        classifier.initialise(weights, initial);
    }

    @Override
    public Weights weights() {
        return weights;
    }

    /// What the random field learnt, (tags + 2, tags + 2); empty without one.
    public float[] transitions() {
        if (!shape.crf()) {
            return new float[0];
        }
        Weights.Slot slot = weights.slot(Crf.TRANSITIONS);
        return Arrays.copyOfRange(weights.values(), slot.offset(), slot.end());
    }

    @Override
    public Tensor forward(Pass pass, Map<String, Tensor> inputs) {
        TextShape texts = TextShape.of(Objects.requireNonNull(inputs.get(MASK)));
        TensorVector vectors = new TensorVector();
        for (int i = 0; i < embeddings.size(); i++) {
            Tensor ids =
                    Objects.requireNonNull(inputs.get(shape.streams().get(i).input()));
            vectors.push_back(embeddings.get(i).forward(pass, ids.t().contiguous())); // (time, rows, width)
        }
        Tensor x = dropout.forward(pass, torch.cat(vectors, 2));
        Tensor states = lstm.forward(pass, x, texts.turned()).transpose(0, 1); // (rows, time, 2 · hidden)
        Tensor shown = states.mul(texts.stands().to(ScalarType.Float)); // zero behind a text's end, as in the graph
        return classifier.forward(pass, dropout.forward(pass, shown)); // (rows, time, tags)
    }

    @Override
    public ModelProto onnx() {
        OnnxGraph graph = new OnnxGraph("tagger");
        List<String> vectors = new ArrayList<>();
        for (int i = 0; i < embeddings.size(); i++) {
            String ids = graph.input(shape.streams().get(i).input(), ElementType.INT64, "batch", "sequence");
            vectors.add(embeddings.get(i).onnx(graph, weights, ids));
        }
        String mask = graph.input(MASK, ElementType.INT64, "batch", "sequence");
        shape.unread().forEach(name -> graph.input(name, ElementType.INT64, "batch", "sequence"));
        String x = graph.node("Concat", vectors, attribute("axis", 2));
        String states = lstm.onnx(graph, weights, x, TextShape.lengths(graph, mask));
        String scores = classifier.onnxEach(graph, weights, states);
        graph.node("Identity", List.of(scores), List.of("logits"));
        graph.output(
                "logits",
                ElementType.FLOAT,
                "batch",
                "sequence",
                Integer.toString(shape.tags().size()));
        return graph.toModel();
    }

    @Override
    public Map<String, Object> config() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put(
                "architectures",
                List.of(shape.crf() ? "BiLstmCrfForTokenClassification" : "BiLstmForTokenClassification"));
        tree.put("model_type", "bilstm_crf");
        tree.put("crf", shape.crf());
        shape.streams().forEach(stream -> {
            tree.put(stream.input() + "_vocab_size", stream.ids());
            tree.put(stream.input() + "_embedding_size", stream.width());
        });
        tree.put("hidden_size", shape.hidden());
        tree.put("num_hidden_layers", 1);
        tree.put("bidirectional", true);
        tree.put("hidden_dropout_prob", shape.dropout());
        tree.put("max_position_embeddings", shape.maxLength());
        tree.put("dtype", "float32");
        tree.put("batch_independent", true);
        tree.putAll(BiLstmConfig.labelTree(shape.tags()));
        return tree;
    }
}
