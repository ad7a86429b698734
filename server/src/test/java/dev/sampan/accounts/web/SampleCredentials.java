package dev.sampan.accounts.web;

import dev.sampan.accounts.Accounts;
import dev.sampan.console.sample.SampleAccounts;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.TenantId;
import dev.sampan.shell.Viewer;
import java.util.Optional;
import org.springframework.context.annotation.Primary;

/// Of the customer Harbour Tea `li@tea.example`; two members: `admin`, and `newcomer` who came with a one-time
/// password. `throttled` has tried too often.
@Primary
public final class SampleCredentials implements Credentials {
    public static final String PASSWORD = "three waves under one sail";

    private final Accounts accounts;

    SampleCredentials(Accounts accounts) {
        this.accounts = accounts;
    }

    @Override
    public Outcome signIn(String name, String password, String address) {
        if (name.equals("throttled")) {
            return new Throttled();
        }
        if (name.equals("li@tea.example") && password.equals(PASSWORD)) {
            TenantId tea =
                    accounts.organisationNamed("Harbour Tea").orElseThrow().id();
            return new Welcome(new Viewer(SampleAccounts.CUSTOMERS_PERSON, tea, name, true, false));
        }
        boolean known = name.equals("admin") || name.equals("newcomer");
        if (!known || !password.equals(PASSWORD)) {
            return new Refused();
        }
        return new Welcome(
                new Viewer(SampleAccounts.ADMIN, accounts.team().id(), name, false, name.equals("newcomer")));
    }

    @Override
    public Optional<Problem> changePassword(Viewer viewer, String oldPassword, String newPassword) {
        return oldPassword.equals(PASSWORD)
                ? Optional.empty()
                : Optional.of(Problem.of("accounts.wrong_password", "The current password is not right."));
    }
}
