package dev.sampan.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperatorTokenTests {
    @TempDir
    Path home;

    @Test
    void isMadeOnceAndReadableByItsOwnerAlone() throws IOException {
        OperatorToken first = OperatorToken.of(home);
        assertThat(OperatorToken.of(home).header()).isEqualTo(first.header());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("operator-token"))))
                .isEqualTo("rw-------");
    }

    @Test
    void matchesItselfAlone() throws IOException {
        OperatorToken token = OperatorToken.of(home);
        assertThat(token.matches(token.header())).isTrue();
        assertThat(token.matches("")).isFalse();
        assertThat(token.matches(token.header() + "0")).isFalse();
        assertThat(token.matches(OperatorToken.of(Files.createDirectory(home.resolve("other")))
                        .header()))
                .isFalse();
        assertThat(token.toString()).doesNotContain(token.header().substring(7));
    }
}
