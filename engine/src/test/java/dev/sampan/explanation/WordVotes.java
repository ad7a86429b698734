package dev.sampan.explanation;

import dev.sampan.data.Target;
import dev.sampan.runtime.Prediction;
import dev.sampan.runtime.Runtime;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/// A bag-of-words model whose weights are known: the probability of `yes` is a function of the words of the text.
final class WordVotes implements Runtime {
    private final ToDoubleFunction<List<String>> probability;
    final Set<String> asked = new HashSet<>();
    int calls;

    WordVotes(ToDoubleFunction<List<String>> probability) {
        this.probability = probability;
    }

    /// The probability is a plane: 0.5 plus the votes of the words.
    static WordVotes linear(Map<String, Double> votes) {
        return new WordVotes(words -> 0.5
                + words.stream()
                        .mapToDouble(word -> votes.getOrDefault(word, 0.0))
                        .sum());
    }

    /// Logistic regression on words.
    static WordVotes logistic(Map<String, Double> votes) {
        return new WordVotes(words -> 1
                / (1
                        + Math.exp(-words.stream()
                                .mapToDouble(word -> votes.getOrDefault(word, 0.0))
                                .sum())));
    }

    @Override
    public Target target() {
        return new Target.Categories(List.of("no", "yes"));
    }

    @Override
    public List<String> inputs() {
        return List.of("question");
    }

    @Override
    public Map<String, String> example() {
        return Map.of("question", "");
    }

    @Override
    public List<Prediction> predict(List<Map<String, String>> inputs) {
        return inputs.stream().map(this::answer).toList();
    }

    private Prediction answer(Map<String, String> input) {
        String text = input.getOrDefault("question", "").strip();
        calls++;
        asked.add(text);
        float yes = (float) probability.applyAsDouble(text.isEmpty() ? List.of() : List.of(text.split("\\s+")));
        return new Prediction.Category(yes >= 0.5 ? "yes" : "no", Math.max(yes, 1 - yes), new float[] {1 - yes, yes});
    }

    @Override
    public void close() {}
}
