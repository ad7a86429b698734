package dev.sampan.billing.internal;

import dev.sampan.billing.Fund;
import dev.sampan.billing.FundUnit;
import dev.sampan.database.Columns;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Rows of funds.
final class FundRows {
    private static final String INSERT = """
            insert into billing.fund
                (id, tenant_id, kind, unit, models, priority, starts_at, expires_at, granted, rest, reference,
                 granted_by, granted_at, changed_at)
            values (?, ?, ?, ?, ?::text[], ?, ?, ?, ?, ?, ?, ?, now(), now())
            on conflict (tenant_id, reference) do nothing
            """;

    private static final String END = """
            update billing.fund set expires_at = ?, changed_at = now()
            where tenant_id = ? and reference = ? and closed_at is null and (expires_at is null or expires_at > ?)
            returning *
            """;

    /// Those of transactions that took longer to commit are found by the next look at all.
    private static final String CHANGED = """
            select * from billing.fund where changed_at > ?::timestamptz - interval '10 seconds'
            """;

    private static final String LAPSED = """
            select * from billing.fund where closed_at is null and expires_at <= ?
            order by id limit 500 for update skip locked
            """;

    private static final String LAPSE = """
            update billing.fund
            set rest = leased, expired = expired + rest - leased, changed_at = now(),
                closed_at = case when leased = 0 then now() end
            where id = ?
            """;

    private FundRows() {}

    /// @param closed nothing is left, and nothing can come back
    record Row(Fund fund, long rest, long leased, long used, boolean closed) {}

    /// False when the customer's reference has one.
    static boolean insert(JdbcClient tx, Fund fund, String by) {
        Instant expires = fund.expiresAt();
        return tx.sql(INSERT)
                        .param(fund.id().toString())
                        .param(fund.tenant().toString())
                        .param(fund.kind().name().toLowerCase(Locale.ROOT))
                        .param(fund.unit().code())
                        .param(fund.models().isEmpty() ? null : fund.models().toArray(String[]::new))
                        .param(fund.priority())
                        .param(Columns.utc(fund.startsAt()))
                        .param(expires == null ? null : Columns.utc(expires))
                        .param(fund.granted())
                        .param(fund.granted())
                        .param(fund.reference())
                        .param(by)
                        .update()
                == 1;
    }

    static Optional<Fund> named(JdbcClient tx, TenantId customer, String reference) {
        return tx.sql("select * from billing.fund where tenant_id = ? and reference = ?")
                .param(customer.toString())
                .param(reference)
                .query((row, _) -> fund(row))
                .optional();
    }

    static Optional<Fund> end(JdbcClient tx, TenantId customer, String reference, Instant at) {
        return tx.sql(END)
                .param(Columns.utc(at))
                .param(customer.toString())
                .param(reference)
                .param(Columns.utc(at))
                .query((row, _) -> fund(row))
                .optional();
    }

    static List<Row> open(JdbcClient tx) {
        return rows(tx.sql("select * from billing.fund where closed_at is null and (rest > 0 or leased > 0)"));
    }

    static List<Row> open(JdbcClient tx, TenantId customer) {
        return rows(tx.sql("select * from billing.fund where tenant_id = ? and closed_at is null")
                .param(customer.toString()));
    }

    /// By the database's clock.
    static Instant now(JdbcClient tx) {
        return tx.sql("select now() as at")
                .query((row, _) -> Columns.instant(row, "at"))
                .single();
    }

    static List<Row> changed(JdbcClient tx, Instant since) {
        return rows(tx.sql(CHANGED).param(Columns.utc(since)));
    }

    static Map<Ulid, Fund> all(JdbcClient tx, Collection<Ulid> ids) {
        return tx
                .sql("select * from billing.fund where id = any (?::text[])")
                .param(ids.stream().map(Ulid::toString).toArray(String[]::new))
                .query((row, _) -> fund(row))
                .list()
                .stream()
                .collect(Collectors.toMap(Fund::id, Function.identity()));
    }

    /// Locked, those that nobody else works on.
    static List<Row> lapsed(JdbcClient tx, Instant now) {
        return rows(tx.sql(LAPSED).param(Columns.utc(now)));
    }

    static void lapse(JdbcClient tx, Ulid fund) {
        tx.sql(LAPSE).param(fund.toString()).update();
    }

    private static List<Row> rows(JdbcClient.StatementSpec query) {
        return query.query((row, _) -> new Row(
                        fund(row),
                        row.getLong("rest"),
                        row.getLong("leased"),
                        row.getLong("used"),
                        row.getTimestamp("closed_at") != null))
                .list();
    }

    static Fund fund(ResultSet row) throws SQLException {
        return new Fund(
                Ulid.parse(row.getString("id")),
                TenantId.parse(row.getString("tenant_id")),
                Fund.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                new FundUnit(row.getString("unit")),
                models(row.getArray("models")),
                row.getInt("priority"),
                Objects.requireNonNull(Columns.instant(row, "starts_at")),
                Columns.instantOrNull(row, "expires_at"),
                row.getLong("granted"),
                row.getString("reference"));
    }

    private static Set<String> models(@Nullable Array array) throws SQLException {
        return array == null
                ? Set.of()
                : Arrays.stream((String[]) array.getArray()).collect(Collectors.toSet());
    }
}
