package dev.sampan.accounts;

import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.TenantId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// People who sign in with a name and a password.
public interface Members {
    /// Takes the same time for a known and an unknown name. Blocks for about a tenth of a second.
    ///
    /// @param address where the try comes from; tries are counted by name and address, and by name over all
    SignIn authenticate(String name, String password, String address);

    /// @return what is wrong with the old or the new password, empty when it was changed:
    /// `accounts.wrong_password`,
    ///     `weak_password`, `same_password`, `too_many_tries`, `unknown_member`
    Optional<Problem> changePassword(ActorId member, String oldPassword, String newPassword);

    Optional<Member> member(ActorId id);

    /// By sign-in name; case does not matter.
    Optional<Member> memberNamed(String name);

    /// Opens the portal to one of a customer's people, by a password that is good for nothing but choosing one's own.
    /// Whoever is known there already gets a new one; the old password is worth nothing any more.
    ///
    /// @param name sign-in name, 3 to 80 letters without blanks, such as a mail address
    /// @throws dev.sampan.kernel.ProblemException `accounts.member_name`, `accounts.member_taken` (by somebody
    ///     elsewhere)
    Invitation invite(TenantId customer, String name, ActorId by);

    /// By name.
    List<Member> of(TenantId tenant);

    /// @param oneTimePassword to be handed on; shown once and kept nowhere
    record Invitation(Member member, String oneTimePassword) {}

    /// How a try to sign in ended.
    sealed interface SignIn permits SignedIn, Refused, Throttled {}

    /// @param mustChangePassword the password was right, but one-time: nothing else is open before one of one's
    ///     own
    ///     was chosen
    record SignedIn(Member member, boolean mustChangePassword) implements SignIn {}

    /// Unknown name and wrong password alike.
    record Refused() implements SignIn {}

    /// Too many tries; whether this one was right was not looked at.
    ///
    /// @param retryAfter when the next try will be looked at
    record Throttled(Duration retryAfter) implements SignIn {}
}
