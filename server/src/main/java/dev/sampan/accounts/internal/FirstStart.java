package dev.sampan.accounts.internal;

import dev.sampan.accounts.Member;
import dev.sampan.accounts.Organisation;
import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes the team and its admin on the first start.
///
/// The admin's one-time password stands in a file of ours (0600) before its hash stands in the database, and goes
/// when a password of one's own is chosen: a crash at any point leaves a start that has one to show. Where the
/// file is missing (another node, a deleted home) a new one is made, and the last one made is good.
final class FirstStart {
    static final String ADMIN = "admin";
    private static final Logger LOG = LoggerFactory.getLogger(FirstStart.class);

    private final MemberStore members;
    private final Passwords passwords;
    private final Path file;
    private final Organisation team;
    private volatile @Nullable String oneTime;

    FirstStart(
            Organisations organisations, MemberStore members, Passwords passwords, InstantSource clock, Names names) {
        this.members = members;
        this.passwords = passwords;
        this.file = names.home().resolve("admin-password");
        Organisation made =
                new Organisation(new TenantId(Ulid.next()), names.team(), Organisation.Kind.TEAM, clock.instant());
        this.team = organisations.team(made, ActorId.PLATFORM);
        try {
            while (!prepare(new Member(new ActorId(Ulid.next()), team.id(), ADMIN, clock.instant()))) {
                LOG.debug("another node was at it: looking again");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the admin's one-time password cannot be kept", e);
        }
    }

    /// @param home where the file lies
    /// @param team name of the team when it is made now
    record Names(Path home, String team) {}

    /// @return false when another node wrote in between, so that what was looked at is not true any more
    private boolean prepare(Member admin) throws IOException {
        Optional<MemberStore.Stored> stored = members.named(ADMIN);
        if (stored.isPresent() && !stored.get().oneTime()) {
            Files.deleteIfExists(file);
            return true;
        }
        Optional<String> kept = kept();
        if (stored.isPresent()
                && kept.isPresent()
                && passwords.matches(kept.get(), stored.get().password())) {
            oneTime = kept.get();
            return true;
        }
        String made = kept.orElseGet(OneTimePassword::make);
        keep(made);
        String hash = passwords.hash(made);
        oneTime = made;
        return stored.isPresent()
                ? members.replace(stored.get(), hash, true)
                : members.insert(new MemberStore.Stored(admin, hash, true));
    }

    private Optional<String> kept() throws IOException {
        return Files.exists(file)
                ? Optional.of(Files.readString(file).strip()).filter(text -> !text.isEmpty())
                : Optional.empty();
    }

    private void keep(String password) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.createDirectories(file.getParent());
        Files.deleteIfExists(part);
        Files.createFile(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(part, password + "\n", StandardOpenOption.SYNC);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }

    Organisation team() {
        return team;
    }

    Optional<String> oneTimePassword() {
        // The admin may have chosen a password on another node.
        return Optional.ofNullable(oneTime)
                .filter(_ ->
                        members.named(ADMIN).map(MemberStore.Stored::oneTime).orElse(false));
    }

    /// The admin has chosen a password.
    void done() {
        oneTime = null;
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // The password is changed and stays so: what the file says opens nothing, and the next start deletes it.
            LOG.warn("{} could not be deleted; its password is worth nothing any more", file, e);
        }
    }
}
