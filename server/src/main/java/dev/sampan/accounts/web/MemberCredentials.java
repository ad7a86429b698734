package dev.sampan.accounts.web;

import dev.sampan.accounts.Member;
import dev.sampan.accounts.Members;
import dev.sampan.kernel.Problem;
import dev.sampan.shell.Viewer;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/// Sign-in by the members' own names and passwords.
@Component
final class MemberCredentials implements Credentials {
    private final ObjectProvider<Members> members;

    MemberCredentials(ObjectProvider<Members> members) {
        this.members = members;
    }

    @Override
    public Outcome signIn(String name, String password, String address) {
        return switch (members.getObject().authenticate(name, password, address)) {
            case Members.SignedIn(Member member, boolean mustChange) -> new Welcome(viewer(member, mustChange));
            case Members.Refused _ -> new Refused();
            case Members.Throttled _ -> new Throttled();
        };
    }

    private static Viewer viewer(Member member, boolean mustChangePassword) {
        return new Viewer(member.id(), member.tenant(), member.name(), mustChangePassword);
    }

    @Override
    public Optional<Problem> changePassword(Viewer viewer, String oldPassword, String newPassword) {
        return members.getObject().changePassword(viewer.actor(), oldPassword, newPassword);
    }
}
