package dev.sampan.data.image;

import dev.sampan.spec.ImageAugment;
import java.util.List;
import java.util.SplittableRandom;

/// Pictures changed at random, each time another way: what `data.augment.image` asks for. A function of the picture,
/// the steps and the generator's state alone.
///
/// All moves of a picture are made one, so that its pixels are interpolated once; then follow the changes of its
/// values, in the order of the steps.
public final class Augmentation {
    private Augmentation() {}

    public static Picture of(Picture picture, List<ImageAugment> steps, SplittableRandom random) {
        if (steps.isEmpty()) {
            return picture;
        }
        Move move = Move.NONE;
        for (ImageAugment step : steps) {
            move = move.then(step, picture, random);
        }
        float[] values = move.apply(picture);
        Canvas canvas = new Canvas(picture.width(), picture.height(), picture.channels(), values);
        for (ImageAugment step : steps) {
            canvas.apply(step, random);
        }
        byte[] pixels = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            pixels[i] = (byte) Math.round(Math.clamp(values[i], 0f, 255f));
        }
        return new Picture(picture.width(), picture.height(), picture.channels(), pixels);
    }

    /// −amount to amount.
    static double either(ImageAugment step, SplittableRandom random) {
        return (random.nextDouble() * 2 - 1) * step.amount();
    }
}
