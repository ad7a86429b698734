package dev.sampan.training.loop;

import dev.sampan.compute.Pass;
import dev.sampan.compute.Tensors;
import dev.sampan.data.NamedTensors.Longs;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/// Of classifiers: cross-entropy, accuracy and F1. Outputs (rows, labels), targets (rows) of class numbers.
public record ClassExaminer(int labels) implements Examiner {
    @Override
    public Tally begin() {
        return new Counted(new Scores.Counter(labels));
    }

    private record Counted(Scores.Counter counter) implements Tally {
        @Override
        public void add(Pass pass, Tensor outputs, Batch batch) {
            Longs targets = (Longs) batch.targets();
            int[] truth = new int[targets.values().length];
            for (int i = 0; i < truth.length; i++) {
                truth[i] = Math.toIntExact(targets.values()[i]);
            }
            counter.add(Tensors.floats(outputs), truth);
        }

        @Override
        public void add(Tally other) {
            counter.add(((Counted) other).counter);
        }

        @Override
        public Map<String, Double> figures() {
            Scores scores = counter.scores();
            Map<String, Double> figures = new LinkedHashMap<>();
            figures.put("loss", scores.loss());
            figures.put("f1_macro", scores.f1Macro());
            figures.put("accuracy", scores.accuracy());
            return figures;
        }
    }
}
