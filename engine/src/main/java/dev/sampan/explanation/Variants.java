package dev.sampan.explanation;

import dev.sampan.kernel.Progress;
import dev.sampan.runtime.Prediction;
import dev.sampan.runtime.Runtime;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;

/// The model's probability of one label for variants of one input. Each variant is asked once, however often it is
/// wanted, and many at a time.
final class Variants {
    private static final int BATCH = 64;

    private final Runtime runtime;
    private final Parts parts;
    private final Progress progress;
    private final Map<BitSet, Double> known = new HashMap<>();
    private final int label;

    Variants(Runtime runtime, Parts parts, Progress progress) {
        this.runtime = runtime;
        this.parts = parts;
        this.progress = progress;
        BitSet all = all();
        Prediction.Category whole = runtime.predict(List.of(parts.input(all, runtime.inputs())))
                .getFirst()
                .category();
        this.label = runtime.labels().indexOf(whole.label());
        known.put(all, probability(whole));
    }

    int units() {
        return parts.units();
    }

    /// The label that is explained.
    String label() {
        return runtime.labels().get(label);
    }

    /// All units kept.
    BitSet all() {
        BitSet all = new BitSet(parts.units());
        all.set(0, parts.units());
        return all;
    }

    /// The label's probability for the whole input.
    double whole() {
        return of(all());
    }

    double of(BitSet kept) {
        ask(List.of(kept));
        return Objects.requireNonNull(known.get(kept));
    }

    /// Makes the probabilities of these variants known.
    void ask(Collection<BitSet> variants) {
        List<BitSet> unknown = new ArrayList<>(new LinkedHashSet<>(variants));
        unknown.removeIf(known::containsKey);
        for (int from = 0; from < unknown.size(); from += BATCH) {
            if (progress.cancelled()) {
                throw new CancellationException("the explanation was cancelled");
            }
            List<BitSet> batch = unknown.subList(from, Math.min(from + BATCH, unknown.size()));
            List<Prediction> answers = runtime.predict(batch.stream()
                    .map(kept -> parts.input(kept, runtime.inputs()))
                    .toList());
            for (int i = 0; i < answers.size(); i++) {
                known.put(batch.get(i), probability(answers.get(i).category()));
            }
            progress.at("explain", known.size(), 0, "");
        }
    }

    private double probability(Prediction.Category prediction) {
        double probability = prediction.scores()[label];
        if (!Double.isFinite(probability)) {
            throw new IllegalStateException("the model answered the probability " + probability);
        }
        return probability;
    }
}
