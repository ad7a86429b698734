package dev.sampan.evaluation;

import dev.sampan.data.image.Picture;

/// Fixed numbers that a picture is compared by: in each of 4 × 4 cells, how much of its luma's slope lies in
/// each of 4 directions (histograms of oriented gradients, Dalal and Triggs 2005, unsigned, without block
/// normalisation), and the mean of each channel; 80 numbers for a grey picture, 112 for colours, shades being 0
/// to 1. Nothing in them is learnt,
/// so they say the same of every data set and in every version; they see strokes and places, not what a thing
/// is.
final class GradientHistograms {
    private static final int CELLS = 4;
    private static final int DIRECTIONS = 4;

    private GradientHistograms() {}

    static double[] of(Picture picture) {
        int channels = picture.channels();
        double[] features = new double[CELLS * CELLS * (DIRECTIONS + channels)];
        int[] counts = new int[CELLS * CELLS];
        Picture grey = picture.withChannels(1);
        for (int y = 0; y < picture.height(); y++) {
            for (int x = 0; x < picture.width(); x++) {
                int cell = y * CELLS / picture.height() * CELLS + x * CELLS / picture.width();
                int at = cell * (DIRECTIONS + channels);
                counts[cell]++;
                double across = slope(grey, x - 1, y, x + 1, y);
                double down = slope(grey, x, y - 1, x, y + 1);
                features[at + direction(across, down)] += Math.hypot(across, down);
                for (int c = 0; c < channels; c++) {
                    features[at + DIRECTIONS + c] += picture.at(x, y, c) / 255.0;
                }
            }
        }
        for (int i = 0; i < features.length; i++) {
            features[i] /= Math.max(1, counts[i / (DIRECTIONS + channels)]);
        }
        return features;
    }

    /// Half the difference of two pixels; at the border, of the pixels that are there.
    private static double slope(Picture grey, int x0, int y0, int x1, int y1) {
        return (shade(grey, x1, y1) - shade(grey, x0, y0)) / 2;
    }

    private static double shade(Picture grey, int x, int y) {
        return grey.at(Math.clamp(x, 0, grey.width() - 1), Math.clamp(y, 0, grey.height() - 1), 0) / 255.0;
    }

    /// 0 to 3: the angle without its sign, in steps of 45° around 0, 45, 90 and 135°.
    private static int direction(double across, double down) {
        double turns = Math.atan2(down, across) / Math.PI; // −1 to 1
        return Math.floorMod(Math.round(turns * DIRECTIONS), DIRECTIONS);
    }
}
