package dev.sampan.data.image;

import dev.sampan.spec.ImageAugment;
import java.util.SplittableRandom;

/// A picture whose values are being changed.
///
/// @param values (height, width, channels) of 0 to 255; may leave that range in between
record Canvas(int width, int height, int channels, float[] values) {
    void apply(ImageAugment step, SplittableRandom random) {
        switch (step.kind()) {
            case BRIGHTNESS -> stretch(0, (float) (1 + Augmentation.either(step, random)));
            case CONTRAST -> stretch(meanGrey(), (float) (1 + Augmentation.either(step, random)));
            case SATURATION -> saturate((float) (1 + Augmentation.either(step, random)));
            case NOISE -> noise(step.amount() * 255, random);
            case CUTOUT -> cut((int) Math.round(step.amount() * Math.min(width, height)), random);
            case HFLIP, VFLIP, ROTATE, SHIFT, SCALE, RANDOM_CROP -> {}
        }
    }

    private void stretch(float centre, float factor) {
        for (int i = 0; i < values.length; i++) {
            values[i] = centre + (values[i] - centre) * factor;
        }
    }

    private float meanGrey() {
        double sum = 0;
        for (int i = 0; i < values.length; i += channels) {
            sum += grey(i);
        }
        return (float) (sum * channels / values.length);
    }

    /// ITU-R 601's luma.
    private float grey(int at) {
        return channels == 1 ? values[at] : 0.299f * values[at] + 0.587f * values[at + 1] + 0.114f * values[at + 2];
    }

    private void saturate(float factor) {
        for (int i = 0; i < values.length; i += channels) {
            float grey = grey(i);
            for (int c = 0; c < channels; c++) {
                values[i + c] = grey + (values[i + c] - grey) * factor;
            }
        }
    }

    private void noise(double deviation, SplittableRandom random) {
        for (int i = 0; i < values.length; i++) {
            values[i] += (float) (random.nextGaussian() * deviation);
        }
    }

    /// The square's centre is anywhere, so that part of it may lie outside (DeVries and Taylor, "Improved
    /// regularization of convolutional neural networks with cutout", 2017); it takes the picture's mean grey.
    private void cut(int side, SplittableRandom random) {
        int x = random.nextInt(width) - side / 2;
        int y = random.nextInt(height) - side / 2;
        float fill = meanGrey();
        for (int row = Math.max(0, y); row < Math.min(height, y + side); row++) {
            for (int column = Math.max(0, x); column < Math.min(width, x + side); column++) {
                for (int c = 0; c < channels; c++) {
                    values[(row * width + column) * channels + c] = fill;
                }
            }
        }
    }
}
