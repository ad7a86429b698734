package dev.sampan.data.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.Adler32;
import java.util.zip.CRC32;

/// A picture as PNG whose pixels stand as they are, in stored blocks (RFC 1951, section 3.2.4): the same bytes on every
/// machine, whatever its compression library, so that a data set has the same hash everywhere.
public final class PlainPng {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final int BLOCK_MAX = 0xFFFF;
    private static final byte GREY = 0;
    private static final byte COLOURS = 2;

    private PlainPng() {}

    public static byte[] of(Picture picture) {
        return of(picture, Map.of());
    }

    /// With notes that programs show beside the picture (chunks `tEXt`, PNG specification 11.3.4.3).
    ///
    /// @param notes Latin letters by keyword, in the map's order
    public static byte[] of(Picture picture, Map<String, String> notes) {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        png.writeBytes(SIGNATURE);
        ByteBuffer header = ByteBuffer.allocate(13).putInt(picture.width()).putInt(picture.height());
        header.put(new byte[] {8, picture.channels() == 1 ? GREY : COLOURS, 0, 0, 0});
        chunk(png, "IHDR", header.array());
        notes.forEach(
                (keyword, note) -> chunk(png, "tEXt", (keyword + "\0" + note).getBytes(StandardCharsets.ISO_8859_1)));
        chunk(png, "IDAT", stored(lines(picture)));
        chunk(png, "IEND", new byte[0]);
        return png.toByteArray();
    }

    /// Each line behind a zero: no filter.
    private static byte[] lines(Picture picture) {
        int length = picture.width() * picture.channels();
        byte[] lines = new byte[(length + 1) * picture.height()];
        for (int y = 0; y < picture.height(); y++) {
            System.arraycopy(picture.pixels(), y * length, lines, y * (length + 1) + 1, length);
        }
        return lines;
    }

    private static byte[] stored(byte[] data) {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        stream.writeBytes(new byte[] {0x78, 0x01});
        for (int from = 0; from < data.length; from += BLOCK_MAX) {
            int length = Math.min(BLOCK_MAX, data.length - from);
            stream.write(from + length == data.length ? 1 : 0);
            stream.write(length);
            stream.write(length >> 8);
            stream.write(~length);
            stream.write(~length >> 8);
            stream.write(data, from, length);
        }
        Adler32 sum = new Adler32();
        sum.update(data);
        stream.writeBytes(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
        return stream.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream png, String type, byte[] data) {
        byte[] named = ByteBuffer.allocate(4 + data.length)
                .put(type.getBytes(StandardCharsets.US_ASCII))
                .put(data)
                .array();
        CRC32 sum = new CRC32();
        sum.update(named);
        png.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
        png.writeBytes(named);
        png.writeBytes(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
    }
}
