package dev.sampan.runtime.internal;

import dev.sampan.data.Target;
import dev.sampan.model.DecisionThreshold;
import dev.sampan.runtime.Prediction;
import dev.sampan.runtime.Runtime;
import java.util.List;
import java.util.Map;

/// A model whose categories a threshold decides.
public record Decided(Runtime model, DecisionThreshold threshold) implements Runtime {
    @Override
    public Target target() {
        return model.target();
    }

    @Override
    public List<String> inputs() {
        return model.inputs();
    }

    @Override
    public List<String> optionalInputs() {
        return model.optionalInputs();
    }

    @Override
    public Map<String, String> example() {
        return model.example();
    }

    @Override
    public List<Prediction> predict(List<Map<String, String>> inputs) {
        List<String> labels = labels();
        return model.predict(inputs).stream()
                .<Prediction>map(answer -> answer.category().decided(threshold, labels))
                .toList();
    }

    @Override
    public void close() {
        model.close();
    }
}
