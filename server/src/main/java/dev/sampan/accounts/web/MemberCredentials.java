package dev.sampan.accounts.web;

import dev.sampan.accounts.Accounts;
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
    private final ObjectProvider<Accounts> accounts;

    MemberCredentials(ObjectProvider<Members> members, ObjectProvider<Accounts> accounts) {
        this.members = members;
        this.accounts = accounts;
    }

    @Override
    public Outcome signIn(String name, String password, String address) {
        return switch (members.getObject().authenticate(name, password, address)) {
            case Members.SignedIn(Member member, boolean mustChange) -> new Welcome(viewer(member, mustChange));
            case Members.Refused _ -> new Refused();
            case Members.Throttled _ -> new Throttled();
        };
    }

    private Viewer viewer(Member member, boolean mustChangePassword) {
        boolean customer = !accounts.getObject().team().id().equals(member.tenant());
        return new Viewer(member.id(), member.tenant(), member.name(), customer, mustChangePassword);
    }

    @Override
    public Optional<Problem> changePassword(Viewer viewer, String oldPassword, String newPassword) {
        return members.getObject().changePassword(viewer.actor(), oldPassword, newPassword);
    }
}
