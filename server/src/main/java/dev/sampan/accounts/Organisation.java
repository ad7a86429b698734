package dev.sampan.accounts;

import dev.sampan.kernel.TenantId;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/// A tenant.
///
/// @param zone where its days and months begin; null: where the team's do
public record Organisation(
        TenantId id,
        String name,
        Kind kind,
        Instant createdAt,
        @Nullable ZoneId zone) {
    public Organisation(TenantId id, String name, Kind kind, Instant createdAt) {
        this(id, name, kind, createdAt, null);
    }

    /// What it does here.
    public enum Kind {
        /// Builds and sells; its members use the console.
        TEAM,
        /// Buys calls of the API.
        CUSTOMER
    }
}
