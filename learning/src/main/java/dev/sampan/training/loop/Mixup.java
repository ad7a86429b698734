package dev.sampan.training.loop;

import dev.sampan.data.NamedTensors;
import dev.sampan.data.NamedTensors.Floats;
import dev.sampan.data.NamedTensors.Longs;
import dev.sampan.data.NamedTensors.Values;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/// Each row of a batch mixed with another of it: x ← (1 − s) x + s x', and the loss likewise, with s out of Beta(α, α)
/// (Zhang et al. 2018, mixup: Beyond Empirical Risk Minimization, section 2).
final class Mixup {
    private Mixup() {}

    /// @throws ProblemException `training.mixup` when an input is not of numbers
    static Batch of(Batch batch, double alpha, SplittableRandom random) {
        int rows = batch.rows();
        if (alpha == 0 || rows < 2) {
            return batch;
        }
        double share = beta(alpha, random);
        int turn = random.nextInt(1, rows); // rows came shuffled: a turn pairs them at random
        Map<String, Values> mixed = new LinkedHashMap<>();
        batch.inputs().tensors().forEach((name, values) -> mixed.put(name, mixed(name, values, rows, turn, share)));
        return new Batch(
                new NamedTensors(rows, mixed),
                batch.targets(),
                new Batch.Mixed(turned(batch.targets(), rows, turn), share));
    }

    private static Values mixed(String name, Values values, int rows, int turn, double share) {
        if (!(values instanceof Floats(float[] own, long[] shape))) {
            throw new ProblemException(
                    Problem.of("training.mixup", "The input " + name + " is of tokens or categories, which do not mix")
                            .at("train.mixup_alpha")
                            .remedy("Leave train.mixup_alpha out"));
        }
        float[] sum = new float[own.length];
        int width = own.length / rows;
        for (int i = 0; i < own.length; i++) {
            int other = (i / width + turn) % rows * width + i % width;
            sum[i] = (float) ((1 - share) * own[i] + share * own[other]);
        }
        return new Floats(sum, shape);
    }

    private static Values turned(Values values, int rows, int turn) {
        return switch (values) {
            case Floats(float[] own, long[] shape) -> {
                float[] turned = new float[own.length];
                int start = own.length / rows * turn;
                System.arraycopy(own, start, turned, 0, own.length - start);
                System.arraycopy(own, 0, turned, own.length - start, start);
                yield new Floats(turned, shape);
            }
            case Longs(long[] own, long[] shape) -> {
                long[] turned = new long[own.length];
                int start = own.length / rows * turn;
                System.arraycopy(own, start, turned, 0, own.length - start);
                System.arraycopy(own, 0, turned, own.length - start, start);
                yield new Longs(turned, shape);
            }
        };
    }

    private static double beta(double alpha, SplittableRandom random) {
        double one = gamma(alpha, random);
        double two = gamma(alpha, random);
        return one + two > 0 ? one / (one + two) : 0.5;
    }

    /// Marsaglia and Tsang 2000, A Simple Method for Generating Gamma Variables; below 1 with its section 6.
    private static double gamma(double shape, SplittableRandom random) {
        if (shape < 1) {
            return gamma(shape + 1, random) * Math.pow(1 - random.nextDouble(), 1 / shape);
        }
        double d = shape - 1.0 / 3;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double x = random.nextGaussian();
            double v = Math.pow(1 + c * x, 3);
            if (v > 0 && Math.log(1 - random.nextDouble()) < x * x / 2 + d - d * v + d * Math.log(v)) {
                return d * v;
            }
        }
    }
}
