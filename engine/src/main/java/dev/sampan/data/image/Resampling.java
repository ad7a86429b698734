package dev.sampan.data.image;

import dev.sampan.spec.ImageSpec.Interpolation;
import java.util.Arrays;

/// Pictures made larger or smaller, without the jagged edges of skipped pixels: each new pixel is a weighted mean of
/// the old ones under a kernel as wide as the step between new pixels (triangle for bilinear, Keys' cubic with
/// a = −½ for bicubic; Keys, "Cubic convolution interpolation", 1981). Rows first, then columns, both rounded to bytes
/// and computed in fixed point as PIL does, so that results equal PIL's `Image.resize` bit for bit.
final class Resampling {
    private static final int BITS = 22; // 8 of the value, 2 for what a cubic overshoots
    private static final int HALF = 1 << BITS - 1;

    private Resampling() {}

    static Picture resized(Picture picture, int width, int height, Interpolation interpolation) {
        Picture wide = picture.width() == width
                ? picture
                : rows(picture, width, Weights.of(picture.width(), width, interpolation));
        return wide.height() == height ? wide : columns(wide, height, Weights.of(wide.height(), height, interpolation));
    }

    /// @param first of the old pixels under the kernel of each new one
    /// @param count of them
    /// @param values (new, most) fixed point
    private record Weights(int[] first, int[] count, int[] values, int most) {
        static Weights of(int from, int to, Interpolation interpolation) {
            double scale = (double) from / to;
            double stretch = Math.max(1, scale);
            double support = (interpolation == Interpolation.BICUBIC ? 2 : 1) * stretch;
            int most = (int) Math.ceil(support) * 2 + 1;
            int[] first = new int[to];
            int[] count = new int[to];
            int[] values = new int[Math.multiplyExact(to, most)];
            double[] weights = new double[most];
            for (int i = 0; i < to; i++) {
                double centre = (i + 0.5) * scale;
                first[i] = Math.max(0, (int) (centre - support + 0.5));
                count[i] = Math.min(from, (int) (centre + support + 0.5)) - first[i];
                double sum = 0;
                for (int k = 0; k < count[i]; k++) {
                    weights[k] = kernel((k + first[i] - centre + 0.5) / stretch, interpolation);
                    sum += weights[k];
                }
                for (int k = 0; k < count[i]; k++) {
                    double fixed = weights[k] / sum * (1 << BITS);
                    values[i * most + k] = (int) (fixed < 0 ? fixed - 0.5 : fixed + 0.5);
                }
            }
            return new Weights(first, count, values, most);
        }

        private static double kernel(double x, Interpolation interpolation) {
            double d = Math.abs(x);
            if (interpolation == Interpolation.BILINEAR) {
                return Math.max(0, 1 - d);
            }
            double a = -0.5;
            if (d < 1) {
                return ((a + 2) * d - (a + 3)) * d * d + 1;
            }
            return d < 2 ? (((d - 5) * d + 8) * d - 4) * a : 0;
        }
    }

    private static Picture rows(Picture from, int width, Weights weights) {
        byte[] made = new byte[Math.multiplyExact(width * from.height(), from.channels())];
        for (int y = 0; y < from.height(); y++) {
            if (from.channels() == 3) {
                colours(from.pixels(), y * from.width() * 3, made, y * width * 3, weights);
            } else {
                greys(from.pixels(), y * from.width(), made, y * width, weights);
            }
        }
        return new Picture(width, from.height(), from.channels(), made);
    }

    /// One row of three channels, whose sums are kept beside each other: one pass over the old pixels for all three.
    private static void colours(byte[] old, int start, byte[] made, int to, Weights weights) {
        int at = to;
        for (int x = 0; x < weights.first.length; x++) {
            int red = HALF;
            int green = HALF;
            int blue = HALF;
            int from = start + weights.first[x] * 3;
            int w = x * weights.most;
            for (int end = w + weights.count[x]; w < end; w++) {
                int weight = weights.values[w];
                red += (old[from] & 0xFF) * weight;
                green += (old[from + 1] & 0xFF) * weight;
                blue += (old[from + 2] & 0xFF) * weight;
                from += 3;
            }
            made[at] = clipped(red);
            made[at + 1] = clipped(green);
            made[at + 2] = clipped(blue);
            at += 3;
        }
    }

    private static void greys(byte[] old, int start, byte[] made, int to, Weights weights) {
        for (int x = 0; x < weights.first.length; x++) {
            int sum = HALF;
            int from = start + weights.first[x];
            int w = x * weights.most;
            for (int end = w + weights.count[x]; w < end; w++) {
                sum += (old[from++] & 0xFF) * weights.values[w];
            }
            made[to + x] = clipped(sum);
        }
    }

    private static Picture columns(Picture from, int height, Weights weights) {
        int length = from.width() * from.channels();
        byte[] old = from.pixels();
        byte[] made = new byte[Math.multiplyExact(length, height)];
        int[] sums = new int[length];
        for (int y = 0; y < height; y++) {
            Arrays.fill(sums, HALF);
            for (int k = 0; k < weights.count[y]; k++) {
                int weight = weights.values[y * weights.most + k];
                int start = (weights.first[y] + k) * length;
                for (int i = 0; i < length; i++) {
                    sums[i] += (old[start + i] & 0xFF) * weight;
                }
            }
            for (int i = 0; i < length; i++) {
                made[y * length + i] = clipped(sums[i]);
            }
        }
        return new Picture(from.width(), height, from.channels(), made);
    }

    private static byte clipped(int sum) {
        return (byte) Math.clamp(sum >> BITS, 0, 255);
    }
}
