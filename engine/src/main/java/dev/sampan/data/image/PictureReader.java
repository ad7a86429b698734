package dev.sampan.data.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/// The bytes of a JPEG, PNG, GIF or TIFF (its first picture) or BMP → pixels, turned upright, what is transparent on
/// white.
///
/// Nothing is decoded before the header has said how large the picture is: a file of a few kilobytes may claim
/// gigapixels.
public final class PictureReader {
    /// Larger files are refused.
    public static final int BYTES_MAX = 32 << 20;

    /// Larger pictures are refused: 64 megapixels take 192 MB once decoded.
    public static final long PIXELS_MAX = 64_000_000;

    /// What a header says.
    ///
    /// @param width after the picture was turned upright
    /// @param height likewise
    public record Size(int width, int height) {}

    private PictureReader() {}

    /// @throws UnreadablePicture says in a sentence what is wrong with it
    public static Picture read(byte[] file) throws UnreadablePicture {
        Format format = Format.of(file);
        JpegMarkers markers = format == Format.JPEG ? JpegMarkers.of(file) : new JpegMarkers(0, 1);
        UnreadablePicture refusal = null;
        for (ImageReaderSpi provider : format.providers(markers.components())) {
            try {
                return decoded(file, provider).oriented(markers.orientation());
            } catch (UnreadablePicture e) {
                refusal = refusal == null ? e : refusal;
            }
        }
        throw refusal == null ? new UnreadablePicture("nothing here reads " + format) : refusal;
    }

    /// Width and height, without decoding a pixel.
    public static Size size(byte[] file) throws UnreadablePicture {
        Format format = Format.of(file);
        JpegMarkers markers = format == Format.JPEG ? JpegMarkers.of(file) : new JpegMarkers(0, 1);
        for (ImageReaderSpi provider : format.providers(markers.components())) {
            Size size = reading(file, provider, PictureReader::checked);
            return markers.orientation() >= 5 ? new Size(size.height(), size.width()) : size;
        }
        throw new UnreadablePicture("nothing here reads " + format);
    }

    /// Of the names of such files: `jpg`, `png`, `gif`, `bmp`, `tif`.
    ///
    /// @throws IllegalArgumentException when it is none of these
    public static String ending(byte[] file) {
        try {
            return Format.of(file).ending;
        } catch (UnreadablePicture e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static Picture decoded(byte[] file, ImageReaderSpi provider) throws UnreadablePicture {
        return reading(file, provider, reader -> {
            checked(reader);
            BufferedImage image = reader.read(0);
            return Rasters.picture(image);
        });
    }

    private static Size checked(ImageReader reader) throws IOException, UnreadablePicture {
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        if (width < 1 || height < 1) {
            throw new UnreadablePicture("its header says " + width + " × " + height + " pixels");
        }
        if ((long) width * height > PIXELS_MAX) {
            throw new UnreadablePicture("it has " + width + " × " + height + " pixels, more than the "
                    + PIXELS_MAX / 1_000_000 + " million that are decoded");
        }
        return new Size(width, height);
    }

    @FunctionalInterface
    private interface Reading<T> {
        T of(ImageReader reader) throws IOException, UnreadablePicture;
    }

    private static <T> T reading(byte[] file, ImageReaderSpi provider, Reading<T> reading) throws UnreadablePicture {
        try (ImageInputStream stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            ImageReader reader = provider.createReaderInstance();
            try {
                reader.setInput(stream, true, true);
                return reading.of(reader);
            } finally {
                reader.dispose();
            }
        } catch (IOException | RuntimeException e) {
            // The decoders answer damaged data with runtime exceptions of a dozen kinds.
            throw new UnreadablePicture("it is damaged", e);
        }
    }

    /// The formats read, each told by its first bytes.
    private enum Format {
        JPEG("jpg", 0xFF, 0xD8, 0xFF),
        PNG("png", 0x89, 'P', 'N', 'G'),
        GIF("gif", 'G', 'I', 'F', '8'),
        BMP("bmp", 'B', 'M'),
        TIFF("tif", 'I', 'I', 42, 0),
        TIFF_BIG_ENDIAN("tif", 'M', 'M', 0, 42);

        private final String ending;
        private final int[] magic;
        private final List<ImageReaderSpi> own = new ArrayList<>();
        private final List<ImageReaderSpi> others = new ArrayList<>();

        Format(String ending, int... magic) {
            this.ending = ending;
            this.magic = magic;
            String name = name().equals("TIFF_BIG_ENDIAN") ? "TIFF" : name();
            ImageIO.scanForPlugins(); // those of the class path; the JDK's own are known already
            Iterator<ImageReaderSpi> all =
                    IIORegistry.getDefaultInstance().getServiceProviders(ImageReaderSpi.class, true);
            while (all.hasNext()) {
                ImageReaderSpi provider = all.next();
                if (List.of(provider.getFormatNames()).contains(name)) {
                    (provider.getClass().getName().startsWith("com.sun.") ? own : others).add(provider);
                }
            }
        }

        static Format of(byte[] file) throws UnreadablePicture {
            if (file.length > BYTES_MAX) {
                throw new UnreadablePicture(
                        "it has " + file.length + " bytes, more than the " + BYTES_MAX + " that are read");
            }
            for (Format format : values()) {
                if (format.starts(file)) {
                    return format;
                }
            }
            throw new UnreadablePicture("it is no JPEG, PNG, GIF, BMP or TIFF");
        }

        /// Whom to ask, in turn. The JDK's decoder takes values as they stand; the other one reads what the JDK's
        /// refuses: four printing colours, broken profiles.
        List<ImageReaderSpi> providers(int components) {
            List<ImageReaderSpi> order = new ArrayList<>(components == 4 ? others : own);
            order.addAll(components == 4 ? own : others);
            return order;
        }

        private boolean starts(byte[] file) {
            for (int i = 0; i < magic.length; i++) {
                if (i >= file.length || (file[i] & 0xFF) != magic[i]) {
                    return false;
                }
            }
            return true;
        }
    }
}
