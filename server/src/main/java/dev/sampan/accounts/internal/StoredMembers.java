package dev.sampan.accounts.internal;

import dev.sampan.accounts.Member;
import dev.sampan.accounts.Members;
import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Members in PostgreSQL.
final class StoredMembers implements Members {
    private static final Logger LOG = LoggerFactory.getLogger(Members.class);
    private static final Pattern NAME = Pattern.compile("[^\\s\\p{Cntrl}]{3,80}");

    private final MemberStore store;
    private final Passwords passwords;
    private final SignInThrottle throttle;
    private final FirstStart firstStart;
    private final InstantSource clock;

    StoredMembers(
            MemberStore store,
            Passwords passwords,
            SignInThrottle throttle,
            FirstStart firstStart,
            InstantSource clock) {
        this.store = store;
        this.passwords = passwords;
        this.throttle = throttle;
        this.firstStart = firstStart;
        this.clock = clock;
    }

    @Override
    public SignIn authenticate(String name, String password, String address) {
        Duration wait = throttle.admit(name, address);
        if (wait.isPositive()) {
            return new Throttled(wait);
        }
        Optional<MemberStore.Stored> stored = tooLong(password) ? Optional.empty() : store.named(name);
        String given = tooLong(password) ? "" : password;
        if (!passwords.matches(given, stored.map(MemberStore.Stored::password).orElse(null))) {
            return new Refused();
        }
        throttle.forgive(name, address);
        return welcome(stored.orElseThrow(), given);
    }

    private SignIn welcome(MemberStore.Stored stored, String password) {
        Member member = stored.member();
        if (Passwords.outdated(stored.password())) {
            store.replace(stored, passwords.hash(password), stored.oneTime());
        }
        return new SignedIn(member, stored.oneTime());
    }

    private static boolean tooLong(String password) {
        return password.length() > 4 * PasswordRules.LETTERS_MAX;
    }

    @Override
    public Optional<Problem> changePassword(ActorId id, String oldPassword, String newPassword) {
        Optional<MemberStore.Stored> stored = store.byId(id);
        if (stored.isEmpty()) {
            return Optional.of(Problem.of("accounts.unknown_member", "There is no member " + id));
        }
        Member member = stored.get().member();
        // A session that was left open must not be a way to guess the password.
        Duration wait = throttle.admit(member.name(), "session");
        if (wait.isPositive()) {
            return Optional.of(
                    Problem.of("accounts.too_many_tries", "Too many tries; wait " + wait.toSeconds() + " seconds"));
        }
        if (tooLong(oldPassword) || !passwords.matches(oldPassword, stored.get().password())) {
            return Optional.of(Problem.of("accounts.wrong_password", "The current password is not right"));
        }
        throttle.forgive(member.name(), "session");
        Optional<Problem> problem = PasswordRules.normal(newPassword).equals(PasswordRules.normal(oldPassword))
                ? Optional.of(Problem.of("accounts.same_password", "The new password is the old one"))
                : PasswordRules.check(member.name(), newPassword);
        if (problem.isEmpty()) {
            if (!store.replace(stored.get(), passwords.hash(newPassword), false)) {
                return Optional.of(Problem.of("accounts.wrong_password", "The password was changed meanwhile"));
            }
            if (member.name().equals(FirstStart.ADMIN)) {
                firstStart.done();
            }
        }
        return problem;
    }

    @Override
    public Optional<Member> memberNamed(String name) {
        return store.named(name).map(MemberStore.Stored::member);
    }

    @Override
    public Optional<Member> member(ActorId id) {
        return store.byId(id).map(MemberStore.Stored::member);
    }

    @Override
    public Invitation invite(TenantId customer, String name, ActorId by) {
        if (!NAME.matcher(name).matches()) {
            throw new ProblemException(Problem.of("accounts.member_name", "'" + name + "' is no sign-in name")
                    .remedy("Take 3 to 80 letters without blanks, such as a mail address"));
        }
        String oneTime = OneTimePassword.make();
        String hash = passwords.hash(oneTime);
        Member made = new Member(new ActorId(Ulid.next()), customer, name, clock.instant());
        if (store.insert(new MemberStore.Stored(made, hash, true))) {
            LOG.info("{} was invited to {} by {}", made.id(), customer, by);
            return new Invitation(made, oneTime);
        }
        MemberStore.Stored known = store.named(name)
                .filter(stored -> stored.member().tenant().equals(customer))
                .orElseThrow(() -> new ProblemException(
                        Problem.of("accounts.member_taken", "Somebody else signs in as '" + name + "'")
                                .remedy("Choose another name, such as the mail address")));
        if (!store.replace(known, hash, true)) {
            throw new ProblemException(Problem.of("accounts.member_changed", "The password was changed meanwhile")
                    .remedy("Invite again"));
        }
        LOG.info("{} was given a new password by {}", known.member().id(), by);
        return new Invitation(known.member(), oneTime);
    }

    @Override
    public List<Member> of(TenantId tenant) {
        return store.of(tenant);
    }
}
