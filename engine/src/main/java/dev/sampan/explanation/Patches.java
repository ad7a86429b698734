package dev.sampan.explanation;

import dev.sampan.data.ImageColumn;
import dev.sampan.data.image.Picture;
import dev.sampan.data.image.PlainPng;
import dev.sampan.explanation.Explanation.Grid;
import dev.sampan.explanation.Explanation.TokenWeight;
import dev.sampan.kernel.Sha256;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A picture in the model's own frame, cut into a grid of patches. A patch that is taken out takes the mean colour of
/// the training pictures, which says nothing (Zeiler and Fergus 2014 take grey).
record Patches(ImageColumn column, Picture picture, int rows, int columns) implements Parts {
    /// Rows and columns at the most: finer ones cost more questions than they tell.
    private static final int SIDE_MAX = 8;

    /// Pixels of a patch's side at the least.
    private static final int PATCH_MIN = 3;

    static Patches of(ImageColumn column, String value) {
        Picture picture = column.framed(value);
        return new Patches(column, picture, side(picture.height()), side(picture.width()));
    }

    private static int side(int pixels) {
        return Math.clamp(pixels / PATCH_MIN, 1, SIDE_MAX);
    }

    @Override
    public int units() {
        return rows * columns;
    }

    @Override
    public String whole() {
        return Sha256.of(picture.pixels()).hex();
    }

    @Override
    public Map<String, String> input(BitSet kept, List<String> inputs) {
        byte[] pixels = picture.pixels().clone();
        int channels = picture.channels();
        for (int y = 0; y < picture.height(); y++) {
            for (int x = 0; x < picture.width(); x++) {
                int unit = y * rows / picture.height() * columns + x * columns / picture.width();
                for (int c = 0; c < channels && !kept.get(unit); c++) {
                    pixels[(y * picture.width() + x) * channels + c] =
                            (byte) Math.round(column.mean().get(c) * 255);
                }
            }
        }
        byte[] png = PlainPng.of(new Picture(picture.width(), picture.height(), channels, pixels));
        Map<String, String> input = new HashMap<>();
        inputs.forEach(name -> input.put(name, ""));
        input.put(column.name(), "data:image/png;base64," + Base64.getEncoder().encodeToString(png));
        return input;
    }

    /// Patches go by row and column, counted from 1: `2,5`.
    @Override
    public List<TokenWeight> weighted(double[] weights) {
        List<TokenWeight> tokens = new ArrayList<>();
        for (int unit = 0; unit < weights.length; unit++) {
            tokens.add(new TokenWeight((unit / columns + 1) + "," + (unit % columns + 1), weights[unit]));
        }
        return tokens;
    }

    @Override
    public Grid grid() {
        return new Grid(rows, columns);
    }
}
