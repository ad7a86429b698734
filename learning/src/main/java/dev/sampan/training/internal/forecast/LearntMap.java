package dev.sampan.training.internal.forecast;

import dev.sampan.compute.Scope;
import dev.sampan.compute.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// A map learnt from all windows of all series by ridge regression, on differences from the newest value in units of
/// the
/// window's mean change, so that series of different height and size teach one map (NLinear, Zeng et al. 2023).
final class LearntMap {
    private static final int WINDOWS_MAX = 200_000;

    private LearntMap() {}

    /// @param known for each series its values up to where it may be learnt from
    static LinearMap fit(List<double[]> known, int window, int steps, double lambda) {
        int windows = known.stream()
                .mapToInt(values -> Math.max(0, values.length - window - steps + 1))
                .sum();
        int stride = Math.max(1, Math.ceilDiv(windows, WINDOWS_MAX));
        int rows = 0;
        float[] x = new float[Math.multiplyExact(windows, window)];
        float[] y = new float[Math.multiplyExact(windows, steps)];
        for (double[] values : known) {
            for (int from = 0; from + window + steps <= values.length; from += stride) {
                double newest = values[from + window - 1];
                double scale = 0;
                for (int t = 1; t < window; t++) {
                    scale += Math.abs(values[from + t] - values[from + t - 1]) / (window - 1);
                }
                scale = scale == 0 ? 1 : scale;
                for (int t = 0; t < window; t++) {
                    x[rows * window + t] = (float) ((values[from + t] - newest) / scale);
                }
                for (int t = 0; t < steps; t++) {
                    y[rows * steps + t] = (float) ((values[from + window + t] - newest) / scale);
                }
                rows++;
            }
        }
        return differences(ridge(x, y, rows, window, steps, lambda), window, steps, lambda);
    }

    /// (XᵀX + λ n I)⁻¹ Xᵀy
    private static float[] ridge(float[] x, float[] y, int rows, int window, int steps, double lambda) {
        try (Scope _ = Scope.inference()) {
            Tensor left = Tensors.prefix(x, rows * window, rows, window).to(ScalarType.Double);
            Tensor right = Tensors.prefix(y, rows * steps, rows, steps).to(ScalarType.Double);
            Tensor square = left.t().matmul(left);
            Tensor penalty = torch.eye(window).to(ScalarType.Double).mul(new Scalar(lambda * Math.max(1, rows)));
            Tensor weights = torch.linalg_solve(square.add(penalty), left.t().matmul(right));
            return Tensors.floats(weights.to(ScalarType.Float));
        }
    }

    /// next = newest + (history − newest) · w is history · w with what is left of 1 on the newest value.
    private static LinearMap differences(float[] learnt, int window, int steps, double lambda) {
        double[] weights = new double[learnt.length];
        for (int step = 0; step < steps; step++) {
            double sum = 0;
            for (int place = 0; place < window; place++) {
                weights[place * steps + step] = learnt[place * steps + step];
                sum += learnt[place * steps + step];
            }
            weights[(window - 1) * steps + step] += 1 - sum;
        }
        return new LinearMap("linear(" + lambda + ")", window, steps, weights);
    }
}
