package dev.sampan.data.internal.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.function.Consumer;

/// Decodes a whole file as one character set, keeping nothing of it, and says whether and where that fails.
final class StrictScan {
    private static final int BUFFER = 1 << 16;

    private final CharsetDecoder decoder;
    private final BitSet familiar;
    private boolean afterCarriageReturn;

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
    }

    /// @param skip bytes of a byte-order mark
    /// @param bytes told every piece of the file, past a malformed byte too
    /// @param familiar characters to count apart
    static StrictScan of(Path file, int skip, Charset charset, BitSet familiar, Consumer<ByteBuffer> bytes)
            throws IOException {
        StrictScan scan = new StrictScan(charset, familiar);
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
        if (malformed) {
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
