package dev.sampan.metering.internal;

import dev.sampan.database.Columns;
import dev.sampan.database.Database;
import dev.sampan.gateway.Meter;
import dev.sampan.gateway.Quantities;
import dev.sampan.gateway.Supply;
import dev.sampan.kernel.Money;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.metering.Meters;
import dev.sampan.metering.Usage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Sums by PostgreSQL.
final class SqlMeters implements Meters {
    private static final String BY_PRICE = """
            select model, price_version, coalesce(from_prompt, 0) as from_prompt, fund, currency, count(*) as calls,
                   sum(units)::bigint as units, sum(input)::bigint as input,
                   sum(cached_input)::bigint as cached_input, sum(cache_write)::bigint as cache_write,
                   sum(output)::bigint as output, sum(reasoning)::bigint as reasoning,
                   sum(requests)::bigint as requests, sum(images)::bigint as images, sum(seconds)::bigint as seconds,
                   sum(nanos)::bigint as nanos,
                   min(received_at) as first_at, max(received_at) as last_at
            from metering.usage
            where tenant_id = ? and sequence <= ? and received_at < ? and (sequence > ? or received_at >= ?)
            group by model, price_version, from_prompt, fund, currency
            order by min(sequence)
            """;

    private static final String BY_GROUP = """
            select case ? when 'MODEL' then model when 'KEY' then key_id
                        else to_char(received_at at time zone 'UTC', 'YYYY-MM-DD') end as grouped,
                   currency, count(*) as calls,
                   sum(units + input + cached_input + coalesce(cache_write, 0) + output + coalesce(reasoning, 0)
                       + coalesce(requests, 0) + coalesce(images, 0) + coalesce(seconds, 0))::bigint as units,
                   sum(nanos)::bigint as nanos
            from metering.usage
            where tenant_id = ? and received_at >= ? and received_at < ?
            group by grouped, currency
            order by grouped, currency
            """;

    private static final String SUPPLIED = """
            select model, supplier, currency, cost_currency, count(*) as calls,
                   sum(input + cached_input + coalesce(cache_write, 0) + output + coalesce(reasoning, 0))::bigint
                       as tokens,
                   sum(nanos)::bigint as nanos,
                   sum(cost_nanos)::bigint as cost_nanos, count(cost_nanos) as costed
            from metering.usage
            where supplier is not null and received_at >= ? and received_at < ?
            group by model, supplier, currency, cost_currency
            order by model, supplier, currency, cost_currency
            """;

    private static final String CHARGED = """
            select tenant_id, currency, sum(nanos)::bigint as nanos from metering.usage
            group by tenant_id, currency order by tenant_id, currency
            """;

    private static final String PAGE = """
            select * from metering.usage where tenant_id = ? and sequence > ? order by sequence limit ?
            """;

    private final Database database;

    SqlMeters(Database database) {
        this.database = database;
    }

    @Override
    public long sealed(TenantId tenant) {
        return database.asPlatform(tx -> {
            DrainGate.close(tx);
            return tx.sql("select coalesce(max(sequence), 0) from metering.usage where tenant_id = ?")
                    .param(tenant.toString())
                    .query(Long.class)
                    .single();
        });
    }

    @Override
    public List<PricedSum> sums(TenantId tenant, Window window) {
        return database.asTenant(
                tenant,
                tx -> tx.sql(BY_PRICE)
                        .param(tenant.toString())
                        .param(window.upTo())
                        .param(Columns.utc(window.before()))
                        .param(window.after())
                        .param(Columns.utc(window.from()))
                        .query((row, _) -> priced(row))
                        .list());
    }

    private static PricedSum priced(ResultSet row) throws SQLException {
        return new PricedSum(
                row.getString("model"),
                Ulid.parse(row.getString("price_version")),
                row.getLong("from_prompt"),
                fund(row),
                row.getLong("calls"),
                quantities(row),
                money(row),
                Columns.instant(row, "first_at"),
                Columns.instant(row, "last_at"));
    }

    @Override
    public List<GroupSum> sums(TenantId tenant, Instant from, Instant to, Grouping grouping) {
        return database.asTenant(
                tenant,
                tx -> tx.sql(BY_GROUP)
                        .param(grouping.name())
                        .param(tenant.toString())
                        .param(Columns.utc(from))
                        .param(Columns.utc(to))
                        .query((row, _) -> new GroupSum(
                                row.getString("grouped"), row.getLong("calls"), row.getLong("units"), money(row)))
                        .list());
    }

    @Override
    public List<SuppliedSum> supplied(Instant from, Instant to) {
        return database.asPlatform(tx -> tx.sql(SUPPLIED)
                .param(Columns.utc(from))
                .param(Columns.utc(to))
                .query((row, _) -> new SuppliedSum(
                        row.getString("model"),
                        row.getString("supplier"),
                        row.getLong("calls"),
                        row.getLong("tokens"),
                        money(row),
                        cost(row),
                        row.getLong("costed")))
                .list());
    }

    @Override
    public List<Numbered> page(TenantId tenant, long after, int limit) {
        return database.asTenant(
                tenant,
                tx -> tx.sql(PAGE)
                        .param(tenant.toString())
                        .param(after)
                        .param(limit)
                        .query((row, _) -> new Numbered(row.getLong("sequence"), usage(row)))
                        .list());
    }

    @Override
    public Set<Ulid> charged(List<Ulid> requestIds) {
        return database.asPlatform(
                tx -> tx.sql("select request_id from metering.usage where request_id = any (?::text[])")
                        .param(requestIds.stream().map(Ulid::toString).toArray(String[]::new))
                        .query((row, _) -> Ulid.parse(row.getString("request_id")))
                        .set());
    }

    @Override
    public List<Charged> charged() {
        return database.asPlatform(tx -> tx.sql(CHARGED)
                .query((row, _) -> new Charged(TenantId.parse(row.getString("tenant_id")), money(row)))
                .list());
    }

    private static Usage usage(ResultSet row) throws SQLException {
        return new Usage(
                Ulid.parse(row.getString("request_id")),
                TenantId.parse(row.getString("tenant_id")),
                Ulid.parse(row.getString("key_id")),
                row.getString("model"),
                quantities(row),
                money(row),
                Ulid.parse(row.getString("price_version")),
                row.getLong("from_prompt"),
                supply(row),
                drawn(row),
                Columns.instant(row, "received_at"));
    }

    private static Quantities quantities(ResultSet row) throws SQLException {
        return Quantities.tokens(row.getLong("input"), row.getLong("cached_input"), row.getLong("output"))
                .with(Meter.UNIT, row.getLong("units"))
                .with(Meter.CACHE_WRITE, row.getLong("cache_write"))
                .with(Meter.REASONING, row.getLong("reasoning"))
                .with(Meter.REQUEST, row.getLong("requests"))
                .with(Meter.IMAGE, row.getLong("images"))
                .with(Meter.SECOND, row.getLong("seconds"));
    }

    private static @Nullable Ulid fund(ResultSet row) throws SQLException {
        String fund = row.getString("fund");
        return fund == null ? null : Ulid.parse(fund);
    }

    private static Usage.@Nullable Drawn drawn(ResultSet row) throws SQLException {
        Ulid fund = fund(row);
        return fund == null ? null : new Usage.Drawn(fund, row.getLong("drawn"));
    }

    private static @Nullable Supply supply(ResultSet row) throws SQLException {
        String supplier = row.getString("supplier");
        if (supplier == null) {
            return null;
        }
        return new Supply(supplier, cost(row), Supply.Source.valueOf(row.getString("source")));
    }

    private static @Nullable Money cost(ResultSet row) throws SQLException {
        String currency = row.getString("cost_currency");
        return currency == null ? null : new Money(row.getLong("cost_nanos"), Currency.getInstance(currency));
    }

    private static Money money(ResultSet row) throws SQLException {
        return new Money(row.getLong("nanos"), Currency.getInstance(row.getString("currency")));
    }
}
