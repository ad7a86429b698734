package dev.sampan.console.sample;

import dev.sampan.accounts.Member;
import dev.sampan.accounts.Members;
import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One person of each customer's; nobody signs in here.
final class SampleMembers implements Members {
    private static final Instant MADE = Instant.parse("2026-02-01T02:00:00Z");

    @Override
    public SignIn authenticate(String name, String password, String address) {
        return new Refused();
    }

    @Override
    public Optional<Problem> changePassword(ActorId member, String oldPassword, String newPassword) {
        return Optional.empty();
    }

    @Override
    public Optional<Member> member(ActorId id) {
        return Optional.empty();
    }

    @Override
    public Optional<Member> memberNamed(String name) {
        return Optional.empty();
    }

    @Override
    public Invitation invite(TenantId customer, String name, ActorId by) {
        return new Invitation(
                new Member(SampleAccounts.CUSTOMERS_PERSON, customer, name, MADE), "k7mw-2abc-9xyz-hhhh-3456");
    }

    @Override
    public List<Member> of(TenantId tenant) {
        return List.of(new Member(SampleAccounts.CUSTOMERS_PERSON, tenant, "li@tea.example", MADE));
    }
}
