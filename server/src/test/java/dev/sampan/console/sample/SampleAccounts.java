package dev.sampan.console.sample;

import dev.sampan.accounts.Accounts;
import dev.sampan.accounts.ApiKey;
import dev.sampan.accounts.Organisation;
import dev.sampan.accounts.Principal;
import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A team, two customers and their keys, in memory.
public final class SampleAccounts implements Accounts {
    public static final ActorId ADMIN = new ActorId(Ulid.next());
    public static final ActorId CUSTOMERS_PERSON = new ActorId(Ulid.next());

    private final Organisation team = organisation("Quayside", Organisation.Kind.TEAM);
    private final List<Organisation> customers = new ArrayList<>();
    private final List<ApiKey> keys = new ArrayList<>();

    /// @param empty as on the first day: the team alone
    public SampleAccounts(boolean empty) {
        if (empty) {
            return;
        }
        Organisation tea = createCustomer("Harbour Tea", ADMIN);
        Organisation flowers = createCustomer("海棠花店", ADMIN);
        keys.add(key(tea, "shop-backend", Instant.now().minus(Duration.ofMinutes(4)), null));
        keys.add(key(tea, "old-laptop", null, Instant.now().minus(Duration.ofDays(2))));
        keys.add(key(flowers, "客服机器人", null, null));
    }

    private static Organisation organisation(String name, Organisation.Kind kind) {
        return new Organisation(
                new TenantId(Ulid.next()), name, kind, Instant.now().minus(Duration.ofDays(12)));
    }

    private static ApiKey key(Organisation owner, String name, Instant used, Instant revoked) {
        Instant made = Instant.now().minus(Duration.ofDays(5));
        return new ApiKey(Ulid.next(), owner.id(), name, "sk-sampan-7Q2m", made, revoked, used);
    }

    @Override
    public Organisation team() {
        return team;
    }

    @Override
    public Organisation createCustomer(String name, ActorId by) {
        if (organisationNamed(name).isPresent()) {
            throw new ProblemException(
                    Problem.of("accounts.name_taken", "An organisation named '" + name + "' exists."));
        }
        Organisation made = organisation(name, Organisation.Kind.CUSTOMER);
        customers.add(made);
        return made;
    }

    @Override
    public Optional<Organisation> organisation(TenantId id) {
        return id.equals(team.id())
                ? Optional.of(team)
                : customers.stream().filter(one -> one.id().equals(id)).findFirst();
    }

    @Override
    public Optional<Organisation> organisationNamed(String name) {
        return customers.stream().filter(one -> one.name().equals(name)).findFirst();
    }

    @Override
    public List<Organisation> customers() {
        return customers.stream()
                .sorted(Comparator.comparing(Organisation::name))
                .toList();
    }

    @Override
    public ApiKey.Minted createKey(TenantId tenant, String name, @Nullable String project, ActorId by) {
        String secret = "sk-sampan-" + Ulid.next() + Ulid.next().toString().substring(10);
        ApiKey key =
                new ApiKey(Ulid.next(), tenant, name, secret.substring(0, 14), Instant.now(), null, null, project, by);
        keys.addFirst(key);
        return new ApiKey.Minted(key, secret);
    }

    @Override
    public void moveTo(TenantId tenant, @Nullable ZoneId zone, ActorId by) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<ApiKey> keys(TenantId tenant) {
        return keys.stream().filter(key -> key.tenant().equals(tenant)).toList();
    }

    @Override
    public void revokeKey(TenantId tenant, Ulid keyId, ActorId by) {
        keys.replaceAll(key -> key.id().equals(keyId)
                ? new ApiKey(
                        key.id(), tenant, key.name(), key.prefix(), key.createdAt(), Instant.now(), key.lastUsedAt())
                : key);
    }

    @Override
    public Optional<Principal> authenticate(String secret) {
        return Optional.empty();
    }

    @Override
    public Optional<String> adminOneTimePassword() {
        return Optional.empty();
    }

    @Override
    public ActorId platformActor() {
        return ADMIN;
    }
}
