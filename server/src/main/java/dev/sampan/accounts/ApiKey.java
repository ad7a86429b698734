package dev.sampan.accounts;

import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A key as everyone may see it.
///
/// @param prefix first letters of the secret, to tell keys apart
/// @param project null where it is of none
/// @param member who made it
/// @param lastUsedAt to the minute; null before the first call
public record ApiKey(
        Ulid id,
        TenantId tenant,
        String name,
        String prefix,
        Instant createdAt,
        @Nullable Instant revokedAt,
        @Nullable Instant lastUsedAt,
        @Nullable String project,
        ActorId member) {
    public ApiKey(
            Ulid id,
            TenantId tenant,
            String name,
            String prefix,
            Instant createdAt,
            @Nullable Instant revokedAt,
            @Nullable Instant lastUsedAt) {
        this(id, tenant, name, prefix, createdAt, revokedAt, lastUsedAt, null, ActorId.PLATFORM);
    }

    /// A key just made: the only moment its secret exists outside the holder's hands.
    public record Minted(ApiKey key, String secret) {
        @Override
        public String toString() {
            return "Minted[" + key + "]";
        }
    }
}
