package dev.sampan.data;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Objects;

/// A number, as the score of its rank: u = share of the training rows below it, score = c · ln(u / (1 − u))
/// with c = √3/π, which has mean 0 and deviation 1 whatever the column's distribution is. The way back reads u
/// off the quantiles, so that a column's own distribution comes back whole and a generator has to learn only
/// what columns have to do with each other. Where a column may be missing, shares of the choices *there* and
/// *missing* stand behind the score.
///
/// Numbers of few decimals are spread evenly over their rounding interval before they are ranked, so that a
/// critic cannot tell a real number by its place on a grid.
///
/// @param quantiles at the shares 0, 1/(n−1), … 1; ascending, at least two
/// @param decimals that training rows write; −1 for more than six, which are told to six figures
/// @param gaps whether training rows miss it
public record NumberSample(String name, double[] quantiles, int decimals, boolean gaps) implements SampleColumn {
    private static final double SPREAD = Math.sqrt(3) / Math.PI;
    /// Shares nearer to 0 or 1 are all one score.
    private static final double EDGE = 5e-4;

    private static final MathContext SIX_FIGURES = new MathContext(6, RoundingMode.HALF_EVEN);

    public NumberSample {
        quantiles = quantiles.clone();
        for (int i = 0; i < quantiles.length; i++) {
            if (quantiles.length < 2 || !Double.isFinite(quantiles[i]) || i > 0 && quantiles[i] < quantiles[i - 1]) {
                throw new IllegalArgumentException("quantiles " + Arrays.toString(quantiles));
            }
        }
        if (decimals < -1 || decimals > 6) {
            throw new IllegalArgumentException("decimals " + decimals);
        }
    }

    @Override
    public int width() {
        return gaps ? 3 : 1;
    }

    @Override
    public int choices() {
        return gaps ? 2 : 0;
    }

    /// Half of the interval that is rounded to one number.
    static double half(int decimals) {
        return decimals < 0 ? 0 : 0.5 * Math.pow(10, -decimals);
    }

    /// @param chance 0 to 1: where in its rounding interval, or among equal numbers, the number is taken to be
    public float score(double number, double chance) {
        double x = number + (2 * chance - 1) * half(decimals);
        double share = Math.clamp(share(x, chance), EDGE, 1 - EDGE);
        return (float) (SPREAD * Math.log(share / (1 - share)));
    }

    private double share(double x, double chance) {
        int last = quantiles.length - 1;
        if (x < quantiles[0] || x > quantiles[last]) {
            return x < quantiles[0] ? 0 : 1;
        }
        int found = Arrays.binarySearch(quantiles, x);
        if (found < 0) {
            int above = -found - 1;
            double step = (x - quantiles[above - 1]) / (quantiles[above] - quantiles[above - 1]);
            return (above - 1 + step) / last;
        }
        int first = found;
        int end = found;
        while (first > 0 && quantiles[first - 1] == x) {
            first--;
        }
        while (end < last && quantiles[end + 1] == x) {
            end++;
        }
        return (first + chance * (end - first)) / last;
    }

    @Override
    public String decode(float[] values, int at) {
        if (gaps && values[at + 2] > values[at + 1]) {
            return "";
        }
        int last = quantiles.length - 1;
        double place = last / (1 + Math.exp(-values[at] / SPREAD));
        int below = Math.clamp((int) place, 0, last - 1);
        double x = quantiles[below] + (place - below) * (quantiles[below + 1] - quantiles[below]);
        double shrunk = Math.clamp(x, quantiles[0] + half(decimals), quantiles[last] - half(decimals));
        BigDecimal number = decimals < 0
                ? new BigDecimal(shrunk).round(SIX_FIGURES)
                : new BigDecimal(shrunk).setScale(decimals, RoundingMode.HALF_EVEN);
        return number.signum() == 0 ? "0" : number.toPlainString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NumberSample(String name, double[] values, int digits, boolean missing)
                && this.name.equals(name)
                && Arrays.equals(quantiles, values)
                && decimals == digits
                && gaps == missing;
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, Arrays.hashCode(quantiles), decimals, gaps);
    }
}
