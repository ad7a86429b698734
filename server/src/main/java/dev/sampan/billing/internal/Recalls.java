package dev.sampan.billing.internal;

import dev.sampan.database.Database;
import dev.sampan.kernel.TenantId;
import java.util.List;

/// Whose money another installation wants back from this one.
final class Recalls {
    /// Who asked and died does not ask for ever.
    private static final String ASKED = """
            select tenant_id from billing.recall where asked_at > now() - interval '30 seconds'
            """;

    private final Database database;
    private final Slices slices;

    Recalls(Database database, Slices slices) {
        this.database = database;
        this.slices = slices;
    }

    /// @throws dev.sampan.database.DatabaseAway the next look follows
    void look() {
        List<String> asked =
                database.asPlatform(tx -> tx.sql(ASKED).query(String.class).list());
        asked.forEach(tenant -> slices.comeHome(TenantId.parse(tenant)));
    }
}
