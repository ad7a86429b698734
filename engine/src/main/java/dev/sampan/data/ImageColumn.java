package dev.sampan.data;

import dev.sampan.data.NamedTensors.Declared;
import dev.sampan.data.NamedTensors.Floats;
import dev.sampan.data.NamedTensors.Type;
import dev.sampan.data.NamedTensors.Values;
import dev.sampan.data.image.Frame;
import dev.sampan.data.image.Picture;
import dev.sampan.data.image.PictureReader;
import dev.sampan.data.image.UnreadablePicture;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import java.util.Base64;
import java.util.List;

/// Pictures: decoded, brought to one size, each channel (x / 255 − mean) / deviation. In a call a value is a data URL
/// (`data:image/png;base64,…`) or base64 alone.
///
/// @param tensor name of the graph's input: (batch, channels, height, width) FLOAT
/// @param mean of each channel, white being 1
/// @param deviation of each channel, greater than 0
public record ImageColumn(String name, String tensor, Frame frame, List<Double> mean, List<Double> deviation)
        implements FittedColumn.Own {
    /// Name of the input of a model with one column of pictures, as in Hugging Face's exports.
    public static final String PIXEL_VALUES = "pixel_values";

    /// One white pixel, as PNG.
    private static final String EXAMPLE = "data:image/png;base64,"
            + "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAsTj2FAAAAABJRU5ErkJggg==";

    private static final int SHOWN = 40;

    public ImageColumn {
        mean = List.copyOf(mean);
        deviation = List.copyOf(deviation);
        if (mean.size() != frame.channels()
                || deviation.size() != frame.channels()
                || !mean.stream().allMatch(Double::isFinite)
                || !deviation.stream().allMatch(value -> value > 0)) {
            throw new IllegalArgumentException("mean " + mean + ", deviation " + deviation + " of " + frame);
        }
    }

    @Override
    public List<Declared> tensors() {
        return List.of(
                new Declared(tensor, Type.FLOAT, List.of(-1L, (long) frame.channels(), (long) frame.height(), (long)
                        frame.width())));
    }

    @Override
    public List<Values> encode(List<String> values) {
        float[] made = new float[Math.multiplyExact(values.size(), frame.size())];
        for (int row = 0; row < values.size(); row++) {
            fill(framed(values.get(row)).pixels(), made, row * frame.size());
        }
        return List.of(new Floats(made, values.size(), frame.channels(), frame.height(), frame.width()));
    }

    /// The picture of a call, in the column's frame.
    ///
    /// @throws ProblemException `input.invalid`
    public Picture framed(String value) {
        try {
            return frame.of(PictureReader.read(bytes(value)));
        } catch (UnreadablePicture e) {
            throw new ProblemException(
                    Problem.of("input.invalid", "The column '" + name + "' holds no picture: " + e.getMessage())
                            .remedy("Send a JPEG, PNG, GIF, BMP or TIFF as data:image/…;base64,… or as base64 alone"),
                    e);
        }
    }

    private static byte[] bytes(String value) throws UnreadablePicture {
        int start = 0;
        if (value.startsWith("data:")) {
            int comma = value.indexOf(',');
            if (comma < 0 || !value.substring(0, comma).endsWith(";base64")) {
                throw new UnreadablePicture("its data URL is not in base64");
            }
            start = comma + 1;
        }
        if (value.isBlank()) {
            throw new UnreadablePicture("the value is empty");
        }
        if (value.length() - start > PictureReader.BYTES_MAX / 3 * 4L + 4) {
            throw new UnreadablePicture("it has more than the " + PictureReader.BYTES_MAX + " bytes that are read");
        }
        try {
            return Base64.getDecoder().decode(value.substring(start));
        } catch (IllegalArgumentException e) {
            String shown = value.length() <= SHOWN ? value : value.substring(0, SHOWN) + "…";
            throw new UnreadablePicture("'" + shown + "' is not base64");
        }
    }

    /// Standardised pixels, channel by channel: (channels, height, width).
    ///
    /// @param pixels of a picture in the frame
    public void fill(byte[] pixels, float[] target, int at) {
        int channels = frame.channels();
        int plane = frame.width() * frame.height();
        for (int c = 0; c < channels; c++) {
            float factor = (float) (1 / (255 * deviation.get(c)));
            float shift = (float) (mean.get(c) / deviation.get(c));
            int to = at + c * plane;
            for (int i = 0; i < plane; i++) {
                target[to + i] = (pixels[i * channels + c] & 0xFF) * factor - shift;
            }
        }
    }

    @Override
    public String example() {
        return EXAMPLE;
    }
}
