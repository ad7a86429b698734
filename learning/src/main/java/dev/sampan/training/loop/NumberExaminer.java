package dev.sampan.training.loop;

import dev.sampan.compute.Pass;
import dev.sampan.compute.Tensors;
import dev.sampan.data.NamedTensors.Floats;
import dev.sampan.network.Objective;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/// Of numbers: the objective's mean, mean absolute error, root of the mean square, and R² (the share of the variance
/// that is explained). Outputs and targets have as many elements.
public record NumberExaminer(Objective objective) implements Examiner {
    @Override
    public Tally begin() {
        return new Errors(new LossExaminer(objective).begin());
    }

    private static final class Errors implements Tally {
        private final Tally loss;
        private double absolute;
        private double squared;
        private double sum;
        private double sumOfSquares;
        private long count;

        private Errors(Tally loss) {
            this.loss = loss;
        }

        @Override
        public void add(Pass pass, Tensor outputs, Batch batch) {
            loss.add(pass, outputs, batch);
            float[] answers = Tensors.floats(outputs);
            float[] truths = ((Floats) batch.targets()).values();
            for (int i = 0; i < truths.length; i++) {
                double error = answers[i] - (double) truths[i];
                absolute += Math.abs(error);
                squared += error * error;
                sum += truths[i];
                sumOfSquares += (double) truths[i] * truths[i];
            }
            count += truths.length;
        }

        @Override
        public void add(Tally tally) {
            Errors other = (Errors) tally;
            loss.add(other.loss);
            absolute += other.absolute;
            squared += other.squared;
            sum += other.sum;
            sumOfSquares += other.sumOfSquares;
            count += other.count;
        }

        @Override
        public Map<String, Double> figures() {
            Map<String, Double> figures = new LinkedHashMap<>(loss.figures());
            figures.put("mae", absolute / count);
            figures.put("rmse", Math.sqrt(squared / count));
            double variance = sumOfSquares - sum * sum / count;
            if (variance > 0) {
                figures.put("r2", 1 - squared / variance);
            }
            return figures;
        }
    }
}
