package dev.sampan.gateway.internal.wire;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// How long a recording is, by its own head. Known are RIFF WAVE, FLAC, Ogg with Opus or Vorbis, and MP4; other
/// files say it nowhere in one place.
///
/// @param seconds begun ones whole
/// @param sure whether players go by what the head says, so that it cannot lie
public record SoundLength(long seconds, boolean sure) {
    private static final int OGG_TAIL = 64 << 10;

    /// What Opus counts in, whatever was recorded (RFC 7845, 4).
    private static final long OPUS_RATE = 48_000;

    /// Null where the file does not say, or says nonsense.
    public static @Nullable SoundLength of(Path file) {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            if (in.length() < 12) {
                return null;
            }
            byte[] head = new byte[(int) Math.min(in.length(), 512)];
            in.readFully(head);
            return switch (word(head, 0)) {
                case "RIFF" -> wave(in);
                case "fLaC" -> flac(head);
                case "OggS" -> ogg(in, head);
                default -> word(head, 4).equals("ftyp") ? mp4(in) : null;
            };
        } catch (IOException _) {
            return null; // cut off in the middle of its head
        }
    }

    private static String word(byte[] bytes, int at) {
        return at + 4 > bytes.length ? "" : new String(bytes, at, 4, StandardCharsets.ISO_8859_1);
    }

    private static @Nullable SoundLength said(long count, long rate) {
        return rate <= 0 || count < 0 ? null : new SoundLength(Math.ceilDiv(count, rate), false);
    }

    /// Chunk after chunk: `fmt ` says how samples are laid out, `data` is the sound. A writer that did not come
    /// back to fill in the length leaves one that is longer than the file.
    private static @Nullable SoundLength wave(RandomAccessFile in) throws IOException {
        long at = 12;
        long rate = 0;
        while (at + 8 <= in.length()) {
            in.seek(at);
            byte[] head = new byte[8];
            in.readFully(head);
            long length = Math.min(little(head, 4, 4), in.length() - at - 8);
            if (word(head, 0).equals("fmt ")) {
                rate = rate(in);
            } else if (word(head, 0).equals("data")) {
                return rate <= 0 ? null : new SoundLength(Math.ceilDiv(length, rate), true);
            }
            at += 8 + length + (length & 1);
        }
        return null;
    }

    /// Bytes of a second of plain samples: channels, rate and bits, since nobody reads the field that says it.
    /// 0 for what is packed.
    private static long rate(RandomAccessFile in) throws IOException {
        byte[] format = new byte[16];
        in.readFully(format);
        long kind = little(format, 0, 2);
        boolean plain = kind == 1 || kind == 3 || kind == 0xFFFE;
        return plain ? little(format, 2, 2) * little(format, 4, 4) * little(format, 14, 2) / 8 : 0;
    }

    /// STREAMINFO comes first: 20 bits of rate, 36 bits of samples (RFC 9639, 8.2). 0 samples: not known.
    private static @Nullable SoundLength flac(byte[] head) {
        if (head.length < 26) {
            return null;
        }
        long rate = big(head, 18, 3) >> 4;
        long samples = (head[21] & 0xFL) << 32 | big(head, 22, 4);
        return samples == 0 ? null : said(samples, rate);
    }

    /// The last page says how many samples there were up to its end.
    private static @Nullable SoundLength ogg(RandomAccessFile in, byte[] head) throws IOException {
        long rate = 0;
        for (int i = 28; i + 16 < head.length && rate == 0; i++) {
            if (word(head, i).equals("Opus") && word(head, i + 4).equals("Head")) {
                rate = OPUS_RATE;
            } else if (head[i] == 1 && word(head, i + 1).equals("vorb")) {
                rate = little(head, i + 12, 4);
            }
        }
        byte[] tail = new byte[(int) Math.min(in.length(), OGG_TAIL)];
        in.seek(in.length() - tail.length);
        in.readFully(tail);
        for (int i = tail.length - 27; i >= 0; i--) {
            if (word(tail, i).equals("OggS")) {
                return said(little(tail, i + 6, 8), rate);
            }
        }
        return null;
    }

    /// Box `moov`, in it `mvhd`: units of a second, and how many of them.
    private static @Nullable SoundLength mp4(RandomAccessFile in) throws IOException {
        long at = 0;
        long end = in.length();
        while (at + 8 <= end) {
            in.seek(at);
            byte[] head = new byte[40];
            int read = in.read(head);
            long length = big(head, 0, 4);
            if (word(head, 4).equals("moov")) {
                at += 8;
                continue;
            }
            if (word(head, 4).equals("mvhd")) {
                boolean wide = head[8] == 1;
                return read < head.length
                        ? null
                        : said(wide ? big(head, 32, 8) : big(head, 24, 4), big(head, wide ? 28 : 20, 4));
            }
            if (length == 1) {
                length = big(head, 8, 8);
            }
            if (length < 8) {
                return null;
            }
            at += length;
        }
        return null;
    }

    private static long little(byte[] bytes, int at, int count) {
        long value = 0;
        for (int i = count - 1; i >= 0; i--) {
            value = value << 8 | bytes[at + i] & 0xFF;
        }
        return value;
    }

    private static long big(byte[] bytes, int at, int count) {
        long value = 0;
        for (int i = 0; i < count; i++) {
            value = value << 8 | bytes[at + i] & 0xFF;
        }
        return value;
    }
}
