package dev.sampan.search.internal;

import java.util.Arrays;
import java.util.SplittableRandom;

/// Density of a number between bounds: one Gaussian on each value seen, as wide as the distance to its farther
/// neighbour, and a wide one in the middle for what was not seen; all cut off at the bounds. Numbers that are drawn on
/// a logarithmic scale are looked at there.
final class Gaussians implements Density {
    /// How numbers stand on the line.
    enum Scale {
        PLAIN,
        LOG,
        WHOLE
    }

    private static final int NARROWEST = 100;

    private final Scale scale;
    private final double least;
    private final double greatest;
    private final double lower;
    private final double upper;
    private final double[] centres;
    private final double[] widths;

    Gaussians(Scale scale, double least, double greatest, double[] seen) {
        this.scale = scale;
        this.least = least;
        this.greatest = greatest;
        this.lower = scale == Scale.WHOLE ? least - 0.5 : onLine(least);
        this.upper = scale == Scale.WHOLE ? greatest + 0.5 : onLine(greatest);
        this.centres = new double[seen.length + 1];
        for (int i = 0; i < seen.length; i++) {
            centres[i] = onLine(seen[i]);
        }
        double middle = (lower + upper) / 2;
        centres[seen.length] = middle;
        Arrays.sort(centres);
        this.widths = widths(middle);
    }

    private double[] widths(double middle) {
        double range = upper - lower;
        double narrowest = range / Math.min(NARROWEST, centres.length + 1);
        double[] wide = new double[centres.length];
        boolean prior = false;
        for (int i = 0; i < centres.length; i++) {
            double left = centres[i] - (i == 0 ? lower : centres[i - 1]);
            double right = (i == centres.length - 1 ? upper : centres[i + 1]) - centres[i];
            boolean isPrior = !prior && centres[i] == middle;
            prior |= isPrior;
            wide[i] = isPrior ? range : Math.clamp(Math.max(left, right), narrowest, range);
        }
        return wide;
    }

    private double onLine(double value) {
        return scale == Scale.LOG ? Math.log(value) : value;
    }

    @Override
    public Object draw(SplittableRandom random) {
        int which = random.nextInt(centres.length);
        double place = centres[which] + widths[which] * random.nextGaussian();
        while (place < lower || place > upper) {
            place = centres[which] + widths[which] * random.nextGaussian();
        }
        return switch (scale) {
            case PLAIN -> (Object) Math.clamp(place, least, greatest);
            case LOG -> Math.clamp(Math.exp(place), least, greatest);
            case WHOLE -> Math.clamp(Math.round(place), (long) least, (long) greatest);
        };
    }

    @Override
    public double log(Object value) {
        double place = onLine(((Number) value).doubleValue());
        double sum = 0;
        for (int i = 0; i < centres.length; i++) {
            double distance = (place - centres[i]) / widths[i];
            double within = below((upper - centres[i]) / widths[i]) - below((lower - centres[i]) / widths[i]);
            sum += Math.exp(-distance * distance / 2) / (widths[i] * within);
        }
        return Math.log(sum / centres.length);
    }

    /// The standard normal distribution function, by Abramowitz and Stegun 26.2.17; error below 7.5e-8.
    private static double below(double z) {
        double t = 1 / (1 + 0.2316419 * Math.abs(z));
        double tail = Math.exp(-z * z / 2)
                / Math.sqrt(2 * Math.PI)
                * t
                * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
        return z >= 0 ? 1 - tail : tail;
    }
}
