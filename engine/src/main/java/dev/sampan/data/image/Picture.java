package dev.sampan.data.image;

/// Pixels in row order, the channels of one pixel beside each other: (height, width, channels) of 0 to 255.
///
/// @param channels 1 for grey, 3 for red, green and blue
/// @param pixels the array itself
public record Picture(int width, int height, int channels, byte[] pixels) {
    public Picture {
        if (width < 1 || height < 1 || channels != 1 && channels != 3) {
            throw new IllegalArgumentException(width + " × " + height + " × " + channels);
        }
        if (pixels.length != Math.multiplyExact(Math.multiplyExact(width, height), channels)) {
            throw new IllegalArgumentException(pixels.length + " values for " + width + " × " + height);
        }
    }

    /// One value, 0 to 255.
    public int at(int x, int y, int channel) {
        return pixels[(y * width + x) * channels + channel] & 0xFF;
    }

    /// With so many channels: grey is repeated, colours become ITU-R 601's luma as in PIL.
    public Picture withChannels(int wanted) {
        if (wanted == channels) {
            return this;
        }
        byte[] made = new byte[width * height * wanted];
        for (int i = 0; i < width * height; i++) {
            if (wanted == 1) {
                int r = pixels[3 * i] & 0xFF;
                int g = pixels[3 * i + 1] & 0xFF;
                int b = pixels[3 * i + 2] & 0xFF;
                made[i] = (byte) ((r * 19595 + g * 38470 + b * 7471 + 0x8000) >> 16);
            } else {
                made[3 * i] = pixels[i];
                made[3 * i + 1] = pixels[i];
                made[3 * i + 2] = pixels[i];
            }
        }
        return new Picture(width, height, wanted, made);
    }

    /// The part with its upper left corner at (x, y); what lies outside is black.
    public Picture cropped(int x, int y, int width, int height) {
        byte[] made = new byte[Math.multiplyExact(width * height, channels)];
        int from = Math.max(0, x);
        int count = Math.min(this.width, x + width) - from;
        for (int row = Math.max(0, y); row < Math.min(this.height, y + height) && count > 0; row++) {
            System.arraycopy(
                    pixels,
                    (row * this.width + from) * channels,
                    made,
                    ((row - y) * width + from - x) * channels,
                    count * channels);
        }
        return new Picture(width, height, channels, made);
    }

    /// Turned as a camera's note of how it was held asks for (Exif 2.3, tag 0x0112).
    ///
    /// @param orientation 1 to 8; 1 is upright
    Picture oriented(int orientation) {
        if (orientation < 2 || orientation > 8) {
            return this;
        }
        boolean turned = orientation >= 5;
        int w = turned ? height : width;
        int h = turned ? width : height;
        byte[] made = new byte[pixels.length];
        for (int y = 0; y < h; y++) {
            for (int x = 0; x < w; x++) {
                int fromX = switch (orientation) {
                    case 2, 3 -> width - 1 - x;
                    case 4 -> x;
                    case 5, 6 -> y;
                    default -> width - 1 - y;
                };
                int fromY = switch (orientation) {
                    case 2 -> y;
                    case 3, 4 -> height - 1 - y;
                    case 5, 8 -> x;
                    default -> height - 1 - x;
                };
                System.arraycopy(pixels, (fromY * width + fromX) * channels, made, (y * w + x) * channels, channels);
            }
        }
        return new Picture(w, h, channels, made);
    }
}
