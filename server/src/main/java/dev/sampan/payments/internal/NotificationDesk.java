package dev.sampan.payments.internal;

import dev.sampan.database.Database;
import dev.sampan.kernel.Sha256;
import dev.sampan.payments.Notifications;
import dev.sampan.payments.Payment;
import dev.sampan.payments.internal.Inbox.Outcome;
import dev.sampan.payments.internal.provider.Forged;
import dev.sampan.payments.internal.provider.Notice;
import dev.sampan.payments.internal.provider.PaymentProvider;
import dev.sampan.payments.internal.provider.PaymentProvider.Notification;
import dev.sampan.payments.internal.provider.ProviderTrouble;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// From a provider's bytes to the books. Only what is committed is answered as taken.
final class NotificationDesk implements Notifications {
    private static final Logger LOG = LoggerFactory.getLogger(Notifications.class);

    private final ProviderBook book;
    private final Inbox inbox;
    private final Checkouts checkouts;
    private final Database database;
    private final InstantSource clock;

    NotificationDesk(ProviderBook book, Inbox inbox, Checkouts checkouts, Database database, InstantSource clock) {
        this.book = book;
        this.inbox = inbox;
        this.checkouts = checkouts;
        this.database = database;
        this.clock = clock;
    }

    @Override
    public Answer take(String name, Map<String, String> headers, byte[] body) {
        Optional<PaymentProvider> found = book.find(name);
        if (found.isEmpty()) {
            // 503 and not 404: between two sets, or without the master key, it must come again.
            boolean known = book.inForce().flatMap(set -> set.provider(name)).isPresent();
            return new Answer(known ? 503 : 404, "text/plain", "unknown");
        }
        PaymentProvider provider = found.get();
        try {
            Notice notice = provider.verifyNotification(new Notification(headers, body, clock.instant()));
            bookFirst(name, provider, notice);
            Outcome outcome = inbox.take(name, asked(name, provider, notice), Sha256.of(body));
            if (outcome == Outcome.MISMATCH || outcome == Outcome.PAID_TWICE || outcome == Outcome.UNKNOWN) {
                LOG.warn("{} told {} ({}): {}", name, notice.kind(), notice.eventId(), outcome);
            }
            return answer(provider.reply(true));
        } catch (Forged e) {
            LOG.warn("a notification of {} is not taken: {}", name, e.getMessage());
            return answer(provider.reply(false));
        }
    }

    private static Answer answer(PaymentProvider.Reply reply) {
        return new Answer(reply.status(), reply.contentType(), reply.body());
    }

    /// A refund or a dispute may overtake the word that its payment was paid: that is asked for, so that it is not
    /// taken for somebody else's. Where the provider does not say, it must be told again.
    private void bookFirst(String name, PaymentProvider provider, Notice notice) {
        String paidAs = switch (notice) {
            case Notice.Refunded refunded -> refunded.paidAs();
            case Notice.Disputed disputed -> disputed.paidAs();
            case Notice.Paid _, Notice.Ended _, Notice.Other _ -> "";
        };
        if (paidAs.isEmpty()
                || database.asPlatform(tx -> PaymentRows.lockPaid(tx, name, paidAs))
                        .isPresent()) {
            return;
        }
        provider.paymentOf(paidAs)
                .flatMap(id -> database.asPlatform(tx -> PaymentRows.find(tx, id)))
                .filter(payment -> payment.provider().equals(name))
                .ifPresent(payment -> checkouts.ask(payment, provider));
    }

    /// Notifications overtake each other: before a payment is taken for ended, the provider is asked, and what it
    /// says now counts.
    private Notice asked(String name, PaymentProvider provider, Notice notice) {
        if (!(notice instanceof Notice.Ended ended)) {
            return notice;
        }
        Optional<Payment> payment = database.asPlatform(tx -> PaymentRows.find(tx, ended.payment()))
                .filter(one -> one.provider().equals(name) && one.state() != Payment.State.PAID);
        if (payment.isEmpty()) {
            return notice;
        }
        try {
            Notice now = provider.query(Checkouts.asked(payment.get()));
            return now instanceof Notice.Paid paid
                    ? new Notice.Paid(notice.eventId(), notice.kind(), paid.payment(), paid.paidAs(), paid.amount())
                    : notice;
        } catch (ProviderTrouble e) {
            LOG.info("payment {}: {} does not say", ended.payment(), name, e);
            return notice;
        }
    }
}
