package dev.sampan.data.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import org.jspecify.annotations.Nullable;

/// What ImageIO decoded, as our own pixels. Values are taken as they stand in the file, without a colour profile, as
/// PIL takes them; what is transparent shows white.
final class Rasters {
    private Rasters() {}

    static Picture picture(BufferedImage image) {
        ColorModel model = image.getColorModel();
        int bands = image.getRaster().getNumBands();
        boolean plain = model instanceof ComponentColorModel && bands <= 4 && bands == model.getNumComponents();
        boolean grey = model.getColorSpace().getType() == ColorSpace.TYPE_GRAY;
        boolean known = grey ? bands <= 2 : model.getColorSpace().getType() == ColorSpace.TYPE_RGB && bands >= 3;
        return plain && known ? bands(image, grey ? 1 : 3) : colours(image);
    }

    /// Grey, or red, green and blue, with or without an alpha band behind them.
    private static Picture bands(BufferedImage image, int channels) {
        Raster raster = image.getRaster();
        int width = image.getWidth();
        int height = image.getHeight();
        int bands = raster.getNumBands();
        Picture opaque = opaque(raster, channels);
        if (opaque != null) {
            return opaque;
        }
        byte[] pixels = new byte[Math.multiplyExact(width * height, channels)];
        int shift = raster.getTransferType() == DataBuffer.TYPE_USHORT ? 8 : 0;
        int[] row = new int[width * bands];
        int at = 0;
        for (int y = 0; y < height; y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
            for (int x = 0; x < width; x++) {
                int alpha = bands > channels ? row[x * bands + channels] >> shift : 255;
                for (int c = 0; c < channels; c++) {
                    pixels[at++] = (byte) overWhite(row[x * bands + c] >> shift, alpha);
                }
            }
        }
        return new Picture(width, height, channels, pixels);
    }

    /// What JPEGs and most PNGs are: bytes beside each other, without alpha. Null for all else.
    private static @Nullable Picture opaque(Raster raster, int channels) {
        if (!(raster.getDataBuffer() instanceof DataBufferByte buffer)
                || !(raster.getSampleModel() instanceof PixelInterleavedSampleModel model)
                || model.getNumBands() != channels
                || raster.getSampleModelTranslateX() != 0
                || raster.getSampleModelTranslateY() != 0) {
            return null;
        }
        byte[] data = buffer.getData();
        int[] offsets = model.getBandOffsets();
        int width = raster.getWidth();
        int stride = model.getPixelStride();
        byte[] pixels = new byte[Math.multiplyExact(width * raster.getHeight(), channels)];
        for (int y = 0; y < raster.getHeight(); y++) {
            int start = buffer.getOffset() + y * model.getScanlineStride();
            int to = y * width * channels;
            if (channels == 3) {
                int red = start + offsets[0];
                int green = start + offsets[1];
                int blue = start + offsets[2];
                for (int x = 0; x < width; x++) { // one pass over the pixels, not one for each channel
                    pixels[to++] = data[red + x * stride];
                    pixels[to++] = data[green + x * stride];
                    pixels[to++] = data[blue + x * stride];
                }
            } else if (stride == 1) {
                System.arraycopy(data, start + offsets[0], pixels, to, width);
            } else {
                for (int x = 0; x < width; x++) {
                    pixels[to + x] = data[start + offsets[0] + x * stride];
                }
            }
        }
        return new Picture(width, raster.getHeight(), channels, pixels);
    }

    /// Palettes and packed pixels; grey when every colour is.
    private static Picture colours(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        byte[] pixels = new byte[Math.multiplyExact(width * height, 3)];
        int[] row = new int[width];
        boolean grey = true;
        int at = 0;
        for (int y = 0; y < height; y++) {
            image.getRGB(0, y, width, 1, row, 0, width);
            for (int argb : row) {
                int alpha = argb >>> 24;
                int r = overWhite(argb >> 16 & 0xFF, alpha);
                int g = overWhite(argb >> 8 & 0xFF, alpha);
                int b = overWhite(argb & 0xFF, alpha);
                pixels[at++] = (byte) r;
                pixels[at++] = (byte) g;
                pixels[at++] = (byte) b;
                grey &= r == g && g == b;
            }
        }
        Picture picture = new Picture(width, height, 3, pixels);
        return grey ? picture.withChannels(1) : picture;
    }

    private static int overWhite(int value, int alpha) {
        return alpha == 255 ? value : (value * alpha + 255 * (255 - alpha) + 127) / 255;
    }
}
