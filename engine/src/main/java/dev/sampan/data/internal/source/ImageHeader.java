package dev.sampan.data.internal.source;

import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/// What a picture's first bytes say of it. No pixel is decoded, so a picture that claims to be huge costs
/// nothing.
///
/// @param ending of a file of this format: `png`, `jpg`, `gif`, `bmp`, `wbmp`, `tif`
public record ImageHeader(String ending, int width, int height) {
    /// More than this many pixels is a picture made to fill a memory, or one to be made smaller first.
    public static final long PIXELS_MAX = 100_000_000;

    public boolean isBomb() {
        return (long) width * height > PIXELS_MAX;
    }

    /// null when this is no picture of a format the JDK reads.
    public static @Nullable ImageHeader of(InputStream in) {
        ImageIO.setUseCache(false);
        try (ImageInputStream stream = ImageIO.createImageInputStream(in)) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
            if (!readers.hasNext()) {
                return null;
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(stream, true, true);
                int width = reader.getWidth(0);
                int height = reader.getHeight(0);
                return width < 1 || height < 1 ? null : new ImageHeader(ending(reader), width, height);
            } finally {
                reader.dispose();
            }
        } catch (IOException | RuntimeException e) {
            // The JDK's readers answer damaged headers with runtime exceptions of a dozen kinds.
            return null;
        }
    }

    private static String ending(ImageReader reader) throws IOException {
        String name = reader.getFormatName().toLowerCase(Locale.ROOT);
        return switch (name) {
            case "jpeg" -> "jpg";
            case "tiff" -> "tif";
            default -> name;
        };
    }
}
