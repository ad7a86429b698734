package dev.sampan.accounts;

import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.Problem;
import java.util.Optional;

/// People who sign in with a name and a password.
public interface Members {
    /// Takes the same time for a known and an unknown name. Blocks for about a tenth of a second.
    ///
    /// @param address where the try comes from; tries are counted by name and address, and by name over all
    SignIn authenticate(String name, String password, String address);

    /// @return what is wrong with the old or the new password; empty when it was changed
    Optional<Problem> changePassword(ActorId member, String oldPassword, String newPassword);

    Optional<Member> member(ActorId id);

    /// How a try to sign in ended.
    sealed interface SignIn permits Welcome, MustChangePassword, Refused, Throttled {}

    record Welcome(Member member) implements SignIn {}

    /// Right, but one-time: nothing else is open before a password of one's own was chosen.
    record MustChangePassword(Member member) implements SignIn {}

    /// Unknown name and wrong password alike.
    record Refused() implements SignIn {}

    /// Too many tries; whether this one was right was not looked at.
    record Throttled() implements SignIn {}
}
