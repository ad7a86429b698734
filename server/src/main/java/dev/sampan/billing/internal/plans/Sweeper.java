package dev.sampan.billing.internal.plans;

import dev.sampan.accounts.Accounts;
import dev.sampan.accounts.Organisation;
import dev.sampan.billing.Plans;
import dev.sampan.billing.internal.Standing;
import dev.sampan.database.Database;
import dev.sampan.database.Watch;
import dev.sampan.kernel.TenantId;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;

/// Looks every half minute whose steps are due, and every two seconds who is suspended. Several nodes may look at once:
/// steps wait for one another by customer and are taken once.
final class Sweeper implements SmartLifecycle, Standing {
    private static final Logger LOG = LoggerFactory.getLogger(Plans.class);

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
    private final Watch steps = Watch.every(Duration.ofSeconds(30), "plans", this::sweep);
    private final Watch standing = Watch.every(Duration.ofSeconds(2), "suspended", this::look);

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
        List<String> customers = database.asPlatform(
                tx -> tx.sql(WITH_SOMETHING_TO_DO).query(String.class).list());
        customers.forEach(customer -> attend(TenantId.parse(customer)));
        look();
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
        suspended = database.asPlatform(Payers::suspended).stream()
                .map(TenantId::parse)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public void start() {
        standing.look();
        standing.start();
        steps.start();
    }

    @Override
    public void stop() {
        steps.stop();
        standing.stop();
    }

    @Override
    public boolean isRunning() {
        return steps.running();
    }
}
