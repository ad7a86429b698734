package dev.sampan.data.internal.source;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.function.Consumer;

/// Decodes a whole file as one character set, keeping nothing of it, and says whether and where that fails.
final class StrictScan {
    private static final int BUFFER = 1 << 16;
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final CharsetDecoder decoder;
    private final BitSet familiar;
    private boolean afterCarriageReturn;

    /// Pieces of plain ASCII are counted and not decoded: no character of UTF-8 or GB18030 begins before one and
    /// ends in it.
    private boolean ascii;

    /// True when the bytes are not text of the character set.
    boolean malformed;
    /// Line of the first malformed byte, or of the end; from 1.
    long line = 1;

    long characters;
    long zeros;
    /// Characters past ASCII, up to the first malformed byte.
    long nonAscii;
    /// Those of [#nonAscii] that the given set holds.
    long nonAsciiFamiliar;

    private StrictScan(Charset charset, BitSet familiar) {
        decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        this.familiar = familiar;
        this.ascii = charset.equals(StandardCharsets.UTF_8);
    }

    /// @param skip bytes of a byte-order mark
    /// @param bytes told every piece of the file, past a malformed byte too
    /// @param familiar characters to count apart
    static StrictScan of(Path file, int skip, Charset charset, BitSet familiar, Consumer<ByteBuffer> bytes)
            throws IOException {
        StrictScan scan = scan(file, skip, new StrictScan(charset, familiar), bytes);
        if (scan.malformed && scan.ascii) { // its lines were not counted: once more, up to the place
            StrictScan counting = new StrictScan(charset, familiar);
            counting.ascii = false;
            return scan(file, skip, counting, _ -> {});
        }
        return scan;
    }

    private static StrictScan scan(Path file, int skip, StrictScan scan, Consumer<ByteBuffer> bytes)
            throws IOException {
        ByteBuffer in = ByteBuffer.allocate(BUFFER);
        CharBuffer out = CharBuffer.allocate(BUFFER);
        try (InputStream stream = Files.newInputStream(file)) {
            int toSkip = skip;
            for (int n = 0; n >= 0; ) {
                n = stream.read(in.array(), in.position(), in.remaining());
                if (n > 0) {
                    bytes.accept(ByteBuffer.wrap(in.array(), in.position(), n));
                    in.position(in.position() + n);
                }
                in.flip();
                int skipped = Math.min(toSkip, in.limit());
                in.position(skipped);
                toSkip -= skipped;
                scan.decode(in, out, n < 0);
                in.compact();
            }
        }
        return scan;
    }

    private void decode(ByteBuffer in, CharBuffer out, boolean end) {
        if (malformed || (ascii && isAscii(in))) {
            characters += malformed ? 0 : in.remaining();
            in.position(in.limit());
            return;
        }
        CoderResult result;
        do {
            result = decoder.decode(in, out, end);
            out.flip();
            count(out);
            out.clear();
        } while (result.isOverflow());
        malformed = result.isError();
        if (malformed) {
            in.position(in.limit());
        }
    }

    /// Whether a piece is ASCII without a zero throughout, which every character set of files holds as it is.
    private static boolean isAscii(ByteBuffer in) {
        byte[] bytes = in.array();
        int at = in.position();
        for (; at + Long.BYTES <= in.limit(); at += Long.BYTES) {
            long eight = (long) LONG.get(bytes, at);
            if (((eight | (eight - ONES)) & HIGHS) != 0) { // a high bit, or a zero that borrows
                return false;
            }
        }
        for (; at < in.limit(); at++) {
            if (bytes[at] <= 0) {
                return false;
            }
        }
        return true;
    }

    private void count(CharBuffer out) {
        char[] chars = out.array();
        for (int i = 0; i < out.limit(); i++) {
            char c = chars[i];
            if (c > 0x7F) {
                nonAscii++;
                nonAsciiFamiliar += familiar.get(c) ? 1 : 0;
            } else if (c == '\n') {
                line += afterCarriageReturn ? 0 : 1;
            } else if (c == '\r') {
                line++;
            } else if (c == 0) {
                zeros++;
            }
            afterCarriageReturn = c == '\r';
        }
        characters += out.limit();
    }
}
