package dev.sampan.accounts.web;

import dev.sampan.kernel.Problem;
import dev.sampan.shell.Viewer;
import java.util.Optional;

/// What sign-in asks of the members' room.
interface Credentials {
    /// Takes the same time for a known and an unknown name.
    Outcome signIn(String name, String password, String address);

    /// @return what is wrong with the new password or the old one; empty when it was changed
    Optional<Problem> changePassword(Viewer viewer, String oldPassword, String newPassword);

    /// How a sign-in ended.
    sealed interface Outcome permits Welcome, Refused, Throttled {}

    record Welcome(Viewer viewer) implements Outcome {}

    /// Unknown name and wrong password alike.
    record Refused() implements Outcome {}

    /// Too many tries; whether this one was right was not looked at.
    record Throttled() implements Outcome {}
}
