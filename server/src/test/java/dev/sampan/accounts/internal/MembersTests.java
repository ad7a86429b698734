package dev.sampan.accounts.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampan.accounts.Member;
import dev.sampan.accounts.Members;
import dev.sampan.accounts.Members.Refused;
import dev.sampan.accounts.Members.SignIn;
import dev.sampan.accounts.Members.SignedIn;
import dev.sampan.accounts.Members.Throttled;
import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.testing.DatabaseFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

class MembersTests {
    private static final String OWN = "three waves under one sail";

    @RegisterExtension
    static final DatabaseFixture DB = new DatabaseFixture();

    @TempDir
    Path home;

    private final HandClock clock = new HandClock(Instant.parse("2026-11-24T08:00:00Z"));
    private final MemberStore store = new MemberStore(DB.database());
    private final Passwords passwords = new Passwords();

    @BeforeEach
    void nobodyYet() {
        DB.owner().sql("delete from accounts.member").update();
    }

    private FirstStart aStart() {
        return new FirstStart(
                new Organisations(DB.database()), store, passwords, clock, new FirstStart.Names(home, "Quayside"));
    }

    private StoredMembers members(FirstStart start) {
        return new StoredMembers(store, passwords, new SignInThrottle(clock), start, clock);
    }

    private Path file() {
        return home.resolve("admin-password");
    }

    private static void assertSignedIn(SignIn result, boolean mustChangePassword) {
        assertThat(result)
                .isInstanceOfSatisfying(
                        SignedIn.class,
                        in -> assertThat(in.mustChangePassword()).isEqualTo(mustChangePassword));
    }

    @Test
    void theOneTimePasswordIsGoodForChoosingOnesOwnAndThenForgotten() throws IOException {
        FirstStart start = aStart();
        StoredMembers members = members(start);
        String once = start.oneTimePassword().orElseThrow();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");

        SignedIn signedIn = (SignedIn) members.authenticate("Admin", once, "1.2.3.4");
        assertThat(signedIn.mustChangePassword()).isTrue();
        Member admin = signedIn.member();
        assertThat(members.changePassword(admin.id(), "not it", OWN).map(Problem::code))
                .contains("accounts.wrong_password");
        assertThat(members.changePassword(admin.id(), once, "short").map(Problem::code))
                .contains("accounts.weak_password");
        assertThat(members.changePassword(admin.id(), once, once).map(Problem::code))
                .contains("accounts.same_password");
        assertThat(aStart().oneTimePassword()).contains(once);
        assertThat(members.changePassword(admin.id(), once, OWN)).isEmpty();

        assertThat(start.oneTimePassword()).isEmpty();
        assertThat(file()).doesNotExist();
        assertThat(aStart().oneTimePassword()).isEmpty();
        assertThat(members.authenticate("admin", once, "1.2.3.4")).isInstanceOf(Refused.class);
        assertSignedIn(members.authenticate("admin", OWN, "1.2.3.4"), false);
    }

    @Test
    void whoIsInvitedChoosesAPasswordAndGetsANewOneWhenItIsForgotten() {
        FirstStart start = aStart();
        StoredMembers members = members(start);
        TenantId customer = start.team().id();
        ActorId by = new ActorId(Ulid.next());
        Members.Invitation first = members.invite(customer, "li@tea.example", by);
        assertSignedIn(members.authenticate("LI@tea.example", first.oneTimePassword(), "1.2.3.4"), true);
        assertThat(members.changePassword(first.member().id(), first.oneTimePassword(), OWN))
                .isEmpty();

        Members.Invitation again = members.invite(customer, "li@tea.example", by);
        assertThat(again.member()).isEqualTo(first.member());
        assertThat(members.authenticate("li@tea.example", OWN, "1.2.3.4")).isInstanceOf(Refused.class);
        assertSignedIn(members.authenticate("li@tea.example", again.oneTimePassword(), "1.2.3.4"), true);
        assertThat(members.of(customer)).extracting(Member::name).containsExactly("admin", "li@tea.example");
        assertThatThrownBy(() -> members.invite(new TenantId(Ulid.next()), "admin", by))
                .hasMessageContaining("Somebody else signs in as 'admin'");
        assertThatThrownBy(() -> members.invite(customer, "li li", by)).hasMessageContaining("no sign-in name");
        assertThatThrownBy(() -> members.invite(customer, "li", by)).hasMessageContaining("no sign-in name");
    }

    @Test
    void everyStartBeforeThatShowsTheSamePassword() {
        String once = aStart().oneTimePassword().orElseThrow();
        assertThat(aStart().oneTimePassword()).contains(once);
    }

    @Test
    void aCrashBetweenFileAndRowLeavesAPasswordThatWorks() {
        String once = aStart().oneTimePassword().orElseThrow();
        nobodyYet();
        FirstStart again = aStart();
        assertThat(again.oneTimePassword()).contains(once);
        assertSignedIn(members(again).authenticate("admin", once, ""), true);
    }

    @Test
    void aLostFileMeansANewPassword() throws IOException {
        String first = aStart().oneTimePassword().orElseThrow();
        Files.delete(file());
        FirstStart again = aStart();
        String second = again.oneTimePassword().orElseThrow();
        assertThat(second).isNotEqualTo(first);
        assertThat(members(again).authenticate("admin", first, "")).isInstanceOf(Refused.class);
        assertSignedIn(members(again).authenticate("admin", second, ""), true);
    }

    @Test
    void aGuesserIsStoppedAndOthersAreNot() {
        FirstStart start = aStart();
        StoredMembers members = members(start);
        String once = start.oneTimePassword().orElseThrow();
        for (int i = 0; i <= SignInThrottle.FREE; i++) {
            assertThat(members.authenticate("admin", "guess " + i, "6.6.6.6")).isInstanceOf(Refused.class);
        }
        assertThat(members.authenticate("admin", once, "6.6.6.6")).isEqualTo(new Throttled(SignInThrottle.FIRST_WAIT));
        assertSignedIn(members.authenticate("admin", once, "1.2.3.4"), true);

        clock.advance(SignInThrottle.FIRST_WAIT);
        assertSignedIn(members.authenticate("admin", once, "6.6.6.6"), true);
    }

    @Test
    void aStartThatLookedTooEarlyDoesNotUndoTheAdminsChoice() {
        FirstStart start = aStart();
        MemberStore.Stored lookedAt = store.named("admin").orElseThrow();
        String once = start.oneTimePassword().orElseThrow();
        assertThat(members(start).changePassword(lookedAt.member().id(), once, OWN))
                .isEmpty();

        assertThat(store.replace(lookedAt, passwords.hash("another one-time one"), true))
                .isFalse();
        assertSignedIn(members(start).authenticate("admin", OWN, ""), false);
    }

    @Test
    void aPasswordChosenOnAnotherNodeEndsTheOneTimePasswordHere() {
        FirstStart here = aStart();
        FirstStart there = aStart();
        String once = there.oneTimePassword().orElseThrow();
        assertThat(members(there)
                        .changePassword(
                                store.named("admin").orElseThrow().member().id(), once, OWN))
                .isEmpty();
        assertThat(here.oneTimePassword()).isEmpty();
    }

    @Test
    void aWeakerHashIsRenewedAtSignIn() {
        FirstStart start = aStart();
        String once = start.oneTimePassword().orElseThrow();
        MemberStore.Stored stored = store.named("admin").orElseThrow();
        String weak = new Argon2PasswordEncoder(16, 32, 1, 4 * 1024, 1).encode(once);
        store.replace(stored, weak == null ? "" : weak, true);

        assertSignedIn(members(start).authenticate("admin", once, ""), true);
        assertThat(store.named("admin").orElseThrow().password()).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    }

    @Test
    void anUnknownNameIsRefusedLikeAWrongPassword() {
        assertThat(members(aStart()).authenticate("nobody", OWN, "")).isInstanceOf(Refused.class);
    }
}
