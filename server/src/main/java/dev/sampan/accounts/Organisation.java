package dev.sampan.accounts;

import dev.sampan.kernel.TenantId;
import java.time.Instant;

/// A tenant.
public record Organisation(TenantId id, String name, Kind kind, Instant createdAt) {
    /// What it does here.
    public enum Kind {
        /// Builds and sells; its members use the console.
        TEAM,
        /// Buys calls of the API.
        CUSTOMER
    }
}
