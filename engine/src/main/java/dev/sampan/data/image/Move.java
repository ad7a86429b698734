package dev.sampan.data.image;

import dev.sampan.spec.ImageAugment;
import java.util.SplittableRandom;

/// From a place in the new picture to that in the old one, both counted from the centre:
/// (x, y) → (xx·x + xy·y + x0, yx·x + yy·y + y0).
record Move(double xx, double xy, double x0, double yx, double yy, double y0) {
    static final Move NONE = new Move(1, 0, 0, 0, 1, 0);

    private static final double RATIO_MOST = 4.0 / 3;

    /// With one more step behind the others; the same where the step moves nothing.
    Move then(ImageAugment step, Picture picture, SplittableRandom random) {
        return switch (step.kind()) {
            case HFLIP -> random.nextDouble() < step.amount() ? after(new Move(-1, 0, 0, 0, 1, 0)) : this;
            case VFLIP -> random.nextDouble() < step.amount() ? after(new Move(1, 0, 0, 0, -1, 0)) : this;
            case ROTATE -> {
                double angle = Math.toRadians(Augmentation.either(step, random));
                double cos = Math.cos(angle);
                double sin = Math.sin(angle);
                yield after(new Move(cos, sin, 0, -sin, cos, 0));
            }
            case SHIFT -> {
                double x = Augmentation.either(step, random) * picture.width();
                double y = Augmentation.either(step, random) * picture.height();
                yield after(new Move(1, 0, x, 0, 1, y));
            }
            case SCALE -> {
                double factor = 1 / (1 + Augmentation.either(step, random));
                yield after(new Move(factor, 0, 0, 0, factor, 0));
            }
            case RANDOM_CROP -> after(crop(step.amount(), picture, random));
            case BRIGHTNESS, CONTRAST, SATURATION, NOISE, CUTOUT -> this;
        };
    }

    /// The new step's way back comes first, then the way back of those before it.
    private Move after(Move last) {
        return new Move(
                xx * last.xx + xy * last.yx,
                xx * last.xy + xy * last.yy,
                xx * last.x0 + xy * last.y0 + x0,
                yx * last.xx + yy * last.yx,
                yx * last.xy + yy * last.yy,
                yx * last.x0 + yy * last.y0 + y0);
    }

    private static Move crop(double least, Picture picture, SplittableRandom random) {
        double area = least + (1 - least) * random.nextDouble();
        double ratio = Math.pow(RATIO_MOST, random.nextDouble() * 2 - 1);
        double w = Math.min(1, Math.sqrt(area * ratio));
        double h = Math.min(1, Math.sqrt(area / ratio));
        double x = (random.nextDouble() - 0.5) * (1 - w) * picture.width();
        double y = (random.nextDouble() - 0.5) * (1 - h) * picture.height();
        return new Move(w, 0, x, 0, h, y);
    }

    /// The picture moved, bilinear between pixels; beyond its border the border goes on. (height, width, channels)
    float[] apply(Picture picture) {
        byte[] old = picture.pixels();
        float[] made = new float[old.length];
        if (equals(NONE)) {
            for (int i = 0; i < made.length; i++) {
                made[i] = old[i] & 0xFF;
            }
            return made;
        }
        double cx = (picture.width() - 1) / 2.0;
        double cy = (picture.height() - 1) / 2.0;
        int channels = picture.channels();
        int at = 0;
        for (int y = 0; y < picture.height(); y++) {
            for (int x = 0; x < picture.width(); x++) {
                double fromX = Math.clamp(xx * (x - cx) + xy * (y - cy) + x0 + cx, 0, picture.width() - 1);
                double fromY = Math.clamp(yx * (x - cx) + yy * (y - cy) + y0 + cy, 0, picture.height() - 1);
                int left = (int) fromX;
                int top = (int) fromY;
                float right = (float) (fromX - left);
                float below = (float) (fromY - top);
                int here = (top * picture.width() + left) * channels;
                int nextX = left + 1 < picture.width() ? channels : 0;
                int nextY = top + 1 < picture.height() ? picture.width() * channels : 0;
                for (int c = 0; c < channels; c++) {
                    float above = mix(old[here + c], old[here + nextX + c], right);
                    float under = mix(old[here + nextY + c], old[here + nextY + nextX + c], right);
                    made[at++] = above + (under - above) * below;
                }
            }
        }
        return made;
    }

    private static float mix(byte a, byte b, float share) {
        return (a & 0xFF) + ((b & 0xFF) - (a & 0xFF)) * share;
    }
}
