package dev.sampan.data;

import dev.sampan.data.image.Frame;
import dev.sampan.data.image.Picture;
import dev.sampan.data.image.PlainPng;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// A picture: (channels, height, width) from −1 for black to 1 for white. As a value it is a PNG in a data URL,
/// with a note that it was made.
public record PictureSample(String name, Frame frame) implements SampleColumn {
    private static final SequencedMap<String, String> NOTES = new LinkedHashMap<>();

    static {
        NOTES.put("Software", "Sampan");
        NOTES.put("Synthetic", "true");
        NOTES.put("Description", "Made by a generative model; it shows nothing that exists");
    }

    @Override
    public int width() {
        return frame.size();
    }

    @Override
    public String decode(float[] values, int at) {
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(PlainPng.of(picture(values, at), NOTES));
    }

    private Picture picture(float[] values, int at) {
        int channels = frame.channels();
        int plane = frame.width() * frame.height();
        byte[] pixels = new byte[frame.size()];
        for (int c = 0; c < channels; c++) {
            for (int i = 0; i < plane; i++) {
                float shade = Math.clamp((values[at + c * plane + i] + 1) * 127.5f, 0f, 255f);
                pixels[i * channels + c] = (byte) Math.round(shade);
            }
        }
        return new Picture(frame.width(), frame.height(), channels, pixels);
    }

    /// The other way: (channels, height, width) of a picture in the frame.
    public void fill(byte[] pixels, float[] target, int at) {
        int channels = frame.channels();
        int plane = frame.width() * frame.height();
        for (int c = 0; c < channels; c++) {
            for (int i = 0; i < plane; i++) {
                target[at + c * plane + i] = (pixels[i * channels + c] & 0xFF) / 127.5f - 1;
            }
        }
    }
}
