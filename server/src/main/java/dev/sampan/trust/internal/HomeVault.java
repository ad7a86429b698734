package dev.sampan.trust.internal;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.trust.Vault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// AES-256-GCM under a key of this home, made when it is first needed.
public final class HomeVault implements Vault {
    private final Path file;
    private @Nullable Aead aead;

    public HomeVault(Path file) {
        this.file = file;
    }

    @Override
    public byte[] seal(byte[] secret, String place) {
        try {
            return aead().encrypt(secret, place.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a secret cannot be sealed", e);
        }
    }

    @Override
    public byte[] open(byte[] sealed, String place) {
        try {
            return aead().decrypt(sealed, place.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new ProblemException(
                    Problem.of(
                                    "trust.cannot_open",
                                    "A secret kept in " + place + " cannot be opened with the key in " + file)
                            .remedy("Put back the " + file.getFileName()
                                    + " that it was sealed with, or give the secret anew"),
                    e);
        }
    }

    private synchronized Aead aead() throws GeneralSecurityException {
        if (aead == null) {
            AeadConfig.register();
            aead = keys().getPrimitive(RegistryConfiguration.get(), Aead.class);
        }
        return aead;
    }

    private KeysetHandle keys() throws GeneralSecurityException {
        try {
            if (Files.notExists(file)) {
                make();
            }
            return TinkJsonProtoKeysetFormat.parseKeyset(
                    Files.readString(file), RegistryConfiguration.get(), InsecureSecretKeyAccess.get());
        } catch (IOException e) {
            throw new UncheckedIOException("the master key cannot be read: " + file, e);
        }
    }

    /// Written beside, forced and linked into its place: of two who make one at once the first wins, and no
    /// half of a key is ever there.
    private void make() throws GeneralSecurityException, IOException {
        KeysetHandle made = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, RegistryConfiguration.get());
        String json = TinkJsonProtoKeysetFormat.serializeKeyset(
                made, RegistryConfiguration.get(), InsecureSecretKeyAccess.get());
        Path fresh = file.resolveSibling(
                file.getFileName() + "." + ProcessHandle.current().pid());
        Files.deleteIfExists(fresh);
        try (FileChannel channel = FileChannel.open(
                fresh,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            channel.write(ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)));
            channel.force(true);
        }
        try {
            Files.createLink(file, fresh);
        } catch (FileAlreadyExistsException _) {
            return; // another process was quicker: its key is the one
        } finally {
            Files.deleteIfExists(fresh);
        }
        try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }
}
