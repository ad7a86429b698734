package dev.sampan.database;

import dev.sampan.kernel.TenantId;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Where rooms run their SQL. Every call is one transaction; a call within a call joins it. Row-level security
/// sees the tenant, so a forgotten WHERE finds nothing of others.
public interface Database {
    /// Sees and writes rows of one tenant alone.
    ///
    /// @throws IllegalStateException within a transaction of another tenant
    <T> T asTenant(TenantId tenant, Function<JdbcClient, T> work);

    /// Work of the platform itself across tenants: draining, booking, listing for the operator.
    <T> T asPlatform(Function<JdbcClient, T> work);

    /// Reads across tenants as of one moment, whatever others commit meanwhile; for work of up to ten minutes.
    ///
    /// @throws IllegalStateException within a transaction
    <T> T snapshot(Function<JdbcClient, T> look);
}
