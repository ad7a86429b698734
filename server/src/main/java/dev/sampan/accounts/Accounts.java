package dev.sampan.accounts;

import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Organisations and their API keys. People are in [Members].
public interface Accounts {
    /// The platform's own team, made on the first start.
    Organisation team();

    /// @throws dev.sampan.kernel.ProblemException `accounts.name_taken`
    Organisation createCustomer(String name, ActorId by);

    Optional<Organisation> organisation(TenantId id);

    Optional<Organisation> organisationNamed(String name);

    /// By name.
    List<Organisation> customers();

    default ApiKey.Minted createKey(TenantId tenant, String name, ActorId by) {
        return createKey(tenant, name, null, by);
    }

    /// @param project whose limits hold for the key beside its own and the customer's; null for none
    /// @throws dev.sampan.kernel.ProblemException `accounts.key_name`, `accounts.project_name`,
    ///     `accounts.unknown_organisation`
    ApiKey.Minted createKey(TenantId tenant, String name, @Nullable String project, ActorId by);

    /// Where the days and months of an organisation begin: what it says itself, else the team, else this
    /// machine.
    default ZoneId zone(TenantId tenant) {
        ZoneId own = organisation(tenant).map(Organisation::zone).orElse(null);
        ZoneId ofTeam = own == null ? team().zone() : own;
        return ofTeam == null ? ZoneId.systemDefault() : ofTeam;
    }

    /// @param zone null: where the team's days begin
    void moveTo(TenantId tenant, @Nullable ZoneId zone, ActorId by);

    /// Newest first, revoked ones too.
    List<ApiKey> keys(TenantId tenant);

    /// In effect for the next call on this node when this returns.
    void revokeKey(TenantId tenant, Ulid keyId, ActorId by);

    /// On the hot path: answered from memory, never blocks. Empty for unknown and revoked keys alike.
    Optional<Principal> authenticate(String secret);

    /// The admin's, made on the first start and good for nothing but choosing a password of one's own; empty once
    /// that was done. Until then every start has one to show, whatever crashed in between.
    Optional<String> adminOneTimePassword();

    /// The platform acting by itself.
    ActorId platformActor();
}
