package dev.sampan.billing.internal;

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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Accounts in which every tenant is a customer of the same name.
record OneCustomer(String name) implements Accounts {
    static final ActorId ACTOR = new ActorId(Ulid.next());

    private Organisation organisation(TenantId id, Organisation.Kind kind) {
        return new Organisation(id, name, kind, Instant.EPOCH);
    }

    @Override
    public Organisation team() {
        return organisation(new TenantId(ACTOR.value()), Organisation.Kind.TEAM);
    }

    @Override
    public Organisation createCustomer(String called, ActorId by) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Organisation> organisation(TenantId id) {
        return Optional.of(organisation(id, Organisation.Kind.CUSTOMER));
    }

    @Override
    public Optional<Organisation> organisationNamed(String called) {
        return Optional.empty();
    }

    @Override
    public List<Organisation> customers() {
        return List.of();
    }

    @Override
    public ApiKey.Minted createKey(TenantId tenant, String called, @Nullable String project, ActorId by) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void moveTo(TenantId tenant, @Nullable ZoneId zone, ActorId by) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<ApiKey> keys(TenantId tenant) {
        return List.of();
    }

    @Override
    public void revokeKey(TenantId tenant, Ulid keyId, ActorId by) {
        throw new UnsupportedOperationException();
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
        return ACTOR;
    }
}
