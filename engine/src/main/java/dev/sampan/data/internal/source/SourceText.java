package dev.sampan.data.internal.source;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Sha256;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.BitSet;
import java.util.function.LongConsumer;

/// One file whose encoding is known and holds throughout.
///
/// With `auto`: a byte-order mark decides; else the whole file must be UTF-8; else it must be GB18030 (of which
/// GBK and GB2312 are parts) and look Chinese, since most bytes of other encodings are GB18030 too. UTF-8 with
/// damage is told from GBK by what stands before the first bad byte: a hundred good characters past ASCII are
/// never an accident.
///
/// @param name without its folder, for messages
/// @param skip bytes of the byte-order mark
/// @param bytes size of the file
/// @param sha256 of the file as it stands
public record SourceText(Path file, String name, Charset charset, int skip, long bytes, Sha256 sha256) {
    private static final Charset GB18030 = Charset.forName("GB18030");
    private static final int SURELY_UTF8 = 100;
    private static final double LOOKS_CHINESE = 0.8;
    private static final double ZEROS_MAX = 0.2;

    /// Characters of GB2312, the everyday part of GB18030.
    private static final class Everyday {
        static final BitSet CHARACTERS = characters();

        private static BitSet characters() {
            var encoder = Charset.forName("GB2312").newEncoder();
            BitSet set = new BitSet(1 << 16);
            for (int c = 0x80; c <= Character.MAX_VALUE; c++) {
                set.set(c, !Character.isSurrogate((char) c) && encoder.canEncode((char) c));
            }
            return set;
        }
    }

    /// Reads the file once, or twice when it is not UTF-8.
    ///
    /// @param encoding `auto` or a name Java knows
    /// @param read told the bytes of each piece read
    /// @throws ProblemException `data.encoding`, `data.not_found`, `data.unreadable`, `data.empty`
    public static SourceText of(Path file, String encoding, LongConsumer read) {
        return of(file, String.valueOf(file.getFileName()), encoding, read);
    }

    /// @param name what people know the file by
    static SourceText of(Path file, String name, String encoding, LongConsumer read) {
        try {
            byte[] head = head(file);
            if (head.length == 0) {
                throw new ProblemException(
                        Problem.of("data.empty", "The file is empty").at(name));
            }
            Bom bom = Bom.of(head);
            Charset charset = encoding.equalsIgnoreCase("auto") ? bom.charset : named(encoding, bom);
            boolean guess = encoding.equalsIgnoreCase("auto") && bom.skip == 0;
            MessageDigest digest = Sha256.digest();
            StrictScan scan = StrictScan.of(file, bom.skip, charset, new BitSet(), piece -> {
                read.accept(piece.remaining());
                digest.update(piece);
            });
            if (scan.malformed) {
                charset = guess ? gb18030(file, name, scan) : refuse(name, charset.name(), scan);
            } else if (scan.zeros > scan.characters * ZEROS_MAX) {
                throw new ProblemException(Problem.of(
                                "data.encoding",
                                "Every few characters is a zero: this is UTF-16 without a byte-order mark, or no text")
                        .at(name)
                        .remedy("Save it as UTF-8, or set data.encoding, for example to UTF-16LE"));
            }
            return new SourceText(file, name, charset, bom.skip, Files.size(file), Sha256.finish(digest.digest()));
        } catch (IOException e) {
            throw IoProblems.reading(file, e);
        }
    }

    /// Characters after the byte-order mark.
    ///
    /// @param read told the bytes of each piece read
    public Reader open(LongConsumer read) throws IOException {
        InputStream in = new FilterInputStream(Files.newInputStream(file)) {
            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int n = super.read(buffer, offset, length);
                read.accept(Math.max(0, n));
                return n;
            }
        };
        InputStream buffered = new BufferedInputStream(in, 1 << 16);
        buffered.skipNBytes(skip);
        return new InputStreamReader(
                buffered,
                charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
    }

    private static byte[] head(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(3);
        }
    }

    private static Charset gb18030(Path file, String name, StrictScan utf8) throws IOException {
        if (utf8.nonAscii >= SURELY_UTF8) {
            return refuse(name, "UTF-8", utf8);
        }
        StrictScan scan = StrictScan.of(file, 0, GB18030, Everyday.CHARACTERS, _ -> {});
        if (scan.malformed || scan.nonAsciiFamiliar < scan.nonAscii * LOOKS_CHINESE) {
            return refuse(name, "UTF-8 or GB18030", utf8);
        }
        return GB18030;
    }

    private static Charset refuse(String name, String expected, StrictScan scan) {
        throw new ProblemException(Problem.of("data.encoding", "A character here is not " + expected)
                .at(name + " line " + scan.line)
                .remedy("Save the file as UTF-8, or set data.encoding to what it is"));
    }

    private static Charset named(String encoding, Bom bom) {
        try {
            Charset charset = Charset.forName(encoding);
            return bom.skip > 0 && charset.equals(StandardCharsets.UTF_16) ? bom.charset : charset;
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new ProblemException(
                    Problem.of("data.encoding", "'" + encoding + "' is no encoding Java knows")
                            .remedy("Use auto, UTF-8, UTF-16 or GB18030"),
                    e);
        }
    }

    /// The byte-order mark at a file's start.
    private record Bom(Charset charset, int skip) {
        static Bom of(byte[] head) {
            int first = head.length > 1 ? (head[0] & 0xFF) << 8 | head[1] & 0xFF : 0;
            if (first == 0xFEFF) {
                return new Bom(StandardCharsets.UTF_16BE, 2);
            }
            if (first == 0xFFFE) {
                return new Bom(StandardCharsets.UTF_16LE, 2);
            }
            boolean utf8 = first == 0xEFBB && head.length > 2 && (head[2] & 0xFF) == 0xBF;
            return new Bom(StandardCharsets.UTF_8, utf8 ? 3 : 0);
        }
    }
}
