package dev.sampan.model.internal;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/// Finds serialised objects of Python and Java by content, whatever a file is called: reading one runs what is written
/// in it. Nothing here ever reads one; a package that carries one is refused so that nobody else does either.
public final class PickleScan {
    private static final int HEAD = 4_096;
    private static final int ENTRIES_MAX = 10_000;

    private PickleScan() {}

    /// @throws ProblemException `model.pickle_refused` naming the file
    public static void refuse(Path file) throws IOException {
        String name = file.getFileName().toString();
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            byte[] head = in.readNBytes(HEAD);
            if (namedPickle(name) || (holdsPickle(head) && !safetensors(name, head))) {
                throw refused(file, "is a serialised object");
            }
            if (head.length > 3 && head[0] == 'P' && head[1] == 'K' && head[2] <= 8) {
                refuseInside(file);
            }
        }
    }

    /// Files of torch (.pt, .pth, .bin) and of NumPy (.npz) are zip archives with pickles inside.
    private static void refuseInside(Path file) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            int entries = 0;
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (namedPickle(entry.getName()) || holdsPickle(zip.readNBytes(HEAD)) || ++entries > ENTRIES_MAX) {
                    throw refused(file, "is an archive with a serialised object");
                }
            }
        } catch (ZipException | IllegalArgumentException e) {
            throw new ProblemException(
                    Problem.of("model.corrupt", "The archive cannot be read.").at(file.toString()), e);
        }
    }

    /// A header of 640 bytes makes a file that starts like a pickle; the validator reads all of such a file.
    private static boolean safetensors(String name, byte[] head) {
        return name.endsWith(".safetensors") && head.length > 8 && head[8] == '{';
    }

    private static boolean namedPickle(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".pkl")
                || lower.endsWith(".pickle")
                || lower.endsWith(".joblib")
                || lower.endsWith(".ser");
    }

    static boolean holdsPickle(byte[] head) {
        return protocolTwo(head) || javaObject(head) || numpyObjects(head) || protocolZero(head);
    }

    /// PROTO opcode and a version from 2 to 5.
    private static boolean protocolTwo(byte[] head) {
        return head.length > 2 && (head[0] & 0xff) == 0x80 && head[1] >= 2 && head[1] <= 5;
    }

    private static boolean javaObject(byte[] head) {
        return head.length > 4 && (head[0] & 0xff) == 0xac && (head[1] & 0xff) == 0xed && head[2] == 0 && head[3] == 5;
    }

    /// A `.npy` array of objects is a pickle behind a header that says `'descr': '|O'`.
    private static boolean numpyObjects(byte[] head) {
        String text = new String(head, 0, Math.min(head.length, 256), StandardCharsets.ISO_8859_1);
        return text.startsWith("\u0093NUMPY") && text.contains("|O");
    }

    /// The text protocols have no magic; what does harm in them is GLOBAL: `c`, a module, a line break, a name, a line
    /// break, at the start or behind marks and empty collections. A pickle ends with a dot.
    private static boolean protocolZero(byte[] head) {
        if (head.length == 0 || (head.length < HEAD && head[head.length - 1] != '.')) {
            return false;
        }
        int at = 0;
        while (at < head.length && "()]}lt".indexOf(head[at]) >= 0) {
            at++;
        }
        if (at >= head.length || (head[at] != 'c' && head[at] != 'i')) {
            return false;
        }
        int module = identifier(head, at + 1);
        return module > at + 1 && identifier(head, module + 1) > module + 1;
    }

    /// Position of the line break that ends a dotted name, or -1.
    private static int identifier(byte[] head, int from) {
        for (int at = from; at < head.length; at++) {
            if (head[at] == '\n') {
                return at;
            }
            if (head[at] != '.' && !Character.isJavaIdentifierPart(head[at] & 0xff)) {
                return -1;
            }
        }
        return -1;
    }

    private static ProblemException refused(Path file, String what) {
        return new ProblemException(
                Problem.of("model.pickle_refused", "The file " + what + ", which can run code when it is read.")
                        .at(file.toString())
                        .remedy("Save the weights as safetensors or ONNX."));
    }
}
