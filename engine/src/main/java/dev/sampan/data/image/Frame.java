package dev.sampan.data.image;

import dev.sampan.spec.ImageSpec.Interpolation;
import dev.sampan.spec.ImageSpec.ResizeMethod;

/// The size that all pictures of a column are brought to, and how.
public record Frame(int width, int height, int channels, Interpolation interpolation, ResizeMethod method) {
    public Frame {
        if (width < 1 || height < 1 || channels != 1 && channels != 3) {
            throw new IllegalArgumentException(width + " × " + height + " × " + channels);
        }
    }

    /// Values of one picture.
    public int size() {
        return width * height * channels;
    }

    /// The picture in this frame.
    public Picture of(Picture picture) {
        Picture coloured = picture.withChannels(channels);
        return switch (method) {
            case STRETCH -> Resampling.resized(coloured, width, height, interpolation);
            case CROP ->
                fitted(coloured, Math.max((double) width / coloured.width(), (double) height / coloured.height()));
            case PAD ->
                fitted(coloured, Math.min((double) width / coloured.width(), (double) height / coloured.height()));
        };
    }

    /// Scaled alike in both directions, then cut or bordered with black around its centre.
    private Picture fitted(Picture picture, double scale) {
        int w = Math.max(1, (int) Math.round(picture.width() * scale));
        int h = Math.max(1, (int) Math.round(picture.height() * scale));
        return Resampling.resized(picture, w, h, interpolation)
                .cropped(Math.floorDiv(w - width, 2), Math.floorDiv(h - height, 2), width, height);
    }
}
