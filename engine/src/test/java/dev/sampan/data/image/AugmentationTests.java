package dev.sampan.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sampan.spec.ImageAugment;
import dev.sampan.spec.ImageAugment.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AugmentationTests {
    private final Picture colours = read("colours.png");

    private static Picture read(String name) {
        try {
            return PictureReader.read(Golden.file(name));
        } catch (UnreadablePicture e) {
            throw new IllegalStateException(e);
        }
    }

    private Picture changed(Kind kind, double amount, long seed) {
        return Augmentation.of(colours, List.of(new ImageAugment(kind, amount)), new SplittableRandom(seed));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void isAFunctionOfTheSeed(Kind kind) {
        boolean changed = false;
        boolean differs = false;
        for (int seed = 0; seed < 8; seed++) {
            byte[] once = changed(kind, kind.usual(), seed).pixels();
            assertThat(once).isEqualTo(changed(kind, kind.usual(), seed).pixels());
            changed |= !Arrays.equals(once, colours.pixels());
            differs |=
                    !Arrays.equals(once, changed(kind, kind.usual(), seed + 100).pixels());
        }
        assertThat(changed).isTrue();
        assertThat(differs).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"RANDOM_CROP"},
            mode = EnumSource.Mode.EXCLUDE)
    void byNothingChangesNothing(Kind kind) {
        assertThat(changed(kind, 0, 1).pixels()).isEqualTo(colours.pixels());
    }

    @Test
    void leavesThePictureItIsGivenAsItWas() {
        byte[] before = colours.pixels().clone();
        List<ImageAugment> all = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            all.add(new ImageAugment(kind, kind.usual()));
        }
        Augmentation.of(colours, all, new SplittableRandom(3));

        assertThat(colours.pixels()).isEqualTo(before);
    }

    @Test
    void flipsExactly() {
        Picture flipped = changed(Kind.HFLIP, 1, 1);
        Picture upsideDown = changed(Kind.VFLIP, 1, 1);
        for (int y = 0; y < colours.height(); y++) {
            for (int x = 0; x < colours.width(); x++) {
                assertThat(flipped.at(x, y, 0)).isEqualTo(colours.at(colours.width() - 1 - x, y, 0));
                assertThat(upsideDown.at(x, y, 1)).isEqualTo(colours.at(x, colours.height() - 1 - y, 1));
            }
        }
    }

    @Test
    void turnsAroundTheMiddle() {
        byte[] grey = new byte[81];
        grey[4 * 9 + 4] = (byte) 200;
        grey[4 * 9 + 8] = 100; // right of the middle
        Picture picture = new Picture(9, 9, 1, grey);
        Move quarter = new Move(0, 1, 0, -1, 0, 0); // what a rotation by 90 degrees is

        float[] turned = quarter.apply(picture);

        assertThat(turned[4 * 9 + 4]).isEqualTo(200);
        assertThat(turned[8 * 9 + 4]).isEqualTo(100);
    }

    @Test
    void cropsKeepTheMeanOfAnEvenPicture() {
        byte[] even = new byte[20 * 20];
        Arrays.fill(even, (byte) 77);
        Picture picture = new Picture(20, 20, 1, even);
        for (int seed = 0; seed < 20; seed++) {
            Picture made = Augmentation.of(
                    picture,
                    List.of(
                            new ImageAugment(Kind.RANDOM_CROP, 0.3),
                            new ImageAugment(Kind.ROTATE, 180),
                            new ImageAugment(Kind.CUTOUT, 0.5)),
                    new SplittableRandom(seed));
            assertThat(made.pixels()).containsOnly(77);
        }
    }

    @Test
    void addsNoiseOfTheAskedDeviation() {
        byte[] even = new byte[100 * 100];
        Arrays.fill(even, (byte) 128);
        Picture made = Augmentation.of(
                new Picture(100, 100, 1, even), List.of(new ImageAugment(Kind.NOISE, 0.05)), new SplittableRandom(5));
        double squares = 0;
        for (byte value : made.pixels()) {
            squares += Math.pow((value & 0xFF) - 128, 2);
        }
        assertThat(Math.sqrt(squares / 10_000)).isCloseTo(0.05 * 255, within(0.5));
    }
}
