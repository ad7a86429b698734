package dev.sampan.network.families;

import static dev.sampan.model.onnx.Attributes.attribute;

import dev.sampan.compute.Pass;
import dev.sampan.compute.Tensors;
import dev.sampan.compute.Weights;
import dev.sampan.model.onnx.ElementType;
import dev.sampan.model.onnx.OnnxGraph;
import dev.sampan.network.layers.Constants;
import dev.sampan.network.layers.Dropout;
import dev.sampan.network.layers.Linear;
import dev.sampan.network.layers.Lookup;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// What stands on a decoder's states: nothing, the words again, an answer for the text from its last token, an
/// answer for each token.
sealed interface Head {
    /// Name of the words when they are not tied.
    String WORDS = "lm_head.weight";

    /// @param tied whether the words are those of the first layer
    /// @param dropout before answers for each token
    static Head of(Task task, ConfigFile config, Lookup words, boolean tied, Dropout dropout) {
        return switch (task) {
            case ENCODE -> new None();
            case CAUSAL_LANGUAGE -> new Words(words, tied, config.number("final_logit_softcapping", 0));
            case CLASSIFY -> {
                int padding = Settings.padding(config, words.rows(), Lookup.NONE);
                yield new Text(Linear.of("score", words.width(), Settings.labels(config), false), padding);
            }
            case TAG -> {
                String name = words.name().equals("transformer.wte") ? "classifier" : "score";
                yield new Tokens(Linear.of(name, words.width(), Settings.labels(config), true), dropout);
            }
            case MASKED_LANGUAGE, SEQUENCE_TO_SEQUENCE ->
                throw new IllegalArgumentException(task + " on a decoder alone");
        };
    }

    void declare(Weights.Layout layout);

    /// @param x (rows, time, hidden)
    void answer(Pass pass, Tensor x, Tensor ids, Map<String, Tensor> outputs);

    /// The same as nodes of a graph, from and into the names of values.
    void onnx(OnnxGraph graph, Weights weights, String ids, Map<String, String> outputs);

    default Map<String, String> tied() {
        return Map.of();
    }

    /// Weights that a file without this head lacks.
    default List<String> names() {
        return List.of();
    }

    /// States alone.
    record None() implements Head {
        @Override
        public void declare(Weights.Layout layout) {}

        @Override
        public void answer(Pass pass, Tensor x, Tensor ids, Map<String, Tensor> outputs) {}

        @Override
        public void onnx(OnnxGraph graph, Weights weights, String ids, Map<String, String> outputs) {}
    }

    /// x wordsᵀ, bent to within ±cap where there is one.
    record Words(Lookup words, boolean isTied, double cap) implements Head {
        @Override
        public void declare(Weights.Layout layout) {
            if (!isTied) {
                layout.add(WORDS, words.rows(), words.width());
            }
        }

        @Override
        public void answer(Pass pass, Tensor x, Tensor ids, Map<String, Tensor> outputs) {
            Tensor logits = torch.linear(x, pass.weight(isTied ? words.weight() : WORDS));
            if (cap != 0) {
                logits = torch.tanh(logits.div(new Scalar(cap))).mul(new Scalar(cap));
            }
            outputs.put(Outputs.LOGITS, logits);
        }

        @Override
        public void onnx(OnnxGraph graph, Weights weights, String ids, Map<String, String> outputs) {
            String own = isTied ? words.weight() : Constants.of(graph, weights, WORDS);
            String logits = Graphs.timesTurned(graph, Inputs.named(outputs, Outputs.STATES), own);
            if (cap != 0) {
                String limit = Constants.scalar(graph, (float) cap);
                String bent = graph.node("Tanh", List.of(graph.node("Div", List.of(logits, limit))));
                logits = graph.node("Mul", List.of(bent, limit));
            }
            outputs.put(Outputs.LOGITS, logits);
        }

        @Override
        public Map<String, String> tied() {
            return isTied ? Map.of(WORDS, words.weight()) : Map.of();
        }
    }

    /// From the last token that is no padding.
    record Text(Linear score, int padding) implements Head {
        @Override
        public void declare(Weights.Layout layout) {
            score.declare(layout);
        }

        @Override
        public void answer(Pass pass, Tensor x, Tensor ids, Map<String, Tensor> outputs) {
            long rows = ids.size(0);
            if (padding < 0 && rows > 1) {
                throw new IllegalArgumentException("texts of a network without pad_token_id are read one at a time");
            }
            Tensor last = Tensors.longs(Inputs.last(ids, padding), rows, 1, 1).expand(rows, 1, x.size(2));
            outputs.put(Outputs.LOGITS, score.forward(pass, x.gather(1, last).squeeze(1)));
        }

        @Override
        public void onnx(OnnxGraph graph, Weights weights, String ids, Map<String, String> outputs) {
            String x = Inputs.named(outputs, Outputs.STATES);
            String last = padding < 0
                    ? graph.node("Gather", List.of(x, Constants.whole(graph, -1)), attribute("axis", 1))
                    : graph.node("GatherND", List.of(x, lastToken(graph, ids)), attribute("batch_dims", 1));
            outputs.put(Outputs.LOGITS, score.onnx(graph, weights, last));
        }

        /// (rows, 1)
        private String lastToken(OnnxGraph graph, String ids) {
            String pads = graph.node("Equal", List.of(ids, Constants.whole(graph, padding)));
            String tokens = graph.node(
                    "Cast", List.of(graph.node("Not", List.of(pads))), attribute("to", ElementType.INT64.code()));
            String places = graph.node("Mul", List.of(tokens, Graphs.places(graph, ids)));
            return graph.node("ReduceMax", List.of(places), attribute("axes", List.of(1L)), attribute("keepdims", 1));
        }

        @Override
        public List<String> names() {
            return List.of(score.weight());
        }
    }

    /// From each token.
    record Tokens(Linear score, Dropout dropout) implements Head {
        @Override
        public void declare(Weights.Layout layout) {
            score.declare(layout);
        }

        @Override
        public void answer(Pass pass, Tensor x, Tensor ids, Map<String, Tensor> outputs) {
            outputs.put(Outputs.LOGITS, score.forward(pass, dropout.forward(pass, x)));
        }

        @Override
        public void onnx(OnnxGraph graph, Weights weights, String ids, Map<String, String> outputs) {
            outputs.put(Outputs.LOGITS, score.onnx(graph, weights, Inputs.named(outputs, Outputs.STATES)));
        }

        @Override
        public List<String> names() {
            return List.of(score.weight(), score.name() + ".bias");
        }
    }
}
