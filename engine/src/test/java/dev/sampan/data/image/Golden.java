package dev.sampan.data.image;

import dev.sampan.kernel.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;

/// What PIL made of the pictures in `resources/images`; `golden.py` there wrote both.
public record Golden(Map<String, Pixels> decoded, Map<String, Pixels> resized, String luma) {
    record Pixels(int width, int height, String pixels) {
        Picture picture(int channels) {
            return new Picture(width, height, channels, Base64.getDecoder().decode(pixels));
        }
    }

    static Golden pictures() {
        return Json.read(new String(file("golden.json"), StandardCharsets.UTF_8), Golden.class);
    }

    byte[] lumaPixels() {
        return Base64.getDecoder().decode(luma);
    }

    public static byte[] file(String name) {
        try (InputStream in = Objects.requireNonNull(Golden.class.getResourceAsStream("/images/" + name), name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static int furthest(Picture a, Picture b) {
        int furthest = 0;
        for (int i = 0; i < a.pixels().length; i++) {
            furthest = Math.max(furthest, Math.abs((a.pixels()[i] & 0xFF) - (b.pixels()[i] & 0xFF)));
        }
        return furthest;
    }
}
