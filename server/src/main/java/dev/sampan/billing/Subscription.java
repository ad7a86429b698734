package dev.sampan.billing;

import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/// A customer on a plan, as it stands now.
///
/// @param version how often it has changed
/// @param feeFrom first day that is paid …
/// @param feeTo … and the day after the last
/// @param next what it moves to at `feeTo`; null when it stays
/// @param ending whether it ends at `feeTo`
/// @param change what made it so: `subscribed`, `opened`, `turned`, `moved`, `to_move`, `to_end`, `cancelled`
public record Subscription(
        Ulid id,
        int version,
        TenantId tenant,
        Status status,
        Terms terms,
        ZoneId zone,
        LocalDate feeFrom,
        LocalDate feeTo,
        LocalDate useFrom,
        LocalDate useTo,
        @Nullable Terms next,
        boolean ending,
        String change,
        Instant changedAt) {
    /// Where it is in its life. Names stand in tables.
    public enum Status {
        TRIALING,
        ACTIVE,
        CANCELLED
    }

    /// What was agreed.
    ///
    /// @param version of the plan
    public record Terms(String plan, int version, int seats) {}
}
