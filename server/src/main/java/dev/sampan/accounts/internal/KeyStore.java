package dev.sampan.accounts.internal;

import dev.sampan.accounts.ApiKey;
import dev.sampan.accounts.Principal;
import dev.sampan.database.Columns;
import dev.sampan.database.Database;
import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.Sha256;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Rows of API keys.
final class KeyStore {
    private final Database database;

    KeyStore(Database database) {
        this.database = database;
    }

    /// A key as the door knows it.
    record Known(
            String hash,
            Principal principal,
            boolean revoked,
            @Nullable Instant lastUsedAt) {}

    void insert(ApiKey key, Sha256 hash, ActorId by) {
        database.asTenant(
                key.tenant(),
                sql -> sql.sql("""
                                insert into accounts.api_key
                                    (id, tenant_id, name, prefix, secret_hash, created_at, created_by)
                                values (?, ?, ?, ?, ?, ?, ?)
                                """)
                        .params(
                                key.id().toString(),
                                key.tenant().toString(),
                                key.name(),
                                key.prefix(),
                                hash.hex(),
                                Columns.utc(key.createdAt()),
                                by.toString())
                        .update());
    }

    List<ApiKey> of(TenantId tenant) {
        return database.asTenant(
                tenant,
                sql -> sql.sql("select * from accounts.api_key where tenant_id = ? order by id desc")
                        .param(tenant.toString())
                        .query((row, _) -> key(row))
                        .list());
    }

    /// @return hash of the key that is not valid any more; empty when the tenant has no such key or it was revoked
    Optional<String> revoke(TenantId tenant, Ulid key, Instant at, ActorId by) {
        return database.asTenant(
                tenant,
                sql -> sql.sql("""
                                update accounts.api_key
                                set revoked_at = ?, revoked_by = ?, changed_at = clock_timestamp()
                                where tenant_id = ? and id = ? and revoked_at is null
                                returning secret_hash
                                """)
                        .params(Columns.utc(at), by.toString(), tenant.toString(), key.toString())
                        .query(String.class)
                        .optional());
    }

    /// Never moves backwards: nodes may write in any order.
    void used(TenantId tenant, Ulid key, Instant minute) {
        database.asTenant(
                tenant,
                sql -> sql.sql("""
                                update accounts.api_key set last_used_at = greatest(last_used_at, ?)
                                where tenant_id = ? and id = ?
                                """)
                        .params(Columns.utc(minute), tenant.toString(), key.toString())
                        .update());
    }

    List<Known> inUse() {
        return database.asPlatform(sql -> sql.sql("select * from accounts.api_key where revoked_at is null")
                .query((row, _) -> known(row))
                .list());
    }

    /// Made or revoked lately, by whichever node.
    List<Known> changedWithin(Duration span) {
        return database.asPlatform(sql -> sql.sql("""
                        select * from accounts.api_key where changed_at > clock_timestamp() - make_interval(secs => ?)
                        """)
                .param(span.toSeconds())
                .query((row, _) -> known(row))
                .list());
    }

    private static ApiKey key(ResultSet row) throws SQLException {
        return new ApiKey(
                Ulid.parse(row.getString("id")),
                TenantId.parse(row.getString("tenant_id")),
                row.getString("name"),
                row.getString("prefix"),
                Columns.instant(row, "created_at"),
                Columns.instantOrNull(row, "revoked_at"),
                Columns.instantOrNull(row, "last_used_at"));
    }

    private static Known known(ResultSet row) throws SQLException {
        ApiKey key = key(row);
        return new Known(
                row.getString("secret_hash"),
                new Principal(key.tenant(), key.id(), key.name()),
                key.revokedAt() != null,
                key.lastUsedAt());
    }
}
