package dev.sampan.runtime.internal;

import dev.sampan.data.ColumnFeatures;
import dev.sampan.data.NamedTensors.Floats;
import dev.sampan.data.Target;
import dev.sampan.model.Trees;
import dev.sampan.runtime.Prediction;
import dev.sampan.runtime.Runtime;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Boosted trees walked in plain Java: nothing native, nothing to warm up, nothing to free. A call works on arrays of
/// its own, so any number of threads may walk at once.
public final class TreeWalker implements Runtime {
    private final Trees trees;
    private final ColumnFeatures features;
    private volatile boolean closed;

    public TreeWalker(Trees trees, ColumnFeatures features) {
        this.trees = trees;
        this.features = features;
    }

    @Override
    public Target target() {
        return features.target();
    }

    @Override
    public List<String> inputs() {
        return features.inputs();
    }

    @Override
    public Map<String, String> example() {
        return features.example();
    }

    @Override
    public List<Prediction> predict(List<Map<String, String>> inputs) {
        if (closed) {
            throw new IllegalStateException("the runtime is closed");
        }
        if (inputs.isEmpty()) {
            return List.of();
        }
        List<Map<String, String>> named = InputNames.named(features, inputs);
        Floats numbers =
                (Floats) Objects.requireNonNull(features.encode(named).tensors().get(ColumnFeatures.NUMBERS));
        return GraphAnswers.of(features, named, FloatBuffer.wrap(answers(numbers.values(), named.size())));
    }

    /// @param rows (rows, features)
    /// @return (rows, labels) probabilities, or (rows, 1) numbers
    float[] answers(float[] rows, int count) {
        int labels = features.labels().size();
        int width = Math.max(1, labels);
        float[] answers = new float[count * width];
        float[] scores = new float[trees.groups()];
        for (int row = 0; row < count; row++) {
            trees.score(rows, row * trees.features(), scores);
            if (labels == 0) {
                answers[row] = scores[0];
            } else if (labels == 2) {
                double yes = 1 / (1 + Math.exp(-scores[0]));
                answers[row * 2] = (float) (1 - yes);
                answers[row * 2 + 1] = (float) yes;
            } else {
                softmax(scores, answers, row * labels);
            }
        }
        return answers;
    }

    private static void softmax(float[] scores, float[] answers, int at) {
        float most = scores[0];
        for (float score : scores) {
            most = Math.max(most, score);
        }
        double sum = 0;
        for (float score : scores) {
            sum += Math.exp(score - most);
        }
        for (int i = 0; i < scores.length; i++) {
            answers[at + i] = (float) (Math.exp(scores[i] - most) / sum);
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
