package dev.sampan.trust.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampan.kernel.ProblemException;
import dev.sampan.trust.Vault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeVaultTests {
    private static final byte[] SECRET = "sk-漏了就糟了".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path home;

    private Path file() {
        return home.resolve("master-key.json");
    }

    @Test
    void whatIsSealedIsReadBackByALaterProcessAndByNobodyWithoutTheKey() throws IOException {
        byte[] sealed = new HomeVault(file()).seal(SECRET, "gateway.supplier/1");
        assertThat(new String(sealed, StandardCharsets.UTF_8)).doesNotContain("漏了");
        assertThat(new HomeVault(file()).open(sealed, "gateway.supplier/1")).isEqualTo(SECRET);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        Files.delete(file());
        assertThatThrownBy(() -> new HomeVault(file()).open(sealed, "gateway.supplier/1"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("master-key.json");
    }

    @Test
    void aSecretMovedToAnotherPlaceOrChangedByOneBitIsRefused() {
        Vault vault = new HomeVault(file());
        byte[] sealed = vault.seal(SECRET, "gateway.supplier/1");
        assertThatThrownBy(() -> vault.open(sealed, "gateway.supplier/2")).isInstanceOf(ProblemException.class);
        sealed[sealed.length - 1] ^= 1;
        assertThatThrownBy(() -> vault.open(sealed, "gateway.supplier/1")).isInstanceOf(ProblemException.class);
    }
}
