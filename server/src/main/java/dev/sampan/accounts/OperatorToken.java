package dev.sampan.accounts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/// Whoever can read the platform's home may steer it: the command line of the same user proves that by the content of
/// `operator-token`, a file that only this user can read.
public final class OperatorToken {
    private static final int BYTES = 32;
    private static final String SCHEME = "Bearer ";

    private final String token;

    private OperatorToken(String token) {
        this.token = token;
    }

    /// The home's token, made when there is none.
    public static OperatorToken of(Path home) {
        Path file = home.resolve("operator-token");
        try {
            if (Files.notExists(file)) {
                make(file);
            }
            return new OperatorToken(Files.readString(file).strip());
        } catch (IOException e) {
            throw new UncheckedIOException("the operator's token cannot be read: " + file, e);
        }
    }

    private static void make(Path file) throws IOException {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        Path fresh = file.resolveSibling("operator-token.new");
        Files.deleteIfExists(fresh);
        try (var channel = Files.newByteChannel(
                fresh,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            channel.write(StandardCharsets.US_ASCII.encode(HexFormat.of().formatHex(random)));
        }
        Files.move(fresh, file);
    }

    /// What goes into the header `Authorization`.
    public String header() {
        return SCHEME + token;
    }

    /// Whether a header is that of the operator, in a time that does not depend on how much of it is right.
    public boolean matches(String header) {
        return MessageDigest.isEqual(
                header.getBytes(StandardCharsets.UTF_8), header().getBytes(StandardCharsets.UTF_8));
    }

    /// For addresses that the operator's command line alone may ask.
    ///
    /// @throws ResponseStatusException 401 for whoever else asks
    public void require(String header) {
        if (!matches(header)) {
            throw new ResponseStatusException(HttpStatus.UNAUTHORIZED);
        }
    }

    @Override
    public String toString() {
        return "OperatorToken";
    }
}
