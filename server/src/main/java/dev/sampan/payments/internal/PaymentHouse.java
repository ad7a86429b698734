package dev.sampan.payments.internal;

import dev.sampan.accounts.Accounts;
import dev.sampan.database.Database;
import java.time.InstantSource;
import org.springframework.context.ApplicationEventPublisher;

/// The desks of the room over one set of books.
final class PaymentHouse {
    private final Ground ground;
    private final RefundBook refunds;
    private final DisputeBook disputes;
    private final Treasury treasury;
    private final Inbox inbox;
    private final Checkouts checkouts;
    private final RefundDesk refundDesk;

    /// What all stand on.
    record Ground(
            Database database,
            ProviderBook book,
            Accounts accounts,
            ApplicationEventPublisher events,
            InstantSource clock) {}

    PaymentHouse(Ground ground, Treasury treasury) {
        this.ground = ground;
        this.treasury = treasury;
        refunds = new RefundBook(ground.database, treasury, ground.events, ground.clock);
        disputes = new DisputeBook(ground.database, treasury, ground.events, ground.clock);
        inbox = new Inbox(ground.database, new Inbox.Books(treasury, refunds, disputes), ground.events, ground.clock);
        checkouts = new Checkouts(ground.database, ground.book, inbox, ground.accounts, ground.clock);
        refundDesk = new RefundDesk(ground.database, ground.book, refunds, treasury, ground.clock);
    }

    PaymentOffice office() {
        return new PaymentOffice(
                ground.database,
                ground.book,
                new PaymentOffice.Parts(checkouts, refundDesk, inbox, treasury),
                ground.clock);
    }

    NotificationDesk notifications() {
        return new NotificationDesk(ground.book, inbox, checkouts, ground.database, ground.clock);
    }

    Reconciler reconciler() {
        return new Reconciler(ground.database, ground.book, checkouts, refundDesk, ground.clock);
    }

    PaymentWatch watch() {
        return new PaymentWatch(
                ground.database,
                ground.book,
                new PaymentWatch.Desks(reconciler(), checkouts, refundDesk, refunds, disputes, treasury),
                ground.clock);
    }
}
