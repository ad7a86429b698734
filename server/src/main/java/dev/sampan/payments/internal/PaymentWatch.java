package dev.sampan.payments.internal;

import dev.sampan.database.Database;
import dev.sampan.database.DatabaseAway;
import dev.sampan.kernel.Money;
import dev.sampan.kernel.ProblemException;
import dev.sampan.payments.Dispute;
import dev.sampan.payments.Payment;
import dev.sampan.payments.internal.provider.ProviderTrouble;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// Asks for what was never told, and finishes what was begun: open payments, refunds under way, disputed money.
final class PaymentWatch implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(PaymentWatch.class);
    private static final long PAUSE_SECONDS = 15;
    private static final int MOST = 20;

    private final Database database;
    private final ProviderBook book;
    private final Desks desks;
    private final InstantSource clock;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("payment-watch").daemon().factory());
    private volatile boolean running;

    /// Whom it wakes.
    record Desks(
            Reconciler reconciler,
            Checkouts checkouts,
            RefundDesk refundDesk,
            RefundBook refunds,
            DisputeBook disputes,
            Treasury treasury) {}

    PaymentWatch(Database database, ProviderBook book, Desks desks, InstantSource clock) {
        this.database = database;
        this.book = book;
        this.desks = desks;
        this.clock = clock;
    }

    @Override
    public void start() {
        timer.scheduleWithFixedDelay(this::look, PAUSE_SECONDS, PAUSE_SECONDS, TimeUnit.SECONDS);
        running = true;
    }

    private void look() {
        try {
            once();
        } catch (DatabaseAway _) {
            LOG.debug("The database is away; payments are looked at when it is back");
        } catch (RuntimeException e) { // an executor forgets a task that throws
            LOG.error("payments could not be looked at", e);
        }
    }

    /// One round.
    void once() {
        Instant now = clock.instant();
        for (Payment payment : database.asPlatform(tx -> PaymentRows.due(tx, now, MOST))) {
            book.find(payment.provider()).ifPresent(provider -> {
                try {
                    desks.checkouts.ask(payment, provider);
                } catch (ProviderTrouble e) {
                    LOG.info("payment {}: {} does not say", payment.id(), payment.provider(), e);
                }
            });
        }
        desks.refunds.unfinished(now, MOST).forEach(desks.refundDesk::again);
        desks.disputes.untaken(now, MOST).forEach(this::collect);
        desks.reconciler.daily();
    }

    /// What is disputed leaves the wallet, as far as that holds it.
    private void collect(Dispute dispute) {
        Money available = desks.treasury.available(dispute.tenant());
        Money part = available.compareTo(dispute.amount()) < 0 ? available : dispute.amount();
        if (part.nanos() <= 0) {
            return;
        }
        try {
            desks.disputes.collect(dispute, part);
        } catch (ProblemException e) {
            LOG.info("dispute {}: the wallet's money is under way", dispute.id(), e);
        }
    }

    @Override
    public void stop() {
        running = false;
        timer.shutdownNow();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
