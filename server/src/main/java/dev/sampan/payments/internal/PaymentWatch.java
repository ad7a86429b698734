package dev.sampan.payments.internal;

import dev.sampan.database.Database;
import dev.sampan.database.Watch;
import dev.sampan.kernel.Money;
import dev.sampan.kernel.ProblemException;
import dev.sampan.payments.Dispute;
import dev.sampan.payments.Payment;
import dev.sampan.payments.internal.provider.ProviderTrouble;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// Asks for what was never told, and finishes what was begun: open payments, refunds under way, disputed money.
final class PaymentWatch implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(PaymentWatch.class);
    private static final int MOST = 20;

    private final Database database;
    private final ProviderBook book;
    private final Desks desks;
    private final InstantSource clock;
    private final Watch watch = Watch.every(Duration.ofSeconds(15), "payment-watch", this::once);

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
        watch.start();
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
        watch.stop();
    }

    @Override
    public boolean isRunning() {
        return watch.running();
    }
}
