package dev.sampan.network.layers;

/// How rotary frequencies are changed so that a model reads texts longer than it was first taught on.
public sealed interface RotaryScaling {
    /// One frequency for each pair of elements, in radians a place.
    ///
    /// @param size width of a head
    /// @param theta base
    /// @param time places of the text at hand
    double[] frequencies(int size, double theta, int time);

    /// Factor of the turned vectors' length.
    default double length() {
        return 1;
    }

    private static double[] plain(int size, double theta) {
        double[] frequencies = new double[size / 2];
        for (int i = 0; i < frequencies.length; i++) {
            frequencies[i] = Math.pow(theta, -2.0 * i / size);
        }
        return frequencies;
    }

    /// As they are.
    record None() implements RotaryScaling {
        @Override
        public double[] frequencies(int size, double theta, int time) {
            return plain(size, theta);
        }
    }

    /// All divided by the factor (Chen et al. 2023, position interpolation).
    record Linear(double factor) implements RotaryScaling {
        @Override
        public double[] frequencies(int size, double theta, int time) {
            double[] frequencies = plain(size, theta);
            for (int i = 0; i < frequencies.length; i++) {
                frequencies[i] /= factor;
            }
            return frequencies;
        }
    }

    /// The base grows with a text longer than `places`: θ · (factor · time / places − (factor −
    /// 1))^(size/(size − 2)).
    record Dynamic(double factor, int places) implements RotaryScaling {
        @Override
        public double[] frequencies(int size, double theta, int time) {
            double ratio = (double) Math.max(time, places) / places;
            return plain(size, theta * Math.pow(factor * ratio - (factor - 1), size / (size - 2.0)));
        }
    }

    /// The first share of the pairs turns, with frequencies spread as if all did; the others stay.
    record Proportional(double share, double factor) implements RotaryScaling {
        @Override
        public double[] frequencies(int size, double theta, int time) {
            double[] frequencies = plain(size, theta);
            int turned = (int) Math.floor(share * size / 2);
            for (int i = 0; i < frequencies.length; i++) {
                frequencies[i] = i < turned ? frequencies[i] / factor : 0;
            }
            return frequencies;
        }
    }

    /// Long waves are divided by the factor, short ones stay, those between are mixed (Llama 3.1).
    ///
    /// @param low waves longer than places/low are long
    /// @param high waves shorter than places/high are short
    record Llama3(double factor, double low, double high, int places) implements RotaryScaling {
        @Override
        public double[] frequencies(int size, double theta, int time) {
            double[] frequencies = plain(size, theta);
            for (int i = 0; i < frequencies.length; i++) {
                double wave = 2 * Math.PI / frequencies[i];
                if (wave > places / low) {
                    frequencies[i] /= factor;
                } else if (wave >= places / high) {
                    double smooth = (places / wave - low) / (high - low);
                    frequencies[i] *= (1 - smooth) / factor + smooth;
                }
            }
            return frequencies;
        }
    }

    /// Pairs that turn often stay, pairs that turn seldom are divided by the factor, with a ramp between (Peng
    /// et al. 2023, YaRN).
    ///
    /// @param length see [#length()]
    /// @param fast turns over `places` above which a pair stays
    /// @param slow turns below which it is divided
    /// @param whole whether the ramp begins and ends at whole pairs
    record Yarn(double factor, double length, double fast, double slow, int places, boolean whole)
            implements RotaryScaling {
        @Override
        public double[] frequencies(int size, double theta, int time) {
            double from = pair(fast, size, theta);
            double to = pair(slow, size, theta);
            double low = Math.max(whole ? Math.floor(from) : from, 0);
            double high = Math.min(whole ? Math.ceil(to) : to, size - 1);
            double width = low == high ? 0.001 : high - low;
            double[] frequencies = plain(size, theta);
            for (int i = 0; i < frequencies.length; i++) {
                double divided = Math.clamp((i - low) / width, 0, 1);
                frequencies[i] *= divided / factor + (1 - divided);
            }
            return frequencies;
        }

        private double pair(double turns, int size, double theta) {
            return size * Math.log(places / (turns * 2 * Math.PI)) / (2 * Math.log(theta));
        }
    }

    /// Each pair divided by a number of its own, another one for texts longer than `places` (Ding et al. 2024).
    ///
    /// @param length see [#length()]
    record LongRope(double[] shorter, double[] longer, double length, int places) implements RotaryScaling {
        @Override
        public double[] frequencies(int size, double theta, int time) {
            double[] factors = time > places ? longer : shorter;
            double[] frequencies = plain(size, theta);
            for (int i = 0; i < frequencies.length; i++) {
                frequencies[i] /= factors[i];
            }
            return frequencies;
        }
    }
}
