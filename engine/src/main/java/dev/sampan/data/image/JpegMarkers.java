package dev.sampan.data.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// What the segments before a JPEG's picture say (ITU-T T.81, annex B; Exif 2.3, section 4.6).
///
/// @param components 1 grey, 3 colours, 4 printing colours; 0 when no frame was found
/// @param orientation 1 to 8 as Exif has it, 1 when nothing is said
record JpegMarkers(int components, int orientation) {
    private static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);
    private static final int ORIENTATION = 0x0112;
    private static final int ENTRY_BYTES = 12;

    static JpegMarkers of(byte[] file) {
        int orientation = 1;
        int at = 2;
        while (at + 4 <= file.length && (file[at] & 0xFF) == 0xFF) {
            int marker = file[at + 1] & 0xFF;
            if (marker == 0xFF) { // padding
                at++;
                continue;
            }
            int length = (file[at + 2] & 0xFF) << 8 | file[at + 3] & 0xFF;
            if (marker == 0xE1) {
                orientation = orientation(file, at + 4, Math.min(file.length, at + 2 + length), orientation);
            } else if (isFrame(marker)) {
                return new JpegMarkers(at + 9 < file.length ? file[at + 9] & 0xFF : 0, orientation);
            } else if (marker == 0xDA || marker == 0xD9) {
                break;
            }
            at += 2 + Math.max(2, length);
        }
        return new JpegMarkers(0, orientation);
    }

    /// SOF0 to SOF15, without the tables that lie between them.
    private static boolean isFrame(int marker) {
        return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    }

    private static int orientation(byte[] file, int from, int to, int known) {
        int tiff = from + EXIF.length;
        if (to - tiff < 8 || !startsWith(file, from, EXIF)) {
            return known;
        }
        ByteBuffer buffer = ByteBuffer.wrap(file, tiff, to - tiff).slice();
        buffer.order(buffer.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int directory = buffer.getInt(4);
        if (directory < 8 || directory > buffer.limit() - 2) {
            return known;
        }
        int entries = Short.toUnsignedInt(buffer.getShort(directory));
        for (int i = 0; i < entries; i++) {
            int entry = directory + 2 + i * ENTRY_BYTES;
            if (entry + ENTRY_BYTES > buffer.limit()) {
                return known;
            }
            if (Short.toUnsignedInt(buffer.getShort(entry)) == ORIENTATION) {
                int value = Short.toUnsignedInt(buffer.getShort(entry + 8));
                return value >= 1 && value <= 8 ? value : known;
            }
        }
        return known;
    }

    private static boolean startsWith(byte[] file, int from, byte[] prefix) {
        for (int i = 0; i < prefix.length; i++) {
            if (file[from + i] != prefix[i]) {
                return false;
            }
        }
        return true;
    }
}
