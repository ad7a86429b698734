package dev.sampan.billing.internal.plans;

import dev.sampan.billing.Subscription;
import dev.sampan.billing.Subscription.Status;
import dev.sampan.billing.Subscription.Terms;
import dev.sampan.billing.internal.calendar.Period;
import dev.sampan.billing.internal.calendar.Span;
import dev.sampan.database.Columns;
import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Rows of subscriptions' states.
final class SubscriptionStore {
    private static final String INSERT = """
            insert into billing.subscription_state
                (subscription, version, tenant_id, status, plan, plan_version, seats, anchor, zone, paid_periods,
                 fee_start, fee_end, fee_from, fee_to, use_start, use_end, use_from, use_to,
                 next_plan, next_version, next_seats, ending, change, changed_at, changed_by)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String LIVE = """
            select state.* from billing.live_subscription as live
            join billing.subscription_state as state using (subscription)
            where live.tenant_id = ? order by state.version desc limit 1
            """;

    private static final String NEWEST = """
            select * from (select distinct on (subscription) * from billing.subscription_state
                           order by subscription, version desc) as state
            order by changed_at desc
            """;

    private SubscriptionStore() {}

    /// What made a state.
    record Change(String what, Instant at, ActorId by) {}

    static State add(JdbcClient tx, State state, Change change) {
        @Nullable Terms next = state.next();
        tx.sql(INSERT)
                .param(state.id().toString())
                .param(state.version())
                .param(state.tenant().toString())
                .param(state.status().name())
                .param(state.terms().plan())
                .param(state.terms().version())
                .param(state.terms().seats())
                .param(state.anchor())
                .param(state.zone().getId())
                .param(state.paidPeriods())
                .param(state.fee().period().start())
                .param(state.fee().period().end())
                .param(Columns.utc(state.fee().from()))
                .param(Columns.utc(state.fee().to()))
                .param(state.use().period().start())
                .param(state.use().period().end())
                .param(Columns.utc(state.use().from()))
                .param(Columns.utc(state.use().to()))
                .param(next == null ? null : next.plan())
                .param(next == null ? null : next.version())
                .param(next == null ? null : next.seats())
                .param(state.ending())
                .param(change.what)
                .param(Columns.utc(change.at))
                .param(change.by.toString())
                .update();
        if (state.version() == 1) {
            tx.sql("insert into billing.live_subscription (tenant_id, subscription) values (?, ?)")
                    .param(state.tenant().toString())
                    .param(state.id().toString())
                    .update();
        } else if (state.status() == Status.CANCELLED) {
            tx.sql("delete from billing.live_subscription where subscription = ?")
                    .param(state.id().toString())
                    .update();
        }
        return state;
    }

    static Optional<State> live(JdbcClient tx, TenantId customer) {
        return tx.sql(LIVE)
                .param(customer.toString())
                .query((row, _) -> state(row))
                .optional();
    }

    static Optional<Subscription> liveView(JdbcClient tx, TenantId customer) {
        return tx.sql(LIVE)
                .param(customer.toString())
                .query((row, _) -> view(row))
                .optional();
    }

    /// Newest first.
    static List<Subscription> history(JdbcClient tx, TenantId customer) {
        return tx.sql("""
                        select * from billing.subscription_state where tenant_id = ?
                        order by changed_at desc, version desc limit 200
                        """)
                .param(customer.toString())
                .query((row, _) -> view(row))
                .list();
    }

    /// The present state of each, the latest changed first.
    static List<Subscription> all(JdbcClient tx) {
        return tx.sql(NEWEST).query((row, _) -> view(row)).list();
    }

    private static Subscription view(ResultSet row) throws SQLException {
        return state(row).view(row.getString("change"), Columns.instant(row, "changed_at"));
    }

    private static State state(ResultSet row) throws SQLException {
        String next = row.getString("next_plan");
        return new State(
                Ulid.parse(row.getString("subscription")),
                row.getInt("version"),
                TenantId.parse(row.getString("tenant_id")),
                Status.valueOf(row.getString("status")),
                new Terms(row.getString("plan"), row.getInt("plan_version"), row.getInt("seats")),
                row.getObject("anchor", LocalDate.class),
                ZoneId.of(row.getString("zone")),
                row.getInt("paid_periods"),
                span(row, "fee"),
                span(row, "use"),
                next == null ? null : new Terms(next, row.getInt("next_version"), row.getInt("next_seats")),
                row.getBoolean("ending"));
    }

    private static Span span(ResultSet row, String which) throws SQLException {
        return new Span(
                new Period(
                        row.getObject(which + "_start", LocalDate.class),
                        row.getObject(which + "_end", LocalDate.class)),
                Columns.instant(row, which + "_from"),
                Columns.instant(row, which + "_to"));
    }
}
