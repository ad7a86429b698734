package dev.sampan.billing.internal.plans;

import dev.sampan.accounts.Accounts;
import dev.sampan.accounts.Organisation;
import dev.sampan.billing.Plans;
import dev.sampan.billing.internal.Standing;
import dev.sampan.database.Database;
import dev.sampan.database.DatabaseAway;
import dev.sampan.kernel.TenantId;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;

/// Looks every half minute whose steps are due, and every two seconds who is suspended. Several nodes may look at once:
/// steps wait for one another by customer and are taken once.
final class Sweeper implements SmartLifecycle, Standing {
    private static final Logger LOG = LoggerFactory.getLogger(Plans.class);
    private static final long LOOK_SECONDS = 30;
    private static final long SUSPENDED_SECONDS = 2;

    private static final String WITH_SOMETHING_TO_DO = """
            select tenant_id from billing.live_subscription
            union select tenant_id from billing.invoice where due > 0
            union select tenant_id from billing.subscription_period as used
                where kind = 'use' and not exists (select from billing.subscription_period as closed
                    where closed.subscription = used.subscription
                      and closed.period_start = used.period_start and closed.kind = 'close')
            """;

    private final Database database;
    private final Plans plans;
    private final Accounts accounts;
    private volatile Set<TenantId> suspended = Set.of();
    private volatile @Nullable ScheduledExecutorService clockwork;

    Sweeper(Database database, Plans plans, Accounts accounts) {
        this.database = database;
        this.plans = plans;
        this.accounts = accounts;
    }

    /// From memory, for the door.
    @Override
    public boolean suspended(TenantId customer) {
        return suspended.contains(customer);
    }

    void sweep() {
        try {
            List<String> customers = database.asPlatform(
                    tx -> tx.sql(WITH_SOMETHING_TO_DO).query(String.class).list());
            customers.forEach(customer -> attend(TenantId.parse(customer)));
            look();
        } catch (DatabaseAway _) {
            LOG.debug("Subscriptions go on when the database is back");
        }
    }

    /// One customer's trouble is not the others'.
    private void attend(TenantId customer) {
        try {
            plans.attend(customer);
        } catch (DataAccessException | IllegalStateException | ArithmeticException e) {
            LOG.error("The periods of {} could not go on; they are tried again", name(customer), e);
        }
    }

    private String name(TenantId customer) {
        return accounts.organisation(customer).map(Organisation::name).orElse(customer.toString());
    }

    void look() {
        try {
            suspended = database.asPlatform(Payers::suspended).stream()
                    .map(TenantId::parse)
                    .collect(Collectors.toUnmodifiableSet());
        } catch (DatabaseAway _) {
            LOG.debug("Who is suspended stays as it is while the database is away");
        }
    }

    @Override
    public void start() {
        look();
        ScheduledExecutorService made = Executors.newSingleThreadScheduledExecutor(
                Thread.ofVirtual().name("plans").factory());
        made.scheduleWithFixedDelay(this::sweep, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
        made.scheduleWithFixedDelay(this::look, SUSPENDED_SECONDS, SUSPENDED_SECONDS, TimeUnit.SECONDS);
        clockwork = made;
    }

    @Override
    public void stop() {
        ScheduledExecutorService running = clockwork;
        clockwork = null;
        if (running != null) {
            running.close();
        }
    }

    @Override
    public boolean isRunning() {
        return clockwork != null;
    }
}
