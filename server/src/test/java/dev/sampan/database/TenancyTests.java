package dev.sampan.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampan.database.internal.Migrations;
import dev.sampan.testing.DatabaseFixture;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Every table of every room belongs to a tenant, row by row, and the database itself keeps tenants apart. A table
/// that does not is named here with its reason, or this test fails.
class TenancyTests {
    @RegisterExtension
    static final DatabaseFixture DB = new DatabaseFixture();

    /// What holds nobody's rows, and why.
    private static final Map<String, String> EXEMPT = Map.ofEntries(
            Map.entry("billing.plan_set", "what the team sells; no customer's data"),
            Map.entry("billing.plan_version", "what the team sells; no customer's data"),
            Map.entry("billing.redeem_code", "codes nobody has claimed belong to no customer"),
            Map.entry("billing.coupon_count", "how often a coupon was redeemed, over all customers"),
            Map.entry("billing.credit_note_counter", "numbers run on over all customers, as the law wants them"),
            Map.entry("billing.price", "the platform's own price list, the same for all"),
            Map.entry("billing.rate", "the rates of that price list"),
            Map.entry("billing.account", "the chart of accounts, which migrations alone write"),
            Map.entry("billing.invoice_counter", "invoice numbers run on over all customers, as the law wants them"),
            Map.entry(
                    "integrity.inspection",
                    "what looks at the invariants found; breaks name rows, not what is in them"),
            Map.entry("integrity.hour", "which hours a node has looked in"),
            Map.entry("limits.limit_set", "who may call how much, by the platform; no customer's data"),
            Map.entry("suppliers.supplier_set", "who supplies the platform; no customer's data"),
            Map.entry("metering.drain", "how far an installation's journal is drained"),
            Map.entry("payments.provider_set", "how customers pay the platform; no customer's data"),
            Map.entry("payments.reconciliation", "how providers' days compare with ours, by ids"),
            Map.entry("payments.inbox", "what providers told: ids and digests, nobody's data"));

    /// @param tenant whether there is a column tenant_id that is NOT NULL
    /// @param forced whether row-level security holds for the owner too
    record Table(String name, boolean tenant, boolean forced, long policies) {
        boolean isProtected() {
            return tenant && forced && policies > 0;
        }
    }

    private static List<Table> tables() {
        return DB.owner().sql("""
                        SELECT n.nspname || '.' || c.relname AS name,
                               EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant_id'
                                          AND a.attnotnull AND NOT a.attisdropped) AS tenant,
                               c.relrowsecurity AND c.relforcerowsecurity AS forced,
                               (SELECT count(*) FROM pg_policy p WHERE p.polrelid = c.oid) AS policies
                        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                        WHERE c.relkind IN ('r', 'p', 'm', 'f') AND n.nspname NOT LIKE 'pg\\_%'
                          AND n.nspname <> 'information_schema'
                        ORDER BY 1
                        """).query(Table.class).list();
    }

    @Test
    void everyTableOfEveryRoomKeepsTenantsApart() {
        List<String> open = tables().stream()
                .filter(table -> !table.name().endsWith("." + Migrations.HISTORY))
                .filter(table -> !table.isProtected() && !EXEMPT.containsKey(table.name()))
                .map(Table::toString)
                .toList();
        assertThat(open)
                .as("call database.protect('room.table') in the room's migration")
                .isEmpty();
    }

    @Test
    void noExemptionOutlivesItsTable() {
        List<String> open = tables().stream()
                .filter(table -> !table.isProtected())
                .map(Table::name)
                .toList();
        assertThat(open).containsAll(EXEMPT.keySet());
    }

    @Test
    void theRoomsOfThisVersionAreAllLookedAt() {
        assertThat(tables())
                .extracting(Table::name)
                .contains("catalog.model_version", "studio.run", "serving.deployment", "jobs.job");
        assertThat(tables())
                .allSatisfy(table -> assertThat(Migrations.ROOMS)
                        .contains(table.name().substring(0, table.name().indexOf('.'))));
    }

    @Test
    void theApplicationsRoleIsNeitherOwnerNorAboveTheRules() {
        List<String> powers = new ArrayList<>();
        powers.addAll(DB.owner().sql("""
                        SELECT n.nspname || '.' || c.relname FROM pg_class c
                        JOIN pg_namespace n ON n.oid = c.relnamespace
                        WHERE pg_get_userbyid(c.relowner) = 'sampan_app'
                        """).query(String.class).list());
        powers.addAll(DB.owner().sql("""
                        SELECT rolname FROM pg_roles
                        WHERE rolname = 'sampan_app' AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb)
                        """).query(String.class).list());
        assertThat(powers).isEmpty();
    }
}
