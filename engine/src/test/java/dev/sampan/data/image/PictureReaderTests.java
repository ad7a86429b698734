package dev.sampan.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampan.spec.ImageSpec.Interpolation;
import dev.sampan.spec.ImageSpec.ResizeMethod;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class PictureReaderTests {
    /// Lossy files: another decoder rounds otherwise, and printing colours have a profile or none.
    private static int tolerance(String name) {
        return name.startsWith("cmyk") ? 40 : name.endsWith("jpg") ? 3 : 0;
    }

    @TestFactory
    Stream<DynamicTest> readsWhatPilReads() {
        return Golden.pictures().decoded().entrySet().stream()
                .map(each -> DynamicTest.dynamicTest(each.getKey(), () -> {
                    Picture expected = each.getValue().picture(3);
                    Picture read =
                            PictureReader.read(Golden.file(each.getKey())).withChannels(3);

                    assertThat(read.width()).isEqualTo(expected.width());
                    assertThat(read.height()).isEqualTo(expected.height());
                    assertThat(Golden.furthest(read, expected)).isLessThanOrEqualTo(tolerance(each.getKey()));
                }));
    }

    @Test
    void keepsGreyAsOneChannel() throws Exception {
        assertThat(PictureReader.read(Golden.file("grey.png")).channels()).isEqualTo(1);
        assertThat(PictureReader.read(Golden.file("grey.jpg")).channels()).isEqualTo(1);
        assertThat(PictureReader.read(Golden.file("sixteen.png")).channels()).isEqualTo(1);
    }

    @TestFactory
    Stream<DynamicTest> resizesAsPilDoesToTheLastBit() {
        return Golden.pictures().resized().entrySet().stream()
                .map(each -> DynamicTest.dynamicTest(each.getKey(), () -> {
                    Picture expected = each.getValue().picture(3);
                    Interpolation way =
                            each.getKey().endsWith("bicubic") ? Interpolation.BICUBIC : Interpolation.BILINEAR;
                    Frame frame = new Frame(expected.width(), expected.height(), 3, way, ResizeMethod.STRETCH);

                    assertThat(frame.of(PictureReader.read(Golden.file("colours.png")))
                                    .pixels())
                            .isEqualTo(expected.pixels());
                }));
    }

    @Test
    void makesGreyAsPilDoes() throws Exception {
        assertThat(PictureReader.read(Golden.file("colours.png"))
                        .withChannels(1)
                        .pixels())
                .isEqualTo(Golden.pictures().lumaPixels());
    }

    @Test
    void cropsTheMiddleAndPadsWithBlack() {
        byte[] wide = {10, 20, 30, 40}; // 4 × 1, grey
        Picture picture = new Picture(4, 1, 1, wide);

        assertThat(new Frame(2, 1, 1, Interpolation.BILINEAR, ResizeMethod.CROP)
                        .of(picture)
                        .pixels())
                .containsExactly(20, 30);
        assertThat(new Frame(4, 3, 1, Interpolation.BILINEAR, ResizeMethod.PAD)
                        .of(picture)
                        .pixels())
                .containsExactly(0, 0, 0, 0, 10, 20, 30, 40, 0, 0, 0, 0);
    }

    @Test
    void refusesAnImageBombByItsHeaderAlone() {
        assertThatThrownBy(() -> PictureReader.read(bomb(50_000, 50_000)))
                .isInstanceOf(UnreadablePicture.class)
                .hasMessageContaining("50000 × 50000 pixels");
    }

    @Test
    void refusesWhatIsNoPicture() {
        assertThatThrownBy(() -> PictureReader.read("MZ no picture".getBytes()))
                .hasMessage("it is no JPEG, PNG, GIF, BMP or TIFF");
        assertThatThrownBy(() -> PictureReader.read(new byte[0])).hasMessage("it is no JPEG, PNG, GIF, BMP or TIFF");
    }

    /// Cut short and bytes changed at random: whatever comes, it is a picture or a refusal, never another exception.
    @Test
    void answersEveryDamagedFileWithAPictureOrARefusal() throws IOException {
        Random random = new Random(7);
        for (String name : Golden.pictures().decoded().keySet()) {
            byte[] whole = Golden.file(name);
            for (int i = 0; i < 60; i++) {
                byte[] damaged =
                        random.nextBoolean() ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
                for (int k = 0; k < 3 && damaged.length > 0; k++) {
                    damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
                }
                try {
                    assertThat(PictureReader.read(damaged).width()).isPositive();
                } catch (UnreadablePicture e) {
                    assertThat(e).hasMessageStartingWith("it");
                }
            }
        }
    }

    @Test
    void refusesACutFile() throws IOException {
        byte[] whole = Golden.file("colours.png");
        assertThatThrownBy(() -> PictureReader.read(Arrays.copyOf(whole, whole.length / 2)))
                .isInstanceOf(UnreadablePicture.class)
                .hasMessage("it is damaged");
    }

    /// A PNG whose header claims a size, with nothing behind it.
    private static byte[] bomb(int width, int height) {
        ByteBuffer header = ByteBuffer.allocate(17);
        header.put("IHDR".getBytes()).putInt(width).putInt(height).put(new byte[] {8, 2, 0, 0, 0});
        CRC32 crc = new CRC32();
        crc.update(header.array());
        return ByteBuffer.allocate(33)
                .put(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'})
                .putInt(13)
                .put(header.array())
                .putInt((int) crc.getValue())
                .array();
    }
}
