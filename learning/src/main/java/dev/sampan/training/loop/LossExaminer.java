package dev.sampan.training.loop;

import dev.sampan.compute.Pass;
import dev.sampan.network.Objective;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/// The objective's own mean, for whatever has no metric of its own.
public record LossExaminer(Objective objective) implements Examiner {
    @Override
    public Tally begin() {
        return new Sum(objective);
    }

    private static final class Sum implements Tally {
        private final Objective objective;
        private double loss;
        private double weight;

        private Sum(Objective objective) {
            this.objective = objective;
        }

        @Override
        public void add(Pass pass, Tensor outputs, Batch batch) {
            Tensor targets = Batch.tensor(batch.targets());
            loss += objective.loss(pass, outputs, targets).item_double();
            weight += objective.weight(targets);
        }

        @Override
        public void add(Tally other) {
            loss += ((Sum) other).loss;
            weight += ((Sum) other).weight;
        }

        @Override
        public Map<String, Double> figures() {
            return Map.of("loss", loss / weight);
        }
    }
}
