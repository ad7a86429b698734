package dev.sampan.billing.internal.plans;

import dev.sampan.kernel.Money;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What a plan gives to spend beside the wallet; the request path stands behind it.
interface Allowances {
    /// Units of one meter, in the caller's transaction.
    ///
    /// @param reference the same one grants once
    void grant(JdbcClient tx, TenantId customer, Units units, Window window, String reference);

    /// Money that may be spent now and is invoiced later.
    void credit(JdbcClient tx, TenantId customer, Money line, Window window, String reference);

    /// Whether a fund is of units, not of money.
    boolean ofUnits(Ulid fund);

    /// Whether what a fund paid is still to be invoiced.
    boolean ofCredit(Ulid fund);

    /// @param models public names; empty: all
    /// @param bought whether they were bought once, not included in a plan
    record Units(String meter, List<String> models, long count, boolean bought) {}

    record Window(Instant from, Instant to) {}
}
