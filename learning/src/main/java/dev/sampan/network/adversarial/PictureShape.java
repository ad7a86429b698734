package dev.sampan.network.adversarial;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Sizes of the networks over pictures.
///
/// @param height of a picture; with the width divisible by 2 as often as there are channels
/// @param planes 1 for grey, 3 for colours
/// @param channels of the generator's maps, the smallest first
/// @param labels that samples are made for, 0 for none
public record PictureShape(int height, int width, int planes, List<Integer> channels, int labels) {
    private static final int SMALLEST = 4;
    private static final int MAPS_MAX = 4;
    private static final int WIDEST = 256;
    private static final int FINEST = 32;

    public PictureShape {
        channels = List.copyOf(channels);
        if (!fits(height, width, channels.size())) {
            throw new IllegalArgumentException(channels + " for " + height + " × " + width);
        }
    }

    /// Whether a side can be halved as often as there are maps.
    public static boolean fits(int height, int width, int maps) {
        return maps > 0 && height % (1 << maps) == 0 && width % (1 << maps) == 0;
    }

    /// Maps down to a side of about 4, of 32 channels at the finest and twice as many at each further one, up
    /// to 256; null where a side is odd.
    public static @Nullable List<Integer> usual(int height, int width) {
        int maps = 0;
        while (maps < MAPS_MAX && fits(height, width, maps + 1) && Math.min(height, width) >> maps + 1 >= SMALLEST) {
            maps++;
        }
        List<Integer> channels = new ArrayList<>();
        for (int i = maps - 1; i >= 0; i--) {
            channels.add(Math.min(WIDEST, FINEST << i));
        }
        return channels.isEmpty() ? null : List.copyOf(channels);
    }

    /// Height of the smallest map.
    int firstHeight() {
        return height >> channels.size();
    }

    /// Width of the smallest map.
    int firstWidth() {
        return width >> channels.size();
    }

    /// Numbers of the smallest map.
    int firstSize() {
        return channels.getFirst() * firstHeight() * firstWidth();
    }

    /// Numbers of a picture.
    int size() {
        return planes * height * width;
    }
}
