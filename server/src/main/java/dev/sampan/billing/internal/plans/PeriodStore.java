package dev.sampan.billing.internal.plans;

import dev.sampan.billing.internal.calendar.Period;
import dev.sampan.billing.internal.calendar.Span;
import dev.sampan.database.Columns;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What was done for a period, one row each, which can be there once.
final class PeriodStore {
    static final String FEE = "fee";
    static final String USE = "use";
    static final String CLOSE = "close";
    static final String GRANT = "grant";
    static final String CHANGE = "change";

    private static final String INSERT = """
            insert into billing.subscription_period
                (subscription, period_start, kind, tenant_id, period_end, whole_start, whole_end, from_at, to_at,
                 plan, plan_version, invoice, sealed, done_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict do nothing
            """;

    private static final String TO_CLOSE = """
            select used.* from billing.subscription_period as used
            where used.tenant_id = ? and used.kind = 'use' and used.to_at <= ?
              and not exists (select from billing.subscription_period as closed
                              where closed.subscription = used.subscription
                                and closed.period_start = used.period_start and closed.kind = 'close')
            order by used.from_at limit 1
            """;

    private static final String CLOSED = """
            select * from billing.subscription_period
            where tenant_id = ? and kind = 'close' order by from_at desc limit 3
            """;

    private PeriodStore() {}

    /// @param whole what `span` is a part of where a change cut it; else its own days
    /// @param invoice null where none was issued
    /// @param sealed rows of usage up to this sequence were counted; null where none were
    record Row(
            Ulid subscription,
            TenantId tenant,
            String kind,
            Span span,
            Period whole,
            String plan,
            int planVersion,
            @Nullable String invoice,
            @Nullable Long sealed) {
        static Row of(State state, String kind, Span span) {
            return new Row(
                    state.id(),
                    state.tenant(),
                    kind,
                    span,
                    span.period(),
                    state.terms().plan(),
                    state.terms().version(),
                    null,
                    null);
        }

        Row within(Period all) {
            return new Row(subscription, tenant, kind, span, all, plan, planVersion, invoice, sealed);
        }

        Row as(String done) {
            return new Row(subscription, tenant, done, span, whole, plan, planVersion, invoice, sealed);
        }

        Row invoiced(@Nullable String number, @Nullable Long upTo) {
            return new Row(subscription, tenant, kind, span, whole, plan, planVersion, number, upTo);
        }
    }

    /// @return false when it was done before
    static boolean add(JdbcClient tx, Row row, Instant now) {
        return tx.sql(INSERT)
                        .param(row.subscription.toString())
                        .param(row.span.period().start())
                        .param(row.kind)
                        .param(row.tenant.toString())
                        .param(row.span.period().end())
                        .param(row.whole.start())
                        .param(row.whole.end())
                        .param(Columns.utc(row.span.from()))
                        .param(Columns.utc(row.span.to()))
                        .param(row.plan)
                        .param(row.planVersion)
                        .param(row.invoice)
                        .param(row.sealed)
                        .param(Columns.utc(now))
                        .update()
                == 1;
    }

    static boolean done(JdbcClient tx, Ulid subscription, LocalDate start, String kind) {
        return find(tx, subscription, start, kind).isPresent();
    }

    static Optional<Row> find(JdbcClient tx, Ulid subscription, LocalDate start, String kind) {
        return tx.sql("""
                        select * from billing.subscription_period
                        where subscription = ? and period_start = ? and kind = ?
                        """)
                .param(subscription.toString())
                .param(start)
                .param(kind)
                .query((row, _) -> row(row))
                .optional();
    }

    /// The oldest month of use that ended before and is not invoiced.
    static Optional<Row> toClose(JdbcClient tx, TenantId customer, Instant endedBy) {
        return tx.sql(TO_CLOSE)
                .param(customer.toString())
                .param(Columns.utc(endedBy))
                .query((row, _) -> row(row))
                .optional();
    }

    /// The last ones, newest first.
    static List<Row> closed(JdbcClient tx, TenantId customer) {
        return tx.sql(CLOSED)
                .param(customer.toString())
                .query((row, _) -> row(row))
                .list();
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                Ulid.parse(row.getString("subscription")),
                TenantId.parse(row.getString("tenant_id")),
                row.getString("kind"),
                new Span(days(row, "period"), Columns.instant(row, "from_at"), Columns.instant(row, "to_at")),
                days(row, "whole"),
                row.getString("plan"),
                row.getInt("plan_version"),
                row.getString("invoice"),
                row.getObject("sealed", Long.class));
    }

    private static Period days(ResultSet row, String which) throws SQLException {
        return new Period(
                row.getObject(which + "_start", LocalDate.class), row.getObject(which + "_end", LocalDate.class));
    }
}
