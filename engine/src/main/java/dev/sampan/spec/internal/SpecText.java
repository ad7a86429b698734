package dev.sampan.spec.internal;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The letters of a specification's file.
final class SpecText {
    private static final int BYTES_MAX = 1 << 20;

    private SpecText() {}

    /// @throws ProblemException `spec.missing_file`, `spec.unreadable`, `spec.too_large`, `spec.encoding`
    static String read(Path file) {
        String name = file.toString();
        if (!Files.exists(file)) {
            throw refused("spec.missing_file", "There is no file " + name, "Give the path of a sampan.yaml");
        }
        if (!Files.isRegularFile(file)) {
            throw refused("spec.missing_file", name + " is a folder, not a file", "Name the sampan.yaml in it");
        }
        try {
            if (Files.size(file) > BYTES_MAX) {
                throw refused(
                        "spec.too_large", name + " is larger than 1 MB, which no specification is", "Is it the data?");
            }
            return decoded(Files.readAllBytes(file), file.getFileName().toString());
        } catch (AccessDeniedException e) {
            throw new ProblemException(
                    Problem.of("spec.unreadable", name + " may not be read by this user")
                            .remedy("Change its rights"),
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ProblemException refused(String code, String sentence, String remedy) {
        return new ProblemException(Problem.of(code, sentence).remedy(remedy));
    }

    static String decoded(byte[] bytes, String name) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length + 1);
        CoderResult result = decoder.decode(in, out, true);
        String text = out.flip().toString();
        if (result.isError()) {
            int line = (int) text.chars().filter(c -> c == '\n').count() + 1;
            int column = text.length() - text.lastIndexOf('\n');
            throw new ProblemException(Problem.of("spec.encoding", "The file is not UTF-8 from here on")
                    .at(name + ":" + line + ":" + column)
                    .remedy("Save it as UTF-8"));
        }
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }
}
