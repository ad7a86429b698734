package dev.sampan.limits.internal;

import dev.sampan.database.Columns;
import dev.sampan.database.Database;
import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.Json;
import dev.sampan.kernel.Money;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.limits.LimitBook.KeyLimits;
import dev.sampan.spec.Specs;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.type.TypeReference;

/// Rows of files and of keys' limits.
final class SqlLimitStore implements LimitStore {
    private static final TypeReference<Map<String, Object>> TREE = new TypeReference<>() {};
    private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};

    private final Database database;

    SqlLimitStore(Database database) {
        this.database = database;
    }

    @Override
    public void add(Applied applied, Instant at, ActorId by) {
        database.asPlatform(tx -> tx.sql("""
                        insert into limits.limit_set (version, document, subjects, applied_at, applied_by)
                        values (?, ?::jsonb, ?::jsonb, ?, ?)
                        """)
                .param(applied.version().toString())
                .param(Json.write(Specs.toTree(applied.spec())))
                .param(Json.write(applied.subjects()))
                .param(Columns.utc(at))
                .param(by.toString())
                .update());
    }

    @Override
    public Optional<Applied> newerThan(Ulid known) {
        return database.asPlatform(tx -> tx.sql("""
                        select version, document, subjects from limits.limit_set
                        where version > ? order by version desc limit 1
                        """)
                .param(known.toString())
                .query((row, _) -> new Applied(
                        Ulid.parse(row.getString("version")),
                        Specs.limitsFromTree(Json.MAPPER.readValue(row.getString("document"), TREE)),
                        Json.MAPPER.readValue(row.getString("subjects"), TEXTS)))
                .optional());
    }

    @Override
    public long set(TenantId tenant, Ulid key, KeyLimits limits, ActorId by) {
        Money spend = limits.spend();
        return database.asTenant(
                tenant,
                tx -> tx.sql("""
                        insert into limits.key_limit
                            (key_id, tenant_id, requests, tokens, spend_nanos, currency, changed_by)
                        values (?, ?, ?, ?, ?, ?, ?)
                        on conflict (key_id) do update set requests = excluded.requests, tokens = excluded.tokens,
                            spend_nanos = excluded.spend_nanos, currency = excluded.currency,
                            changed_by = excluded.changed_by
                        returning changed
                        """)
                        .param(key.toString())
                        .param(tenant.toString())
                        .param(limits.requests())
                        .param(limits.tokens())
                        .param(spend == null ? null : spend.nanos())
                        .param(spend == null ? null : spend.currency().getCurrencyCode())
                        .param(by.toString())
                        .query(Long.class)
                        .single());
    }

    @Override
    public List<OfKey> changedAfter(long number) {
        return database.asPlatform(tx -> tx.sql("select * from limits.key_limit where changed > ? order by changed")
                .param(number)
                .query((row, _) -> ofKey(row))
                .list());
    }

    private static OfKey ofKey(ResultSet row) throws SQLException {
        String currency = row.getString("currency");
        return new OfKey(
                Ulid.parse(row.getString("key_id")),
                new KeyLimits(
                        row.getObject("requests", Long.class),
                        row.getObject("tokens", Long.class),
                        currency == null
                                ? null
                                : new Money(row.getLong("spend_nanos"), Currency.getInstance(currency))),
                row.getLong("changed"));
    }
}
