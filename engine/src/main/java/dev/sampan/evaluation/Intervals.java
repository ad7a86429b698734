package dev.sampan.evaluation;

import dev.sampan.evaluation.Report.Figure;

/// Confidence intervals, all by one road and without chance.
///
/// Every metric is a function of the observed distribution of (truth, answer, scores). Its variance is the mean
/// squared influence of one row, divided by the rows: the delta method, or infinitesimal jackknife (Efron,
/// "Nonparametric estimates of standard error", 1981). For the macro F1 that is the interval of Takahashi et
/// al. ("Confidence interval for micro-averaged F1 and macro-averaged F1 scores", 2022), for the AUC that of
/// DeLong et al. (1988).
///
/// Metrics between 0 and 1 then take Wilson's interval with the effective sample size p(1−p)/variance (Korn and
/// Graubard, "Confidence intervals for proportions with small expected number of positive counts", 1998), which
/// never leaves [0, 1], holds the value, and for accuracy, precision and recall is Wilson's interval itself.
final class Intervals {
    private final double z;

    /// @param confidence level, 0.5 to 0.999
    Intervals(double confidence) {
        this.z = normalQuantile(0.5 + confidence / 2);
    }

    /// A metric between 0 and 1.
    ///
    /// @param variance of the estimate
    /// @param rows what the metric was computed over; also the effective size where the value is 0 or 1, where
    ///     the influence vanishes and would promise certainty
    Figure share(double sum, double variance, long rows) {
        double value = Math.clamp(sum, 0, 1); // the last bit of a mean of ones may be one too many
        if (rows == 0) {
            return new Figure(value, 0, 1, 0);
        }
        boolean atTheEdge = value <= 0 || value >= 1;
        if (variance <= 0 && !atTheEdge) {
            return new Figure(value, value, value, rows);
        }
        double size = atTheEdge ? rows : value * (1 - value) / variance;
        double zz = z * z / size;
        double middle = (value + zz / 2) / (1 + zz);
        double half = z / (1 + zz) * Math.sqrt(value * (1 - value) / size + zz / (4 * size));
        double low = Math.clamp(middle - half, 0, value);
        double high = Math.clamp(middle + half, value, 1);
        return new Figure(value, low, high, rows);
    }

    /// A mean that has no upper end, by the central limit theorem; never below 0.
    Figure mean(double value, double variance, long rows) {
        double half = z * Math.sqrt(variance);
        return new Figure(value, Math.max(0, value - half), value + half, rows);
    }

    /// A metric with no lower end either, such as R².
    Figure real(double value, double variance, long rows) {
        double half = z * Math.sqrt(Math.max(0, variance));
        return new Figure(value, value - half, value + half, rows);
    }

    /// A correlation, −1 to 1: symmetric in Fisher's z = artanh(r), whose derivative is 1/(1−r²), so that the
    /// interval stays within.
    Figure correlation(double value, double variance, long rows) {
        double slope = 1 - value * value;
        if (slope <= 0) { // no spread is left to judge by: as sure as a share of that many rows
            Figure edge = share((1 + value) / 2, 0, rows);
            return new Figure(value, 2 * edge.low() - 1, 2 * edge.high() - 1, rows);
        }
        double middle = 0.5 * Math.log((1 + value) / (1 - value));
        double half = z * Math.sqrt(variance) / slope;
        return new Figure(value, Math.tanh(middle - half), Math.tanh(middle + half), rows);
    }

    /// The x with Φ(x) = p for p from 0.5 on, by bisection.
    static double normalQuantile(double p) {
        double low = 0;
        double high = 8;
        while (high - low > 1e-13) {
            double x = (low + high) / 2;
            if (normalShare(x) < p) {
                low = x;
            } else {
                high = x;
            }
        }
        return (low + high) / 2;
    }

    /// Φ(x) = 1/2 + φ(x)·(x + x³/3 + x⁵/15 + x⁷/105 + …) (Marsaglia, "Evaluating the normal distribution",
    /// 2004).
    private static double normalShare(double x) {
        double term = x;
        double sum = x;
        for (int i = 3; term > 1e-17; i += 2) {
            term *= x * x / i;
            sum += term;
        }
        return 0.5 + sum * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
    }
}
