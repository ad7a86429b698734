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
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Rows of API keys.
final class KeyStore {
    private final Database database;

    KeyStore(Database database) {
        this.database = database;
    }

    /// A key as the door knows it.
    ///
    /// @param changed grows with every making and revoking of any key, in the order of commits
    record Known(
            String hash,
            long changed,
            Principal principal,
            boolean revoked,
            @Nullable Instant lastUsedAt) {}

    Known insert(ApiKey key, Sha256 hash, ActorId by) {
        return database.asTenant(
                key.tenant(),
                sql -> sql.sql("""
                                insert into accounts.api_key
                                    (id, tenant_id, name, prefix, secret_hash, created_at, created_by, project)
                                values (?, ?, ?, ?, ?, ?, ?, ?)
                                returning *
                                """)
                        .param(key.id().toString())
                        .param(key.tenant().toString())
                        .param(key.name())
                        .param(key.prefix())
                        .param(hash.hex())
                        .param(Columns.utc(key.createdAt()))
                        .param(by.toString())
                        .param(key.project())
                        .query((row, _) -> known(row))
                        .single());
    }

    List<ApiKey> of(TenantId tenant) {
        return database.asTenant(
                tenant,
                sql -> sql.sql("select * from accounts.api_key where tenant_id = ? order by id desc")
                        .param(tenant.toString())
                        .query((row, _) -> key(row))
                        .list());
    }

    /// The first revocation stands. A key revoked before is numbered as changed again, which does no harm.
    ///
    /// @return the key as it is now; empty when the tenant has none of that id
    Optional<Known> revoke(TenantId tenant, Ulid key, Instant at, ActorId by) {
        return database.asTenant(
                tenant,
                sql -> sql.sql("""
                                update accounts.api_key
                                set revoked_at = coalesce(revoked_at, ?), revoked_by = coalesce(revoked_by, ?)
                                where tenant_id = ? and id = ?
                                returning *
                                """)
                        .params(Columns.utc(at), by.toString(), tenant.toString(), key.toString())
                        .query((row, _) -> known(row))
                        .optional());
    }

    /// Never moves backwards: nodes may write in any order.
    ///
    /// @return those whose first use this was, on whichever node: each key is among them once in its life
    Set<Ulid> used(Map<Ulid, Instant> minutes) {
        List<Ulid> used = List.copyOf(minutes.keySet());
        String[] ids = used.stream().map(Ulid::toString).toArray(String[]::new);
        Long[] seconds = used.stream()
                .map(key -> minutes.getOrDefault(key, Instant.EPOCH).getEpochSecond())
                .toArray(Long[]::new);
        return database.asPlatform(sql -> {
            List<String> first =
                    sql.sql("""
                            update accounts.api_key k set last_used_at = to_timestamp(u.seconds)
                            from unnest(?::text[], ?::bigint[]) as u (id, seconds)
                            where k.id = u.id and k.last_used_at is null
                            returning k.id
                            """).params(ids, seconds).query(String.class).list();
            sql.sql("""
                            update accounts.api_key k set last_used_at = to_timestamp(u.seconds)
                            from unnest(?::text[], ?::bigint[]) as u (id, seconds)
                            where k.id = u.id and k.last_used_at < to_timestamp(u.seconds)
                            """).params(ids, seconds).update();
            Set<Ulid> keys = new HashSet<>();
            first.forEach(id -> keys.add(Ulid.parse(id)));
            return keys;
        });
    }

    List<Known> inUse() {
        return database.asPlatform(sql -> sql.sql("select * from accounts.api_key where revoked_at is null")
                .query((row, _) -> known(row))
                .list());
    }

    /// Made or revoked after that number was drawn, by whichever node.
    List<Known> changedAfter(long number) {
        return database.asPlatform(sql -> sql.sql("select * from accounts.api_key where changed > ? order by changed")
                .param(number)
                .query((row, _) -> known(row))
                .list());
    }

    long lastChange() {
        return database.asPlatform(sql -> sql.sql("select coalesce(max(changed), 0) from accounts.api_key")
                .query(Long.class)
                .single());
    }

    private static ApiKey key(ResultSet row) throws SQLException {
        return new ApiKey(
                Ulid.parse(row.getString("id")),
                TenantId.parse(row.getString("tenant_id")),
                row.getString("name"),
                row.getString("prefix"),
                Columns.instant(row, "created_at"),
                Columns.instantOrNull(row, "revoked_at"),
                Columns.instantOrNull(row, "last_used_at"),
                row.getString("project"),
                new ActorId(Ulid.parse(row.getString("created_by"))));
    }

    private static Known known(ResultSet row) throws SQLException {
        ApiKey key = key(row);
        return new Known(
                row.getString("secret_hash"),
                row.getLong("changed"),
                new Principal(key.tenant(), key.id(), key.name(), key.project(), key.member()),
                key.revokedAt() != null,
                key.lastUsedAt());
    }
}
