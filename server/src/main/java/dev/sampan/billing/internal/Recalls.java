package dev.sampan.billing.internal;

import dev.sampan.database.Database;
import dev.sampan.kernel.TenantId;
import java.util.List;

/// Whose money or units another installation wants back from this one: since it is to be paid out, or since none
/// is left there.
final class Recalls {
    /// As long as every installation needs to hear of it; who wants more asks again.
    private static final String ASKED = """
            select tenant_id from billing.recall where asked_at > now() - interval '3 seconds'
            """;

    private final Database database;
    private final Slices slices;
    private final FundBook funds;

    Recalls(Database database, Slices slices, FundBook funds) {
        this.database = database;
        this.slices = slices;
        this.funds = funds;
    }

    /// @throws dev.sampan.database.DatabaseAway the next look follows
    void look() {
        List<String> asked =
                database.asPlatform(tx -> tx.sql(ASKED).query(String.class).list());
        for (String asking : asked) {
            TenantId tenant = TenantId.parse(asking);
            slices.comeHome(tenant);
            funds.of(tenant).forEach(slices::comeHome);
        }
    }
}
