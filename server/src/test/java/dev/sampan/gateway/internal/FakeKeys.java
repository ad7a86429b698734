package dev.sampan.gateway.internal;

import dev.sampan.accounts.Accounts;
import dev.sampan.accounts.ApiKey;
import dev.sampan.accounts.Organisation;
import dev.sampan.accounts.Principal;
import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Accounts that know keys and nothing else.
public class FakeKeys implements Accounts {
    public static final String KEY = "sk-test";

    static final String OTHER = "sk-other";

    final Map<String, Principal> keys = new ConcurrentHashMap<>(Map.of(KEY, someone(), OTHER, someone()));

    static Principal someone() {
        return new Principal(new TenantId(Ulid.next()), Ulid.next(), "test");
    }

    @Override
    public Optional<Principal> authenticate(String secret) {
        return Optional.ofNullable(keys.get(secret));
    }

    @Override
    public Organisation team() {
        return new Organisation(new TenantId(Ulid.next()), "team", Organisation.Kind.TEAM, Instant.EPOCH);
    }

    @Override
    public Organisation createCustomer(String name, ActorId by) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Organisation> organisation(TenantId id) {
        return Optional.of(new Organisation(id, "customer", Organisation.Kind.CUSTOMER, Instant.EPOCH));
    }

    @Override
    public Optional<Organisation> organisationNamed(String name) {
        return Optional.empty();
    }

    @Override
    public List<Organisation> customers() {
        return List.of();
    }

    @Override
    public ApiKey.Minted createKey(TenantId tenant, String name, @Nullable String project, ActorId by) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void moveTo(TenantId tenant, @Nullable ZoneId zone, ActorId by) {
        throw new UnsupportedOperationException();
    }

    public TenantId tenant() {
        return Objects.requireNonNull(keys.get(KEY)).tenant();
    }

    @Override
    public List<ApiKey> keys(TenantId tenant) {
        return List.of();
    }

    @Override
    public void revokeKey(TenantId tenant, Ulid keyId, ActorId by) {
        keys.clear();
    }

    @Override
    public Optional<String> adminOneTimePassword() {
        return Optional.empty();
    }

    @Override
    public ActorId platformActor() {
        return new ActorId(Ulid.next());
    }
}
